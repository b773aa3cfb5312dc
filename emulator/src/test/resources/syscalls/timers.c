// Timers of timer_create(2): their arguments, what is told of overruns, and the clocks that they and sleeps can have.
#include "show.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

static int id = -1;

static long create(int clock, int kind, int signal) {
    struct sigevent event = {0};
    event.sigev_notify = kind;
    event.sigev_signo = signal;
    if (kind & 4) event._sigev_un._tid = gettid();
    return syscall(SYS_timer_create, clock, &event, &id);
}

static void arguments(void) {
    struct itimerspec plain = {{0, 0}, {100, 0}}, bad = {{0, 1000000000}, {1, 0}}, negative = {{0, 0}, {-1, 0}}, old;
    struct sigevent event = {0};
    for (int kind = 0; kind < 9; kind++) SHOW(create(CLOCK_MONOTONIC, kind, SIGUSR1));
    SHOW(create(CLOCK_MONOTONIC, SIGEV_SIGNAL, 0));
    SHOW(create(CLOCK_MONOTONIC, SIGEV_SIGNAL, 65));
    SHOW(create(CLOCK_MONOTONIC, SIGEV_NONE, 999));
    event.sigev_notify = 4;
    event.sigev_signo = SIGUSR1;
    event._sigev_un._tid = 1;
    SHOW(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id));
    SHOW(syscall(SYS_timer_create, CLOCK_MONOTONIC, (void *)8, &id));
    SHOW(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, (void *)8));
    SHOW(syscall(SYS_timer_create, 77, (void *)8, &id));
    SHOW(create(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGUSR1));
    SHOW(syscall(SYS_timer_settime, id, 0, NULL, NULL));
    SHOW(syscall(SYS_timer_settime, id, 0, (void *)8, NULL));
    SHOW(syscall(SYS_timer_settime, 99, 0, &plain, NULL));
    SHOW(syscall(SYS_timer_settime, 99, 0, (void *)8, NULL));
    SHOW(syscall(SYS_timer_settime, id, 0, &bad, NULL));
    SHOW(syscall(SYS_timer_settime, id, 0, &negative, NULL));
    SHOW(syscall(SYS_timer_settime, id, 0, &plain, (void *)8));
    SHOW(syscall(SYS_timer_settime, id, 98, &plain, &old));
    printf("was set: %d\n", old.it_value.tv_sec >= 99);
    SHOW(syscall(SYS_timer_gettime, id, (void *)8));
    SHOW(syscall(SYS_timer_gettime, 99, (void *)8));
    SHOW(syscall(SYS_timer_getoverrun, 99));
    SHOW(syscall(SYS_timer_getoverrun, id));
    SHOW(syscall(SYS_timer_delete, id));
    SHOW(syscall(SYS_timer_delete, id));
    SHOW(syscall(SYS_timer_delete, -1));
}

static void overruns(void) {
    struct itimerspec often = {{0, 1000}, {0, 1000}}, off = {{0, 0}, {0, 0}}, now;
    siginfo_t i;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    create(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGUSR1);
    SHOW(syscall(SYS_timer_settime, id, 0, &often, NULL));
    usleep(20000);
    SHOW(sigwaitinfo(&set, &i));
    printf("many overruns: %d, code %d\n", i.si_overrun > 10000, i.si_code);
    printf("the same again: %d\n", syscall(SYS_timer_getoverrun, id) == i.si_overrun);
    SHOW(syscall(SYS_timer_gettime, id, &now));
    printf("within the interval: %d\n", now.it_value.tv_sec == 0 && now.it_value.tv_nsec <= 1000 && now.it_value.tv_nsec > 0);
    usleep(2000);
    SHOW(syscall(SYS_timer_settime, id, 0, &off, &now));
    SHOW(syscall(SYS_timer_gettime, id, &now));
    printf("%ld %ld\n", (long)now.it_value.tv_nsec, (long)now.it_interval.tv_nsec);
    syscall(SYS_timer_delete, id);
    create(CLOCK_MONOTONIC, SIGEV_NONE, SIGUSR1);
    SHOW(syscall(SYS_timer_settime, id, 0, &often, NULL));
    usleep(2000);
    SHOW(syscall(SYS_timer_gettime, id, &now));
    printf("within the interval: %d\n", now.it_value.tv_nsec <= 1000 && now.it_value.tv_nsec > 0);
    SHOW(syscall(SYS_timer_getoverrun, id));
    off.it_value.tv_nsec = 1000;
    SHOW(syscall(SYS_timer_settime, id, 0, &off, NULL));
    usleep(2000);
    SHOW(syscall(SYS_timer_gettime, id, &now));
    printf("%ld\n", (long)now.it_value.tv_nsec);
}

static volatile int count, last_overrun;

static void handler(int signal, siginfo_t *i, void *context) {
    count++;
    last_overrun = i->si_overrun;
}

