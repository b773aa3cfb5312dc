// Pipes, event counters, epoll, poll, select, timers.
#include "show.h"
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/timerfd.h>
#include <time.h>

static char buffer[100000];
static int set;

static void show_events(int timeout) {
    struct epoll_event events[8];
    int count = epoll_wait(set, events, 8, timeout);
    printf("events %d:", count);
    for (int i = 0; i < count; i++) printf(" %x/%d", events[i].events, events[i].data.fd);
    puts("");
}

static void control(int operation, int fd, unsigned bits) {
    struct epoll_event event = {.events = bits, .data.fd = fd};
    SHOW(epoll_ctl(set, operation, fd, &event));
}

static void show_poll(int fd, int bits) {
    struct pollfd p = {fd, bits, 77};
    int count = poll(&p, 1, 0);
    printf("poll %d: %d %x\n", fd, count, p.revents);
}

static void pipes(void) {
    int p[2];
    SHOW(pipe2(p, O_NONBLOCK));
    SHOW(pipe2(p, 3));
    SHOW(read(p[0], buffer, 1));
    SHOW(write(p[1], buffer, 65000));
    SHOW(write(p[1], buffer, 4096));
    SHOW(lseek(p[0], 0, SEEK_SET));
    SHOW(pread(p[0], buffer, 1, 0));
    SHOW(write(p[0], "x", 1));
    SHOW(read(p[1], buffer, 1));
    int available;
    SHOW(ioctl(p[0], FIONREAD, &available));
    printf("%d\n", available);
    SHOW(fcntl(p[0], F_GETPIPE_SZ));
    show_poll(p[0], POLLIN | POLLOUT);
    SHOW(read(p[0], buffer, 100000));
    show_poll(p[0], POLLIN | POLLOUT);
    show_poll(p[1], POLLIN | POLLOUT);
    SHOW(write(p[1], "last", 4));
    SHOW(close(p[1]));
    show_poll(p[0], POLLIN);
    SHOW(read(p[0], buffer, 9));
    SHOW(read(p[0], buffer, 9));
    show_poll(p[0], POLLIN);
    SHOW(pipe(p));
    SHOW(close(p[0]));
    show_poll(p[1], 0);
    signal(SIGPIPE, SIG_IGN);
    SHOW(write(p[1], "x", 1));
    show_poll(77, POLLIN);
    show_poll(-1, POLLIN);
    SHOW(mkfifo("fifo", 0600));
    SHOW(open("fifo", O_RDONLY | O_NONBLOCK) > 0);
}

static void counters(void) {
    unsigned long value = 3;
    int e = eventfd(5, EFD_NONBLOCK), s = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
    SHOW(write(e, &value, 8));
    SHOW(write(e, &value, 7));
    SHOW(read(e, &value, 7));
    SHOW(read(e, &value, 8));
    printf("%lu\n", value);
    SHOW(read(e, &value, 8));
    value = -1;
    SHOW(write(e, &value, 8));
    value = -2;
    SHOW(write(e, &value, 8));
    show_poll(e, POLLIN | POLLOUT);
    value = 1;
    SHOW(write(e, &value, 8));
    SHOW(read(s, &value, 8));
    SHOW(read(s, &value, 8));
    SHOW(read(s, &value, 8));
    SHOW(eventfd(0, 64));
}

static void sets(void) {
    set = epoll_create1(EPOLL_CLOEXEC);
    int p[2], q[2];
    pipe(p);
    pipe(q);
    control(EPOLL_CTL_ADD, p[0], EPOLLIN);
    control(EPOLL_CTL_ADD, p[0], EPOLLIN);
    control(EPOLL_CTL_ADD, set, EPOLLIN);
    control(EPOLL_CTL_ADD, 99, EPOLLIN);
    control(EPOLL_CTL_MOD, q[0], EPOLLIN);
    control(EPOLL_CTL_DEL, q[0], 0);
    control(9, q[0], 0);
    int file = open("/proc/self/exe", O_RDONLY);
    control(EPOLL_CTL_ADD, file, EPOLLIN);
    SHOW(epoll_ctl(file, EPOLL_CTL_ADD, q[0], (void *)buffer));
    SHOW(epoll_wait(set, (void *)buffer, 0, 0));
    show_events(0);
    SHOW(write(p[1], "ab", 2));
    show_events(0);
    show_events(0);
    control(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET);
    show_events(0);
    show_events(0);
    SHOW(write(p[1], "c", 1));
    show_events(0);
    SHOW(read(p[0], buffer, 1));
    show_events(0);
    control(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT);
    show_events(0);
    show_events(0);
    control(EPOLL_CTL_ADD, q[1], EPOLLOUT | EPOLLET);
    show_events(0);
    show_events(0);
    SHOW(close(q[0]));
    show_events(0);
    SHOW(close(q[1]));
    show_events(0);
    control(EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLRDHUP | EPOLLET);
    show_events(0);
    SHOW(close(p[1]));
    show_events(0);
    int outer = epoll_create1(0), inner = set;
    set = outer;
    control(EPOLL_CTL_ADD, inner, EPOLLIN);
    show_events(0);
    set = inner;
    control(EPOLL_CTL_ADD, outer, EPOLLIN);
    SHOW(close(p[0]));
    show_events(10);
}

static void timers(void) {
    unsigned long expired = 0;
    int t = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    SHOW(t > 0);
    SHOW(timerfd_create(55, 0));
    SHOW(read(t, &expired, 8));
    struct itimerspec when = {{0, 20000000}, {0, 10000000}}, now;
    SHOW(timerfd_settime(t, 0, &when, NULL));
    SHOW(timerfd_gettime(t, &now));
    printf("%ld %d\n", now.it_interval.tv_nsec, now.it_value.tv_nsec > 0);
    struct pollfd p = {t, POLLIN, 0};
    SHOW(poll(&p, 1, 5000));
    SHOW(read(t, &expired, 8));
    printf("%d\n", expired >= 1);
    when.it_value.tv_nsec = 1000000000;
    SHOW(timerfd_settime(t, 0, &when, NULL));
    struct itimerspec off = {{0, 0}, {0, 0}};
    SHOW(timerfd_settime(t, 0, &off, NULL));
    SHOW(poll(&p, 1, 5));
}

static void selects(void) {
    int p[2];
    pipe(p);
    fd_set r, w;
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_SET(p[0], &r);
    FD_SET(p[1], &w);
    struct timeval time = {0, 20000};
    SHOW(select(p[1] + 1, &r, &w, NULL, &time));
    printf("%d %d\n", FD_ISSET(p[0], &r), FD_ISSET(p[1], &w));
    FD_SET(p[0], &r);
    SHOW(select(p[1] + 1, &r, NULL, NULL, &time));
    printf("%d %ld %ld\n", FD_ISSET(p[0], &r), time.tv_sec, time.tv_usec);
    write(p[1], "x", 1);
    FD_SET(p[0], &r);
    SHOW(select(p[1] + 1, &r, NULL, NULL, NULL));
    FD_ZERO(&r);
    FD_SET(40, &r); // closed; beyond the first 64 Linux might not even look
    SHOW(select(41, &r, NULL, NULL, NULL));
    time.tv_usec = -1;
    SHOW(select(0, NULL, NULL, NULL, &time));
    struct timespec nothing = {0, 1000};
    SHOW(pselect(0, NULL, NULL, NULL, &nothing, NULL));
}

int main(void) {
    pipes();
    counters();
    sets();
    timers();
    selects();
    return 0;
}
