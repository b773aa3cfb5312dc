// Futexes that lend priority: locks that the kernel hands over, their owners' death, and mutexes of the C library made of them.
#include "show.h"
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

// A call that lets a thread go on: its result is shown once the thread has shown all of its own.
#define SHOW_AFTER(thread, call)             \
    do {                                     \
        errno = 0;                           \
        long outcome = (long)(call);         \
        int failure = errno;                 \
        pthread_join(thread, NULL);          \
        printf("%s:\n", #call);              \
        SHOW((errno = failure, outcome));    \
    } while (0)

static int word, other, condition;
static int self, ready;

static long futex(int *at, int operation, long value, const void *time, int *second, long third) {
    return syscall(SYS_futex, at, operation, value, time, second, third);
}

// Numbers of tasks differ from run to run: they are shown by name.
static void show_word(int value) {
    int owner = value & FUTEX_TID_MASK;
    printf("word:%s%s owner %s\n", value & FUTEX_WAITERS ? " WAITERS" : "", value & FUTEX_OWNER_DIED ? " OWNER_DIED" : "",
           owner == 0 ? "none" : owner == self ? "main" : owner == gettid() ? "me" : "another");
}

static void started(void) { __atomic_store_n(&ready, gettid(), __ATOMIC_SEQ_CST); }

/** Waits until a thread has said that it is there and then sleeps in the kernel. */
static void until_asleep(void) {
    char path[60], line[300];
    int task;
    while (!(task = __atomic_load_n(&ready, __ATOMIC_SEQ_CST))) usleep(1000);
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", task);
    for (;;) {
        int fd = open(path, O_RDONLY), count = read(fd, line, sizeof line - 1);
        close(fd);
        if (count > 0 && (line[count] = 0, strstr(line, ") S "))) break;
        usleep(1000);
    }
    ready = 0;
}

static struct timespec from_now(int clock, long milliseconds) {
    struct timespec t;
    clock_gettime(clock, &t);
    t.tv_nsec += milliseconds * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void alone(void) {
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_TRYLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
    show_word(word);
    SHOW(futex(&word, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
    word = FUTEX_OWNER_DIED;
    SHOW(futex(&word, FUTEX_LOCK_PI2, 0, NULL, NULL, 0));
    show_word(word);
    word = 0x3ffffff0; // nobody has this number
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    word = 0;
    SHOW(futex((int *)((char *)&word + 1), FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex((int *)8, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex((int *)8, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_LOCK_PI | FUTEX_CLOCK_REALTIME, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, NULL, NULL, 0));
    struct timespec bad = {0, -1};
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, &bad, NULL, 0));
    SHOW(futex(&word, FUTEX_WAIT_REQUEUE_PI, 1, NULL, &other, 0));
    SHOW(futex(&word, FUTEX_WAIT_REQUEUE_PI, 0, NULL, &word, 0));
    SHOW(futex(&word, FUTEX_CMP_REQUEUE_PI, 2, (void *)1, &other, 0));
    SHOW(futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &word, 0));
    SHOW(futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &other, 5));
    SHOW(futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)-1, &other, 0));
    SHOW(futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &other, 0));
    struct timespec soon = from_now(CLOCK_MONOTONIC, 5);
    SHOW(futex(&word, FUTEX_WAIT_REQUEUE_PI, 0, &soon, &other, 0));
}

static void *locks(void *nothing) {
    started();
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    return NULL;
}

