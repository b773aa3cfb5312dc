#define _GNU_SOURCE
#include "show.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/prctl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#define P 4096
static const char *why(void) { return strerror(errno); }

static void maps(void) {
    char *a = mmap(0, 8 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *b = mmap(0, 2 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("top-down: %ld\n", (a - b) / P);
    memset(a, 'x', 8 * P);
    printf("munmap: %d\n", munmap(a + 2 * P, P));
    char *c = mmap(a + 2 * P, P, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("hint: %ld\n", (c - a) / P);
    c = mmap(a + P, P, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("taken hint: %d\n", c != a + P);
    c = mmap(a + P, P, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    printf("noreplace: %d %s\n", c == MAP_FAILED, why());
    printf("mprotect hole: %d\n", mprotect(a + 3 * P, 2 * P, PROT_NONE));
    munmap(a + 5 * P, P);
    printf("mprotect over a hole: %d %s\n", mprotect(a + 3 * P, 4 * P, PROT_READ), why());
    printf("unaligned: %d %s\n", munmap(a + 1, P), why());
    printf("no length: %d %s\n", mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, why());
    printf("no type: %d %s\n", mmap(0, P, PROT_READ, MAP_ANONYMOUS, -1, 0) == MAP_FAILED, why());
    printf("bad fd: %d %s\n", mmap(0, P, PROT_READ, MAP_PRIVATE, 77, 0) == MAP_FAILED, why());
    printf("huge: %d %s\n", mmap(0, 1ul << 47, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, why());
    printf("madvise: %d %d\n", madvise(a, P, MADV_DONTNEED), a[5]);
    printf("madvise hole: %d %s\n", madvise(a + 4 * P, 2 * P, MADV_DONTNEED), why());
    printf("bad advice: %d %s\n", madvise(a, P, 1234), why());
    unsigned char vec[2];
    a[0] = 1;
    printf("mincore: %d %d\n", mincore(a, P, vec), vec[0] & 1);
    printf("mincore hole: %d %s\n", mincore(a + 5 * P, P, vec), why());
    char *low = mmap(0, P, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    printf("32 bit: %d\n", (unsigned long)low < 1ul << 31);
}

static void remaps(void) {
    char *a = mmap(0, 4 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(a + P, "hello");
    char *b = mremap(a, 4 * P, 64 * P, MREMAP_MAYMOVE);
    printf("grown: %s %d\n", b + P, b[60 * P]);
    b[63 * P] = 1;
    char *c = mremap(b, 64 * P, 2 * P, 0);
    printf("shrunk: %d\n", c == b);
    char *d = mmap(0, 16 * P, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    c = mremap(b, 2 * P, 2 * P, MREMAP_MAYMOVE | MREMAP_FIXED, d + 4 * P);
    printf("fixed: %d %s\n", c == d + 4 * P, c + P);
    printf("cannot grow: %d %s\n", mremap(c, 2 * P, 3 * P, 0) == MAP_FAILED, why());
    printf("nothing there: %d %s\n", mremap((void *)0x10000000, P, 2 * P, MREMAP_MAYMOVE) == MAP_FAILED, why());
}

static sigjmp_buf back;
static void jump(int s) { siglongjmp(back, s); }

static void files(void) {
    int fd = open("mapped", O_RDWR | O_CREAT | O_TRUNC, 0600);
    write(fd, "0123456789", 10);
    char *a = mmap(0, 2 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    printf("file: %.10s %d\n", a, a[10]);
    a[0] = 'X';
    char c;
    pread(fd, &c, 1, 0);
    printf("private: %c %c\n", a[0], c);
    signal(SIGBUS, jump);
    int s = sigsetjmp(back, 1);
    if (!s) c = a[P];
    printf("beyond: %d\n", s);
    int ro = open("mapped", O_RDONLY);
    printf("shared write of a read-only file: %d %s\n", mmap(0, P, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0) == MAP_FAILED, why());
    int wo = open("mapped", O_WRONLY);
    printf("write-only file: %d %s\n", mmap(0, P, PROT_READ, MAP_PRIVATE, wo, 0) == MAP_FAILED, why());
    int p[2];
    pipe(p);
    printf("pipe: %d %s\n", mmap(0, P, PROT_READ, MAP_PRIVATE, p[0], 0) == MAP_FAILED, why());
}

static void breaks(void) {
    char *now = sbrk(0);
    printf("brk: %d\n", brk(now + 3 * P));
    now[0] = now[3 * P - 1] = 1;
    printf("moved: %ld\n", (long)((char *)sbrk(0) - now) / P);
    printf("back: %d\n", brk(now));
    printf("too far: %d %s\n", brk((void *)-1l), why());
}

static void facts(void) {
    struct utsname u;
    uname(&u);
    printf("%s %s\n", u.sysname, u.machine);
    struct rlimit r;
    printf("getrlimit: %d %d\n", getrlimit(RLIMIT_STACK, &r), r.rlim_cur == 8 << 20);
    r.rlim_cur = 100;
    r.rlim_max = 200;
    printf("setrlimit: %d\n", setrlimit(RLIMIT_NOFILE, &r));
    r.rlim_cur = 300;
    printf("soft above hard: %d %s\n", setrlimit(RLIMIT_NOFILE, &r), why());
    printf("bad resource: %d %s\n", getrlimit(99, &r), why());
    char name[17] = {0};
    prctl(PR_SET_NAME, "a name that is too long");
    prctl(PR_GET_NAME, name);
    printf("name: %s\n", name);
    printf("bad prctl: %d %s\n", prctl(9999), why());
    printf("getpgid: %d\n", getpgid(0) == getpgrp());
    printf("tid: %d\n", syscall(SYS_gettid) == getpid());
    int word = 5;
    struct timespec soon = {0, 1000000};
    printf("futex again: %ld %s\n", syscall(SYS_futex, &word, FUTEX_WAIT, 6, 0), why());
    printf("futex time: %ld %s\n", syscall(SYS_futex, &word, FUTEX_WAIT, 5, &soon), why());
    printf("futex unaligned: %ld %s\n", syscall(SYS_futex, (char *)&word + 1, FUTEX_WAIT, 5, 0), why());
    printf("futex nobody: %ld\n", syscall(SYS_futex, &word, FUTEX_WAKE, 5));
    printf("futex fault: %ld %s\n", syscall(SYS_futex, 0x10, FUTEX_WAIT, 5, 0), why());
    printf("futex bad: %ld %s\n", syscall(SYS_futex, &word, 99, 5, 0), why());
    struct timespec t = {0, 2000000000};
    printf("bad time: %d %s\n", nanosleep(&t, 0), why());
    printf("bad clock: %d %s\n", clock_gettime(55, &t), why());
    clock_getres(CLOCK_MONOTONIC, &t);
    printf("res: %ld %ld\n", t.tv_sec, t.tv_nsec);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    t.tv_sec = 0, t.tv_nsec = 30000000;
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    long passed = (b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec;
    printf("slept: %d\n", passed >= 30000000);
    t = b;
    printf("past: %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0));
    cpu_set_t set;
    printf("affinity: %d\n", sched_getaffinity(0, sizeof set, &set));
    printf("processors: %d\n", CPU_COUNT(&set) > 0);
    printf("affinity small: %ld %s\n", syscall(SYS_sched_getaffinity, 0, 3, &set), why());
    printf("priority: %d %d\n", sched_get_priority_max(SCHED_FIFO), sched_get_priority_min(SCHED_OTHER));
    printf("yield: %d\n", sched_yield());
    char random[16] = {0};
    printf("getrandom: %ld\n", syscall(SYS_getrandom, random, 16, 0));
    printf("getrandom bad: %ld %s\n", syscall(SYS_getrandom, random, 16, 0xff), why());
    printf("unknown: %ld %s\n", syscall(9999), why());
    printf("fault: %ld %s\n", syscall(SYS_uname, 0x10), why());
    printf("tgkill nobody: %ld %s\n", syscall(SYS_tgkill, getpid(), 4194303, 0), why());
    printf("wait: %d %s\n", waitpid(-1, 0, 0), why());
}

/* What is stored through one way is seen through all others. */
static void shared(void) {
    char text[64] = {0};
    int fd = open("shared.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
    printf("write: %ld\n", write(fd, "0123456789", 10));
    ftruncate(fd, 3 * 4096);
    char *one = mmap(0, 3 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *two = mmap(0, 2 * 4096, PROT_READ, MAP_SHARED, fd, 4096);
    char *own = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    memcpy(one + 2, "map", 3);
    printf("pread: %ld %s\n", pread(fd, text, 12, 0), text);
    memcpy(one + 4090, "across the page", 15);
    printf("other mapping: %.9s\n", two);
    printf("pwrite: %ld\n", pwrite(fd, "file", 4, 6));
    printf("mapping: %.10s\n", one);
    memcpy(own, "private", 7);
    printf("private: %.10s\n", own);
    printf("not in the file: %.10s\n", one);
    pwrite(fd, "late", 4, 8000);
    printf("late: %.4s %.4s\n", one + 8000, two + 8000 - 4096);
    printf("msync: %d\n", msync(one, 4096, MS_SYNC));
    char *moved = mremap(one, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, mmap(0, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    memcpy(moved, "MOVED", 5);
    pread(fd, text, 12, 0);
    printf("moved: %s\n", text);
    printf("munmap: %d\n", munmap(moved, 4096));
    close(fd);
    printf("after close: %.9s\n", two);
    fd = open("shared.tmp", O_RDONLY);
    printf("writing without the right: %d %s\n", mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED, why());
    char *read_only = mmap(0, 2 * 4096, PROT_READ, MAP_SHARED, fd, 0);
    printf("read only: %.10s %d %s\n", read_only, mprotect(read_only, 4096, PROT_READ | PROT_WRITE), why());
    printf("in the middle: %d %s\n", mprotect(read_only + 4096, 4096, PROT_READ | PROT_WRITE), why());
    printf("still there: %.10s %.9s\n", read_only, read_only + 4096);
    close(fd);
    fd = syscall(SYS_memfd_create, "m", 0);
    ftruncate(fd, 4096);
    char *memory = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    strcpy(memory, "memfd");
    printf("memfd: %ld %s\n", pread(fd, text, 6, 0), text);
    syscall(SYS_getrandom, memory, 0, 0);
    printf("read into the mapping: %ld", pread(fd, memory + 100, 6, 0));
    pread(fd, text, 6, 100);
    printf(" %s\n", text);
    close(fd);
    unlink("shared.tmp");
}

int main(void) {
    setvbuf(stdout, 0, _IONBF, 0);
    shared();
    maps();
    remaps();
    files();
    breaks();
    facts();
    return 0;
}
