#define _GNU_SOURCE
#include "show.h"
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int caught, code, onstack, count;
static siginfo_t info;
static sigjmp_buf back;
static char stack[65536];
static volatile unsigned long trapno, err, cr2, fault_rip;

static void note(int s, siginfo_t *i, void *c) {
    char here;
    caught = s;
    code = i->si_code;
    info = *i;
    count++;
    onstack = &here >= stack && &here < stack + sizeof stack;
}

static void jump(int s, siginfo_t *i, void *c) {
    ucontext_t *u = c;
    note(s, i, c);
    trapno = u->uc_mcontext.gregs[REG_TRAPNO];
    err = u->uc_mcontext.gregs[REG_ERR];
    cr2 = u->uc_mcontext.gregs[REG_CR2];
    siglongjmp(back, 1);
}

static void skip(int s, siginfo_t *i, void *c) {
    ucontext_t *u = c;
    note(s, i, c);
    u->uc_mcontext.gregs[REG_RIP] += 2; /* over ud2 */
    u->uc_mcontext.gregs[REG_RAX] = 4711;
    u->uc_mcontext.fpregs->_xmm[3].element[0] = 0x12345678;
}

static void on(int s, void (*f)(int, siginfo_t *, void *), int flags) {
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = f;
    a.sa_flags = SA_SIGINFO | flags;
    printf("sigaction %d: %d\n", s, sigaction(s, &a, 0));
}

static void faults(void) {
    volatile int zero = 0;
    char *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    caught = *(volatile char *)page; /* now it is present */
    on(SIGSEGV, jump, SA_ONSTACK);
    on(SIGFPE, jump, 0);
    on(SIGBUS, jump, 0);
    if (!sigsetjmp(back, 1)) *(volatile char *)0x10 = 1;
    printf("null: %d code %d addr %p trap %lu err %lx cr2 %lx stack %d\n", caught, code, info.si_addr, trapno, err, cr2, onstack);
    if (!sigsetjmp(back, 1)) *(volatile char *)(page + 5) = 1;
    printf("read-only: %d code %d offset %ld trap %lu err %lx\n", caught, code, (long)((char *)info.si_addr - page), trapno, err);
    if (!sigsetjmp(back, 1)) caught = *(volatile char *)0x8000000000000000ul;
    printf("non-canonical: %d code %d addr %p trap %lu err %lx\n", caught, code, info.si_addr, trapno, err);
    if (!sigsetjmp(back, 1)) ((void (*)(void))page)();
    printf("not executable: %d code %d trap %lu err %lx\n", caught, code, trapno, err);
    if (!sigsetjmp(back, 1)) printf("%d\n", 1 / zero);
    printf("divide: %d code %d trap %lu at rip %d\n", caught, code, trapno, info.si_addr != 0);
    on(SIGILL, skip, 0);
    unsigned long rax = 1, xmm = 0;
    asm volatile("ud2; movq %%xmm3, %1" : "=a"(rax), "=r"(xmm) : "0"(rax) : "xmm3");
    printf("ud2: %d code %d rax %lu xmm3 %lx\n", caught, code, rax, xmm & 0xffffffff);
    on(SIGTRAP, note, 0);
    asm volatile("int3");
    printf("int3: %d code %d\n", caught, code);
}

static void masks(void) {
    sigset_t set, old;
    on(SIGUSR1, note, 0);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    caught = count = 0;
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigpending(&old);
    printf("blocked: caught %d pending %d\n", caught, sigismember(&old, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, 0);
    printf("unblocked: caught %d count %d code %d pid %d uid %d\n", caught, count, code, info.si_pid == getpid(), info.si_uid == getuid());
    syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1);
    printf("tgkill: code %d\n", code);
    union sigval v;
    v.sival_int = 99;
    on(SIGRTMIN + 3, note, 0);
    count = 0;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + 3);
    sigprocmask(SIG_BLOCK, &set, 0);
    sigqueue(getpid(), SIGRTMIN + 3, v);
    v.sival_int = 100;
    sigqueue(getpid(), SIGRTMIN + 3, v);
    siginfo_t got;
    int r = sigwaitinfo(&set, &got);
    printf("sigwaitinfo: %d value %d code %d\n", r - SIGRTMIN, got.si_value.sival_int, got.si_code);
    sigprocmask(SIG_UNBLOCK, &set, 0);
    printf("queued: count %d value %d code %d\n", count, info.si_value.sival_int, info.si_code);
    struct timespec soon = {0, 1000000};
    r = sigtimedwait(&set, &got, &soon);
    printf("sigtimedwait: %d %s\n", r, strerror(errno));
    on(SIGUSR2, note, SA_RESETHAND);
    raise(SIGUSR2);
    struct sigaction now;
    sigaction(SIGUSR2, 0, &now);
    printf("resethand: default %d\n", now.sa_handler == SIG_DFL);
    printf("bad signal: %d %s\n", kill(getpid(), 65), strerror(errno));
    printf("sigkill: %d %s\n", sigaction(SIGKILL, &now, 0), strerror(errno));
    printf("no process: %d %s\n", kill(4194303, 0), strerror(errno));
}

