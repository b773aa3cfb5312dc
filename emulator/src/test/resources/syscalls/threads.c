// Calls that wait: another thread ends the wait.
#include "show.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <signal.h>

static int p[2], back[2], counter, set;

static void *other(void *unused) {
    char buffer[1000];
    long sum = 0;
    for (;;) {
        long count = read(p[0], buffer, sizeof buffer);
        if (count <= 0) break;
        for (long i = 0; i < count; i++) sum += buffer[i];
    }
    write(back[1], &sum, sizeof sum);
    unsigned long value;
    read(counter, &value, 8);
    value += 100;
    struct epoll_event event;
    epoll_wait(set, &event, 1, -1);
    write(back[1], &value, 8);
    return NULL;
}

static void *drain(void *from) {
    static char buffer[1 << 20];
    long sum = 0, count;
    while ((count = read(*(int *)from, buffer, 1000)) > 0) sum += count;
    return (void *)sum;
}

// A call that may wait sends everything, however it is said.
static void streams(char *data, long size) {
    int pair[2];
    pthread_t thread;
    void *sum;
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pthread_create(&thread, NULL, drain, &pair[1]);
    SHOW(send(pair[0], data, size, 0));
    SHOW(write(pair[0], data, size));
    struct iovec parts[2] = {{data, size / 2}, {data, size / 2}};
    SHOW(writev(pair[0], parts, 2));
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    SHOW(sendmsg(pair[0], &message, 0));
    close(pair[0]);
    pthread_join(thread, &sum);
    printf("arrived: %ld\n", (long)sum);
}

static void handler(int signal) {}

// A signal ends a write that has begun with what was taken by then, also where the handler asks for calls to be restarted.
static void interrupted(char *data, long size) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct itimerval soon = {.it_value.tv_usec = 50000};
    int full[2];
    pipe(full);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(write(full[1], data, size));
    action.sa_flags = 0;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(write(full[1], data, size));
    fcntl(full[1], F_SETFL, O_NONBLOCK);
    SHOW(write(full[1], data, size));
    read(full[0], data, 8192); // whole pages: Linux fills a page that is read in part only when it is empty
    SHOW(write(full[1], data, size));
    close(full[0]);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    SHOW(write(full[1], data, size));
}

int main(void) {
    static char data[300000];
    pthread_t thread;
    pipe(p);
    pipe(back);
    counter = eventfd(0, 0);
    set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = 5};
    int wake[2];
    pipe(wake);
    epoll_ctl(set, EPOLL_CTL_ADD, wake[0], &event);
    pthread_create(&thread, NULL, other, NULL);
    for (unsigned i = 0; i < sizeof data; i++) data[i] = i % 7;
    SHOW(write(p[1], data, sizeof data));
    close(p[1]);
    long sum = 0;
    SHOW(read(back[0], &sum, sizeof sum));
    printf("%ld\n", sum);
    unsigned long value = 5;
    SHOW(write(counter, &value, 8));
    SHOW(write(wake[1], "x", 1));
    struct pollfd wait = {back[0], POLLIN, 0};
    SHOW(poll(&wait, 1, -1));
    SHOW(read(back[0], &value, 8));
    printf("%lu\n", value);
    pthread_join(thread, NULL);
    streams(data, sizeof data);
    interrupted(data, sizeof data);
    return 0;
}
