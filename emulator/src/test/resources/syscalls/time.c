/* What the clocks say of a program that works, of one that makes system calls, and of one that sleeps. */
#include "show.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>

static volatile int signals;

static void count(int signal) { signals++; }

static long nanos(int clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static long microseconds(struct timeval t) { return t.tv_sec * 1000000L + t.tv_usec; }

/* Makes system calls until the clock has moved by so much. */
static long calls(int clock, long time) {
    long end = nanos(clock) + time, n = 0;
    for (; nanos(clock) < end; n += 100)
        for (int i = 0; i < 100; i++) syscall(SYS_getppid);
    return n;
}

static void systemTime(void) {
    /* Ticks of the kernel's own sampling are up to 10 ms long, so this asks for many. */
    struct rusage u;
    struct tms t;
    do {
        calls(CLOCK_MONOTONIC, 20000000);
        getrusage(RUSAGE_SELF, &u);
        times(&t);
    } while (microseconds(u.ru_stime) == 0 || t.tms_stime == 0);
    printf("system time is counted\n");
    printf("a call takes 20 to 20000 ns: %d\n", ({ long n = calls(CLOCK_MONOTONIC, 20000000); n > 1000 && n < 1000000; }));
    long all = nanos(CLOCK_PROCESS_CPUTIME_ID) / 1000;
    getrusage(RUSAGE_SELF, &u);
    printf("both parts make the whole: %d\n", microseconds(u.ru_stime) + microseconds(u.ru_utime) >= all - 20000);
    pid_t child = fork();
    if (child == 0) {
        calls(CLOCK_PROCESS_CPUTIME_ID, 100000000);
        _exit(0);
    }
    struct rusage ended, children;
    SHOW(wait4(child, NULL, 0, &ended) == child);
    getrusage(RUSAGE_CHILDREN, &children);
    SHOW(microseconds(ended.ru_stime) > 0 && microseconds(children.ru_stime) == microseconds(ended.ru_stime));
}

static void readings(void) {
    /* Readings never go back, whichever way they are taken. */
    int back = 0;
    for (int i = 0; i < 20000; i++) {
        struct timespec a, b;
        syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &a);
        clock_gettime(CLOCK_MONOTONIC, &b);
        back += b.tv_sec < a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_nsec < a.tv_nsec);
        long d = nanos(CLOCK_REALTIME);
        back += nanos(CLOCK_REALTIME) < d;
    }
    SHOW(back);
    /* A sleep is never shorter than it was asked for. */
    int shorter = 0;
    for (int i = 0; i < 200; i++) {
        struct timespec t = {0, 1000 + 37 * i};
        long before = nanos(CLOCK_MONOTONIC);
        nanosleep(&t, NULL);
        shorter += nanos(CLOCK_MONOTONIC) - before < t.tv_nsec;
    }
    SHOW(shorter);
}

static void timers(void) {
    /* A timer of the user's time does not count what the kernel takes: most of a loop of system calls. */
    struct sigaction action = {.sa_handler = count};
    sigaction(SIGPROF, &action, NULL);
    struct itimerval soon = {{0, 0}, {0, 50000}}, off = {0}, rest;
    SHOW(setitimer(ITIMER_PROF, &soon, NULL));
    while (!signals) calls(CLOCK_PROCESS_CPUTIME_ID, 1000000);
    SHOW(setitimer(ITIMER_PROF, &off, &rest));
    SHOW(microseconds(rest.it_value));
    sigaction(SIGVTALRM, &action, NULL);
    signals = 0;
    SHOW(setitimer(ITIMER_VIRTUAL, &soon, NULL));
    while (!signals) {}
    SHOW(signals);
}

int main(void) {
    systemTime();
    readings();
    timers();
    return 0;
}
