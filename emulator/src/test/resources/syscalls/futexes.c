// Futex words that are not there, may not be touched, or lie askew, and in which order that is found out.
#include "show.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <time.h>

static int word, other;
static int *gone, *none, *readable, *file, *beyond, *shared_readable;

static long futex(void *at, int operation, long value, const void *time, void *second, int third) {
    return syscall(SYS_futex, at, operation, value, time, second, third);
}

static void prepare(void) {
    int fd = open("words", O_CREAT | O_RDWR, 0600);
    ftruncate(fd, 8192);
    gone = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    readable = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    file = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    shared_readable = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
    beyond = file + 1024;
    ftruncate(fd, 4096);
    munmap(gone, 4096);
}

static void each(const char *what, void *at) {
    struct timespec soon = {0, 1000}, bad = {0, 1000000000};
    printf("%s\n", what);
    SHOW(futex(at, FUTEX_WAKE, 1, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAKE_BITSET, 1, NULL, NULL, 1));
    SHOW(futex(at, FUTEX_WAIT, 77, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT, 0, &soon, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT_PRIVATE, 77, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT, 77, &bad, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT, 77, (void *)8, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT_BITSET, 77, &bad, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT_BITSET, 77, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_REQUEUE, 1, (void *)1, &other, 0));
    SHOW(futex(&other, FUTEX_REQUEUE, 1, (void *)1, at, 0));
    SHOW(futex(at, FUTEX_REQUEUE, -1, (void *)1, &other, 0));
    SHOW(futex(at, FUTEX_CMP_REQUEUE, 1, (void *)1, &other, 7));
    SHOW(futex(&other, FUTEX_CMP_REQUEUE, 1, (void *)1, at, 7));
    SHOW(futex(&other, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)1, at, 0));
    SHOW(futex(at, FUTEX_WAKE_OP, 1, (void *)1, &other, FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0)));
    SHOW(futex(&other, FUTEX_WAKE_OP, 1, (void *)1, at, FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0)));
    SHOW(futex(&other, FUTEX_WAKE_OP, 1, (void *)1, at, FUTEX_OP(9, 0, FUTEX_OP_CMP_EQ, 0)));
    SHOW(futex(&other, FUTEX_WAKE_OP, 1, (void *)1, at, FUTEX_OP(FUTEX_OP_ADD, 0, 9, 0)));
    SHOW(futex(at, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
    SHOW(futex(at, 99, 0, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_FD, 0, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, NULL, NULL, 0));
    SHOW(futex(at, FUTEX_WAIT | FUTEX_CLOCK_REALTIME, 77, &bad, NULL, 0));
}

int main(void) {
    prepare();
    each("a word", &word);
    each("askew", (char *)&word + 2);
    each("nothing", gone);
    each("no access", none);
    each("to be read", readable);
    each("in a file", file);
    each("in a file, to be read", shared_readable);
    each("beyond the end of a file", beyond);
    each("null", NULL);
    each("not a program's", (void *)0xffffffffff600000);
    each("askew and not there", (char *)gone + 1);
    return 0;
}
