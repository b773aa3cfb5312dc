// What a process may do with another one, and calls about turns, clocks and keys that programs make in passing.
#define _GNU_SOURCE
#include "show.h"
#include <linux/kcmp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/timex.h>
#include <time.h>
#include <sys/uio.h>
#include <sys/wait.h>

static char here[10000] = "here";

static long kcmp(pid_t a, pid_t b, int type, long i, long k) {
    return syscall(SYS_kcmp, a, b, type, i, k);
}

/** A child that waits; its memory and descriptors are those of the parent at that moment. */
static pid_t child(int go[2]) {
    fflush(stdout);
    pipe(go);
    pid_t pid = fork();
    if (pid == 0) {
        char c;
        close(go[1]);
        read(go[0], &c, 1);
        _exit(strcmp(here, "changed") == 0 ? 7 : 8);
    }
    return pid;
}

static void memory(void) {
    int go[2], status;
    strcpy(here, "there");
    pid_t pid = child(go);
    strcpy(here, "here");
    char a[3], b[20];
    struct iovec own[2] = {{a, 2}, {b, 20}}, its[2] = {{here, 4}, {here + 4, 2}};
    SHOW(process_vm_readv(pid, own, 2, its, 2, 0));
    printf("%.2s %.4s\n", a, b);
    SHOW(process_vm_readv(pid, own, 1, its, 2, 0));
    SHOW(process_vm_readv(pid, own, 0, its, 2, 0));
    SHOW(process_vm_readv(pid, own, 2, its, 0, 0));
    SHOW(process_vm_readv(pid, own, 2, its, 2, 1));
    SHOW(process_vm_readv(pid, own, -1, its, 2, 0));
    SHOW(process_vm_readv(pid, own, 2, its, 1025, 0));
    SHOW(process_vm_readv(pid, (void *)8, 2, its, 2, 0));
    SHOW(process_vm_readv(pid, own, 2, (void *)8, 2, 0));
    SHOW(process_vm_readv(0x7ffffff0, own, 2, its, 2, 0));
    its[1].iov_base = (void *)8;
    SHOW(process_vm_readv(pid, own, 2, its, 2, 0));
    its[0].iov_base = (void *)8;
    SHOW(process_vm_readv(pid, own, 2, its, 2, 0));
    struct iovec new = {"changed", 8}, text = {memory, 8}, to = {here, 8};
    SHOW(process_vm_writev(pid, &new, 1, &text, 1, 0));
    SHOW(process_vm_writev(pid, &new, 1, &to, 1, 0));
    SHOW(kcmp(getpid(), pid, KCMP_VM, 0, 0) > 0);
    SHOW(kcmp(getpid(), pid, KCMP_FILES, 0, 0) > 0);
    SHOW(kcmp(getpid(), pid, KCMP_FILE, go[0], go[0]));
    SHOW(kcmp(getpid(), pid, KCMP_FILE, go[0], 1) > 0);
    SHOW(kcmp(getpid(), pid, KCMP_FILE, go[0], 99));
    SHOW(kcmp(getpid(), getpid(), KCMP_VM, 0, 0));
    SHOW(kcmp(getpid(), getpid(), KCMP_FILE, 1, 1));
    SHOW(kcmp(getpid(), 0x7ffffff0, KCMP_VM, 0, 0));
    SHOW(kcmp(getpid(), getpid(), 99, 0, 0));
    int fd = syscall(SYS_pidfd_open, pid, 0), got = syscall(SYS_pidfd_getfd, fd, go[0], 0);
    SHOW(kcmp(getpid(), pid, KCMP_FILE, got, go[0]));
    SHOW(fcntl(got, F_GETFD));
    SHOW(syscall(SYS_pidfd_getfd, fd, 99, 0));
    SHOW(syscall(SYS_pidfd_getfd, fd, 0, 1));
    SHOW(syscall(SYS_pidfd_getfd, go[0], 0, 0));
    close(got), close(go[0]), close(go[1]);
    waitpid(pid, &status, 0);
    SHOW(WEXITSTATUS(status));
    SHOW(syscall(SYS_pidfd_getfd, fd, 0, 0));
    close(fd);
}