static void *times_out(void *nothing) {
    struct timespec t = from_now(CLOCK_REALTIME, 5);
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, &t, NULL, 0));
    t = from_now(CLOCK_REALTIME, 5);
    SHOW(futex(&word, FUTEX_LOCK_PI2 | FUTEX_CLOCK_REALTIME, 0, &t, NULL, 0));
    t = from_now(CLOCK_MONOTONIC, 5);
    SHOW(futex(&word, FUTEX_LOCK_PI2, 0, &t, NULL, 0));
    t.tv_sec = 1;
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, &t, NULL, 0));
    SHOW(futex(&word, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    return NULL;
}

static void *in_a_circle(void *nothing) {
    SHOW(futex(&other, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    started();
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&other, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    return NULL;
}

static int handled;
static void handler(int signal) { handled++; }

static void contended(void) {
    pthread_t thread;
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    pthread_create(&thread, NULL, locks, NULL);
    until_asleep();
    show_word(word);
    SHOW(futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_REQUEUE, 0, (void *)1, &other, 0));
    struct sigaction action = {.sa_handler = handler}; // without SA_RESTART: the lock goes on to be waited for
    sigaction(SIGUSR1, &action, NULL);
    pthread_kill(thread, SIGUSR1);
    while (!__atomic_load_n(&handled, __ATOMIC_SEQ_CST)) usleep(1000);
    SHOW_AFTER(thread, futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    pthread_create(&thread, NULL, times_out, NULL);
    pthread_join(thread, NULL);
    show_word(word);
    fflush(stdout);
    pthread_create(&thread, NULL, in_a_circle, NULL);
    until_asleep();
    SHOW(futex(&other, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW_AFTER(thread, futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    show_word(other);
    other = 0;
}

static void *takes_and_dies(void *nothing) {
    futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
    started();
    while (!(__atomic_load_n(&word, __ATOMIC_SEQ_CST) & FUTEX_WAITERS)) usleep(1000);
    usleep(3000);
    return NULL;
}

static void owner_dies(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, takes_and_dies, NULL);
    while (!__atomic_load_n(&ready, __ATOMIC_SEQ_CST)) usleep(1000);
    ready = 0;
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    show_word(word);
    pthread_join(thread, NULL);
}

static void *requeued(void *time) {
    started();
    SHOW(futex(&condition, FUTEX_WAIT_REQUEUE_PI, 0, time, &word, 0));
    show_word(word);
    if ((word & FUTEX_TID_MASK) == gettid()) SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    return NULL;
}

static void *plain(void *nothing) {
    started();
    SHOW(futex(&condition, FUTEX_WAIT, 0, NULL, NULL, 0));
    return NULL;
}

static void requeues(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, requeued, NULL);
    until_asleep();
    SHOW(futex(&condition, FUTEX_WAKE, 1, NULL, NULL, 0));
    SHOW(futex(&condition, FUTEX_CMP_REQUEUE_PI, 1, (void *)0, &other, 0));
    SHOW_AFTER(thread, futex(&condition, FUTEX_CMP_REQUEUE_PI, 1, (void *)0, &word, 0)); // free: the waiter has it at once
    show_word(word);
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    pthread_create(&thread, NULL, requeued, NULL);
    until_asleep();
    SHOW(futex(&condition, FUTEX_CMP_REQUEUE_PI, 1, (void *)8, &word, 0)); // not free: it waits for the lock
    show_word(word);
    SHOW_AFTER(thread, futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    pthread_create(&thread, NULL, requeued, NULL);
    until_asleep();
    SHOW(futex(&condition, FUTEX_CMP_REQUEUE_PI, 1, (void *)8, &word, 0));
    handled = 0;
    pthread_kill(thread, SIGUSR1); // moved already: the wait ends
    pthread_join(thread, NULL);
    SHOW(futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    pthread_create(&thread, NULL, plain, NULL);
    until_asleep();
    SHOW(futex(&condition, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &word, 0));
    SHOW(futex(&condition, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
    SHOW_AFTER(thread, futex(&condition, FUTEX_WAKE, 1, NULL, NULL, 0));
}

static pthread_mutex_t mutex;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turns;

static void *dies_with_mutex(void *nothing) {
    pthread_mutex_lock(&mutex);
    return NULL;
}

static void *takes_turns(void *nothing) {
    for (int i = 0; i < 20; i++) {
        pthread_mutex_lock(&mutex);
        turns++;
        pthread_cond_signal(&changed);
        sched_yield();
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void mutexes(int robust) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
    if (robust) pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&mutex, &attributes);
    pthread_t threads[3];
    turns = 0;
    for (int i = 0; i < 3; i++) pthread_create(threads + i, NULL, takes_turns, NULL);
    SHOW(pthread_mutex_lock(&mutex));
    while (turns < 60) pthread_cond_wait(&changed, &mutex);
    SHOW(pthread_mutex_unlock(&mutex));
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    struct timespec soon = from_now(CLOCK_REALTIME, 5);
    SHOW(pthread_mutex_lock(&mutex));
    SHOW(pthread_cond_timedwait(&changed, &mutex, &soon));
    SHOW(pthread_mutex_trylock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    if (!robust) return;
    pthread_create(threads, NULL, dies_with_mutex, NULL);
    pthread_join(threads[0], NULL);
    SHOW(pthread_mutex_lock(&mutex));
    SHOW(pthread_mutex_consistent(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    pthread_create(threads, NULL, dies_with_mutex, NULL);
    pthread_join(threads[0], NULL);
    SHOW(pthread_mutex_trylock(&mutex));
    SHOW(pthread_mutex_unlock(&mutex));
    SHOW(pthread_mutex_lock(&mutex));
}

static void between_processes(void) {
    pthread_mutex_t *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(shared, &attributes);
    int p[2];
    pipe(p);
    fflush(stdout);
    int child = fork();
    if (!child) {
        pthread_mutex_lock(shared);
        write(p[1], "x", 1);
        while (!(__atomic_load_n((int *)shared, __ATOMIC_SEQ_CST) & FUTEX_WAITERS)) usleep(1000);
        kill(getpid(), SIGKILL);
    }
    char byte;
    SHOW(read(p[0], &byte, 1));
    SHOW(pthread_mutex_lock(shared));
    SHOW(pthread_mutex_consistent(shared));
    SHOW(pthread_mutex_unlock(shared));
    SHOW(waitpid(child, NULL, 0) == child);
}

int main(void) {
    self = gettid();
    alone();
    contended();
    owner_dies();
    requeues();
    mutexes(0);
    mutexes(1);
    between_processes();
    return 0;
}
