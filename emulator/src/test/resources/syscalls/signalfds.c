// Signals that are read from a descriptor.
#include "show.h"
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>

static struct signalfd_siginfo records[4];
static sigset_t set;
static int fd;

static void show_records(long bytes) {
    for (int i = 0; i < bytes / (long)sizeof *records; i++) {
        struct signalfd_siginfo *r = records + i;
        printf("signal %d errno %d code %d from %s uid %d fd %d tid %d band %d overrun %d status %d int %d ptr %lx addr %lx\n", r->ssi_signo,
               r->ssi_errno, r->ssi_code, r->ssi_pid == 0 ? "nobody" : r->ssi_pid == getpid() ? "itself" : "another", r->ssi_uid == getuid(),
               r->ssi_fd, r->ssi_tid != 0 && r->ssi_code != SI_TIMER, r->ssi_band, r->ssi_overrun, r->ssi_status, r->ssi_int, (long)r->ssi_ptr,
               (long)r->ssi_addr);
    }
}

#define READ(size)                               \
    do {                                         \
        memset(records, 0, sizeof records);      \
        long got = read(fd, records, size);      \
        int kept = errno;                        \
        printf("%d: ", __LINE__);                \
        SHOW((errno = kept, got));               \
        show_records(got);                       \
    } while (0)

static void show_poll(void) {
    struct pollfd p = {fd, POLLIN | POLLOUT, 0};
    int count = poll(&p, 1, 0);
    printf("poll %d %x\n", count, p.revents);
}

static void *reads(void *nothing) {
    show_poll(); // what was sent to another thread is not for this one
    READ(sizeof records);
    pthread_kill(pthread_self(), SIGUSR2);
    show_poll();
    READ(sizeof records);
    return NULL;
}

static void *sends(void *thread) {
    usleep(3000);
    kill(getpid(), SIGUSR1);
    return NULL;
}

static void edges(void) {
    struct epoll_event event = {EPOLLIN | EPOLLET, {.fd = 7}};
    int e = epoll_create1(0);
    SHOW(epoll_ctl(e, EPOLL_CTL_ADD, fd, &event));
    SHOW(epoll_wait(e, &event, 1, 0));
    kill(getpid(), SIGUSR1);
    SHOW(epoll_wait(e, &event, 1, 1000));
    printf("%x\n", event.events);
    SHOW(epoll_wait(e, &event, 1, 0));
    READ(sizeof records);
    SHOW(epoll_wait(e, &event, 1, 0));
    close(e);
}

int main(void) {
    sigemptyset(&set);
    for (int i = 0; i < 6; i++) sigaddset(&set, (int[]){SIGUSR1, SIGUSR2, SIGCHLD, SIGRTMIN, SIGKILL, SIGALRM}[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    SHOW(syscall(SYS_signalfd4, -1, &set, 4, 0));
    SHOW(syscall(SYS_signalfd4, -1, &set, 8, 1));
    SHOW(syscall(SYS_signalfd4, -1, 8, 8, 0));
    SHOW(syscall(SYS_signalfd4, 99, &set, 8, 0));
    SHOW(syscall(SYS_signalfd4, 1, &set, 8, 0));
    SHOW(syscall(SYS_signalfd, -1, &set, 8) > 0);
    fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    SHOW(fd > 0);
    SHOW(fcntl(fd, F_GETFD));
    SHOW(fcntl(fd, F_GETFL));
    READ(sizeof records);
    READ(127);
    SHOW(write(fd, records, 128));
    SHOW(lseek(fd, 0, SEEK_SET));
    show_poll();
    kill(getpid(), SIGUSR1);
    show_poll();
    READ(127);
    READ(128);
    READ(128);
    union sigval value = {.sival_ptr = (void *)0x123456789a};
    sigqueue(getpid(), SIGRTMIN, value);
    sigqueue(getpid(), SIGRTMIN, value);
    kill(getpid(), SIGUSR2);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    READ(300);
    READ(sizeof records);
    pthread_kill(pthread_self(), SIGUSR2);
    pthread_t thread;
    pthread_create(&thread, NULL, reads, NULL);
    pthread_join(thread, NULL);
    READ(sizeof records);
    sigset_t other;
    sigemptyset(&other);
    sigaddset(&other, SIGUSR2);
    SHOW(signalfd(fd, &other, 0) == fd);
    kill(getpid(), SIGUSR1);
    show_poll();
    READ(sizeof records);
    SHOW(signalfd(fd, &set, 0) == fd);
    READ(sizeof records);
    edges();
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM, .sigev_value.sival_int = 77};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &(struct itimerspec){{0, 0}, {0, 1000000}}, NULL);
    struct pollfd p = {fd, POLLIN, 0};
    SHOW(poll(&p, 1, 5000));
    READ(sizeof records);
    SHOW(fcntl(fd, F_SETFL, 0));
    pthread_create(&thread, NULL, sends, NULL);
    READ(sizeof records); // waits
    pthread_join(thread, NULL);
    fflush(stdout);
    int child = fork();
    if (!child) {
        SHOW(fcntl(fd, F_SETFL, O_NONBLOCK));
        kill(getppid(), SIGUSR1); // for the parent: not to be seen here
        READ(sizeof records);
        kill(getpid(), SIGUSR2);
        READ(sizeof records);
        fflush(stdout);
        _exit(3);
    }
    SHOW(waitpid(child, NULL, 0) == child);
    READ(sizeof records);
    fd_set descriptors;
    FD_ZERO(&descriptors);
    FD_SET(fd, &descriptors);
    SHOW(select(fd + 1, &descriptors, NULL, NULL, &(struct timeval){0, 1000}));
    char path[50], target[50] = "";
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    SHOW(readlink(path, target, sizeof target));
    puts(target);
    return 0;
}