static void transfers(void) {
    int fd = open("transferred", O_RDWR | O_CREAT | O_TRUNC, 0600), p[2];
    struct iovec v = {"abc", 3};
    SHOW(pwritev2(fd, &v, 1, 0, RWF_SYNC));
    SHOW(pwritev2(fd, &v, 1, 1, RWF_APPEND));
    SHOW(lseek(fd, 0, SEEK_CUR));
    SHOW(pwritev2(fd, &v, 1, -1, RWF_APPEND | RWF_DSYNC));
    SHOW(lseek(fd, 0, SEEK_CUR));
    v = (struct iovec){here, 100};
    SHOW(preadv2(fd, &v, 1, 0, RWF_HIPRI));
    printf("%.9s\n", here);
    SHOW(preadv2(fd, &v, 1, 0, 0x40000000));
    SHOW(preadv2(fd, &v, 1, -2, 0));
    pipe(p);
    SHOW(preadv2(p[0], &v, 1, -1, RWF_NOWAIT));
    SHOW(preadv2(p[0], &v, 1, 0, RWF_NOWAIT));
    write(p[1], "x", 1);
    SHOW(preadv2(p[0], &v, 1, -1, RWF_NOWAIT));
    close(fd), close(p[0]), close(p[1]);
    unlink("transferred");
}

static void rest(void) {
    struct sched_param q = {0};
    SHOW(sched_setparam(0, &q));
    q.sched_priority = 1;
    SHOW(sched_setparam(0, &q));
    SHOW(syscall(SYS_sched_setparam, 0, NULL));
    SHOW(sched_setparam(-1, &q));
    SHOW(syscall(SYS_sched_setparam, 0x7ffffff0, &q));
    struct timespec t;
    SHOW(sched_rr_get_interval(0, &t));
    SHOW(sched_rr_get_interval(-1, &t));
    struct {
        unsigned size, policy;
        unsigned long flags;
        int nice, priority;
        unsigned long runtime, deadline, period;
        unsigned low, high;
    } a = {0};
    SHOW(syscall(SYS_sched_getattr, 0, &a, 48, 0));
    printf("size %u policy %u flags %lu nice %d priority %d\n", a.size, a.policy, a.flags, a.nice, a.priority);
    SHOW(syscall(SYS_sched_getattr, 0, &a, 47, 0));
    SHOW(syscall(SYS_sched_getattr, 0, &a, 48, 1));
    SHOW(syscall(SYS_sched_getattr, 0, NULL, 48, 0));
    SHOW(syscall(SYS_sched_getattr, -1, &a, 48, 0));
    memset(&a, 0, sizeof a);
    a.size = 48;
    SHOW(syscall(SYS_sched_setattr, 0, &a, 0));
    a.policy = 99;
    SHOW(syscall(SYS_sched_setattr, 0, &a, 0));
    a.size = 20;
    SHOW(syscall(SYS_sched_setattr, 0, &a, 0));
    SHOW(a.size >= 48);
    SHOW(syscall(SYS_ioprio_get, 1, 0) >= 0);
    SHOW(syscall(SYS_ioprio_get, 9, 0));
    SHOW(syscall(SYS_ioprio_get, 1, 0x7ffffff0));
    struct timex x = {0};
    SHOW(adjtimex(&x) >= 0);
    SHOW(x.tick);
    SHOW(adjtimex((void *)8));
    x.modes = 0;
    SHOW(clock_adjtime(CLOCK_REALTIME, &x) >= 0);
    SHOW(clock_adjtime(CLOCK_MONOTONIC, &x));
    SHOW(clock_adjtime(99, &x));
    SHOW(setfsuid(-1) == geteuid());
    SHOW(setfsgid(-1) == getegid());
    char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    SHOW(pkey_mprotect(page, 4096, PROT_READ | PROT_WRITE, -1));
    page[0] = 1;
    SHOW(pkey_mprotect(page, 4096, PROT_READ, 14));
    SHOW(pkey_alloc(1, 0));
    SHOW(pkey_alloc(0, 4));
    SHOW(pkey_free(14));
}

int main(void) {
    memory();
    transfers();
    rest();
    return 0;
}
