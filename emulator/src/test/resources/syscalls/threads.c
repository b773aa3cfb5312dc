// Calls that wait: another thread ends the wait.
#include "show.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

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
    for (unsigned done = 0; done < sizeof data;) done += write(p[1], data + done, sizeof data - done);
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
    return 0;
}