static void *sender(void *main_thread) {
    struct timespec t = {0, 20000000};
    nanosleep(&t, 0);
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    nanosleep(&t, 0);
    return 0;
}

static void interrupted(int flags, const char *name) {
    pthread_t self = pthread_self(), other;
    int fds[2];
    char c;
    pipe(fds);
    on(SIGUSR1, note, flags);
    pthread_create(&other, 0, sender, &self);
    struct timespec t = {5, 0}, rest = {0, 0};
    int r = nanosleep(&t, &rest);
    printf("%s nanosleep: %d %s rest %d\n", name, r, r ? strerror(errno) : "", rest.tv_sec == 4);
    pthread_join(other, 0);
    pthread_create(&other, 0, sender, &self);
    if (!flags) {
        r = read(fds[0], &c, 1);
        printf("%s read: %d %s\n", name, r, strerror(errno));
    } else {
        r = pause();
        printf("%s pause: %d %s\n", name, r, strerror(errno));
    }
    pthread_join(other, 0);
    sigset_t none;
    sigemptyset(&none);
    pthread_create(&other, 0, sender, &self);
    r = sigsuspend(&none);
    printf("%s sigsuspend: %d %s\n", name, r, strerror(errno));
    pthread_join(other, 0);
}

static int writer_end;
static void *late_writer(void *main_thread) {
    struct timespec t = {0, 20000000};
    nanosleep(&t, 0);
    pthread_kill(*(pthread_t *)main_thread, SIGUSR1);
    nanosleep(&t, 0);
    write(writer_end, "x", 1);
    return 0;
}

static void restarted(void) {
    pthread_t self = pthread_self(), other;
    int fds[2];
    char c = 0;
    pipe(fds);
    writer_end = fds[1];
    on(SIGUSR1, note, SA_RESTART);
    count = 0;
    pthread_create(&other, 0, late_writer, &self);
    int r = read(fds[0], &c, 1);
    printf("restarted read: %d %c count %d\n", r, c, count);
    pthread_join(other, 0);
}

static void timers(void) {
    struct itimerval it = {{0, 0}, {0, 10000}}, old;
    on(SIGALRM, note, 0);
    caught = 0;
    setitimer(ITIMER_REAL, &it, 0);
    pause();
    printf("itimer: %d code %d\n", caught, code);
    getitimer(ITIMER_REAL, &old);
    printf("expired: %ld %ld\n", old.it_value.tv_sec, old.it_value.tv_usec);
    printf("alarm: %u %u\n", alarm(100), alarm(0));
    timer_t id;
    struct sigevent e;
    memset(&e, 0, sizeof e);
    e.sigev_notify = SIGEV_SIGNAL;
    e.sigev_signo = SIGRTMIN;
    e.sigev_value.sival_int = 7;
    on(SIGRTMIN, note, 0);
    printf("timer_create: %d\n", timer_create(CLOCK_MONOTONIC, &e, &id));
    struct itimerspec s = {{0, 5000000}, {0, 5000000}}, was;
    count = 0;
    timer_settime(id, 0, &s, &was);
    while (count < 3) pause();
    printf("posix timer: code %d value %d was %ld\n", code, info.si_value.sival_int, was.it_value.tv_sec);
    printf("timer_delete: %d\n", timer_delete(id));
    printf("bad clock: %d %s\n", timer_create(77, &e, &id), strerror(errno));
    struct itimerval prof = {{0, 0}, {0, 2000}};
    on(SIGPROF, note, 0);
    caught = 0;
    setitimer(ITIMER_PROF, &prof, 0);
    for (volatile long i = 0; !caught; i++) {}
    printf("prof: %d\n", caught);
}

int main(void) {
    setvbuf(stdout, 0, _IONBF, 0);
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack}, was;
    printf("sigaltstack: %d\n", sigaltstack(&s, &was));
    printf("was disabled: %d\n", was.ss_flags == SS_DISABLE);
    sigaltstack(0, &was);
    printf("now: %d %d\n", was.ss_sp == stack, was.ss_flags);
    faults();
    masks();
    interrupted(0, "plain");
    interrupted(SA_RESTART, "restart");
    restarted();
    timers();
    signal(SIGTERM, SIG_IGN);
    kill(getpid(), SIGTERM);
    printf("ignored\n");
    return 3;
}