/** A signal of a timer comes even if the same signal waits already, and again after each was taken. */
static void repeated(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    struct itimerspec often = {{0, 1000000}, {0, 1000000}};
    sigaction(SIGUSR2, &action, NULL);
    create(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGUSR2);
    SHOW(syscall(SYS_timer_settime, id, 0, &often, NULL));
    while (count < 5) pause();
    signal(SIGUSR2, SIG_IGN);
    usleep(5000);
    count = 0;
    sigaction(SIGUSR2, &action, NULL);
    while (count < 5) pause();
    SHOW(syscall(SYS_timer_delete, id));
    create(CLOCK_THREAD_CPUTIME_ID, SIGEV_THREAD_ID, SIGUSR2);
    count = 0;
    SHOW(syscall(SYS_timer_settime, id, 0, &often, NULL));
    while (count < 5);
    SHOW(syscall(SYS_timer_delete, id));
}

static void clocks(void) {
    struct timespec t = {0, 1000}, bad = {0, -1};
    for (int clock = -1; clock < 14; clock++) {
        if (clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM || clock == 2 || clock == -1) continue; // as the machine's hardware is
        printf("clock %d\n", clock);
        SHOW(syscall(SYS_clock_gettime, clock, &t));
        SHOW(syscall(SYS_clock_gettime, clock, (void *)8));
        SHOW(syscall(SYS_clock_getres, clock, NULL));
        t = (struct timespec){0, 1000};
        SHOW(syscall(SYS_clock_nanosleep, clock, 0, &t, NULL));
        SHOW(syscall(SYS_clock_nanosleep, clock, 0, &bad, NULL));
        SHOW(syscall(SYS_clock_nanosleep, clock, 0, (void *)8, NULL));
        SHOW(syscall(SYS_clock_nanosleep, clock, TIMER_ABSTIME, &t, NULL));
        SHOW(create(clock, SIGEV_NONE, 0));
        SHOW(syscall(SYS_clock_settime, clock, (void *)8));
        SHOW(syscall(SYS_clock_settime, clock, &bad));
    }
    SHOW(syscall(SYS_clock_gettime, 1000000, &t));
    SHOW(syscall(SYS_clock_gettime, ~1 << 3 | 6, &t));
    SHOW(syscall(SYS_clock_gettime, ~gettid() << 3 | 6, &t));
    SHOW(syscall(SYS_clock_gettime, ~getpid() << 3 | 2, &t));
    SHOW(syscall(SYS_clock_gettime, ~getpid() << 3 | 3, &t));
    SHOW(syscall(SYS_clock_nanosleep, ~gettid() << 3 | 6, 0, &t, NULL));
    SHOW(create(~getpid() << 3 | 2, SIGEV_NONE, 0));
    SHOW(syscall(SYS_settimeofday, (void *)8, NULL));
    SHOW(nanosleep((struct timespec[]){{0, 1000000000}}, NULL));
    SHOW(nanosleep((struct timespec[]){{-1, 0}}, NULL));
    SHOW(nanosleep((void *)8, NULL));
    struct itimerval bad_interval = {{0, 1000000}, {0, 0}};
    SHOW(setitimer(ITIMER_REAL, &bad_interval, NULL));
    SHOW(syscall(SYS_setitimer, 3, &bad_interval, NULL));
    SHOW(syscall(SYS_getitimer, 3, &bad_interval));
    SHOW(syscall(SYS_getitimer, 0, (void *)8));
}

/** The user's places for queued signals: what a timer takes, who gets none, and what is lost. */
static void places(void) {
    union sigval value = {0};
    siginfo_t i;
    sigset_t set;
    sigfillset(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    setresuid(54322, 54322, 54322);
    struct rlimit l = {3, 3};
    SHOW(setrlimit(RLIMIT_SIGPENDING, &l));
    for (int k = 0; k < 4; k++) SHOW(sigqueue(getpid(), SIGRTMIN, value));
    SHOW(syscall(SYS_tgkill, getpid(), gettid(), SIGRTMIN));
    SHOW(syscall(SYS_tgkill, getpid(), gettid(), SIGUSR1));
    SHOW(kill(getpid(), SIGUSR2));
    SHOW(kill(getpid(), SIGRTMIN + 1));
    SHOW(create(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGUSR1));
    for (int k = 0; k < 6; k++) {
        struct timespec none = {0, 0};
        int signal = sigtimedwait(&set, &i, &none);
        printf("%d code %d\n", signal, signal < 0 ? 0 : i.si_code);
    }
    SHOW(create(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGUSR1));
    for (int k = 0; k < 3; k++) SHOW(sigqueue(getpid(), SIGRTMIN, value));
}

int main(void) {
    arguments();
    overruns();
    repeated();
    clocks();
    fflush(stdout);
    if (!getuid()) places();
    return 0;
}
