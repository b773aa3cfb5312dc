// Resource limits: who may change them, and what happens at them.
#include "show.h"
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>

static volatile int seen, code, sender_is_me;

static void handler(int signal, siginfo_t *information, void *context) {
    seen = signal;
    code = information->si_code;
    sender_is_me = information->si_pid == getpid();
}

static void catch(int signal) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(signal, &action, NULL);
}

static void limit(int resource, rlim_t soft, rlim_t hard) {
    struct rlimit wanted = {soft, hard};
    SHOW(setrlimit(resource, &wanted));
}

static void ended(int child) {
    int status;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
    else printf("exit %d\n", WEXITSTATUS(status));
    fflush(stdout);
}

// In a process of its own: limits cannot be taken back.
static void part(const char *name, void (*what)(void)) {
    puts(name);
    fflush(stdout);
    int child = fork();
    if (!child) {
        what();
        fflush(stdout);
        _exit(0);
    }
    ended(child);
}

static void *map(size_t length, int protection) {
    return mmap(NULL, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

#define SHOW_MAP(call) SHOW((call) == MAP_FAILED ? -1 : 0)

static void arguments(void) {
    struct rlimit l = {2, 1};
    SHOW(setrlimit(RLIMIT_FSIZE, &l));
    SHOW(setrlimit(99, &l));
    SHOW(setrlimit(-1, &l));
    SHOW(setrlimit(99, (void *)8));
    SHOW(getrlimit(99, &l));
    SHOW(getrlimit(RLIMIT_FSIZE, (void *)8));
    SHOW(syscall(SYS_prlimit64, 0, RLIMIT_FSIZE, (void *)8, NULL));
    SHOW(syscall(SYS_prlimit64, 0, RLIMIT_FSIZE, NULL, (void *)8));
    SHOW(syscall(SYS_prlimit64, 0, RLIMIT_FSIZE, NULL, NULL));
    SHOW(syscall(SYS_prlimit64, 0, 99, NULL, NULL));
    SHOW(syscall(SYS_prlimit64, -5, RLIMIT_FSIZE, NULL, NULL));
    SHOW(syscall(SYS_prlimit64, 2000000000, RLIMIT_FSIZE, (void *)8, NULL));
    l = (struct rlimit){10, 1 << 31};
    SHOW(setrlimit(RLIMIT_NOFILE, &l));
    l = (struct rlimit){100, 1000};
    SHOW(syscall(SYS_prlimit64, getpid(), RLIMIT_FSIZE, &l, NULL));
    SHOW(getrlimit(RLIMIT_FSIZE, &l));
    printf("%ld %ld\n", (long)l.rlim_cur, (long)l.rlim_max);
    l.rlim_cur = 1001;
    SHOW(setrlimit(RLIMIT_FSIZE, &l));
}

static void as_a_user(void) {
    if (!getuid()) setresuid(54321, 54321, 54321);
    struct rlimit l = {4, 4};
    SHOW(setrlimit(RLIMIT_CORE, &l));
    l.rlim_max = 5;
    SHOW(setrlimit(RLIMIT_CORE, &l));
    SHOW(syscall(SYS_prlimit64, 1, RLIMIT_CORE, NULL, &l));
    int child = fork();
    if (!child) pause();
    l = (struct rlimit){3, 3};
    SHOW(syscall(SYS_prlimit64, child, RLIMIT_CORE, &l, NULL));
    SHOW(syscall(SYS_prlimit64, child, RLIMIT_CORE, NULL, &l));
    printf("%ld %ld\n", (long)l.rlim_cur, (long)l.rlim_max);
    kill(child, SIGKILL);
    wait(NULL);
}

static void memory(void) {
    limit(RLIMIT_AS, 64 << 20, RLIM_INFINITY);
    SHOW_MAP(map(400 << 20, PROT_READ | PROT_WRITE));
    SHOW_MAP(map(400 << 20, PROT_NONE));
    char *small = map(20 << 20, PROT_READ | PROT_WRITE);
    SHOW_MAP(small);
    SHOW_MAP(mremap(small, 20 << 20, 200 << 20, MREMAP_MAYMOVE));
    SHOW_MAP(mremap(small, 20 << 20, 10 << 20, 0));
    SHOW_MAP(mmap(small, 10 << 20, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SHOW(sbrk(200 << 20) == (void *)-1 ? -1 : 0);
    SHOW_MAP(mmap(NULL, 200 << 20, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

static void data(void) {
    char *readable = map(40 << 20, PROT_READ);
    limit(RLIMIT_DATA, 16 << 20, 16 << 20);
    SHOW_MAP(map(40 << 20, PROT_READ));
    SHOW_MAP(map(40 << 20, PROT_READ | PROT_WRITE));
    SHOW_MAP(mmap(NULL, 40 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    SHOW(mprotect(readable, 40 << 20, PROT_READ | PROT_WRITE));
    SHOW(sbrk(40 << 20) == (void *)-1 ? -1 : 0);
    SHOW_MAP(map(1 << 20, PROT_READ | PROT_WRITE));
}

static void break_only(void) {
    limit(RLIMIT_DATA, 4096, 4096);
    SHOW(sbrk(1 << 20) == (void *)-1 ? -1 : 0);
}

static void locked(void) {
    if (!getuid()) setresuid(54321, 54321, 54321);
    char *p = map(1 << 20, PROT_READ | PROT_WRITE);
    limit(RLIMIT_MEMLOCK, 65536, 65536);
    SHOW(mlock(p, 65536));
    SHOW(mlock(p, 65536));
    SHOW(mlock(p + 65536, 4096));
    SHOW(mlock(p, 65536 + 4096));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0));
    SHOW(munlock(p, 4096));
    SHOW(mlock(p + 65536, 4096));
    SHOW(mlockall(MCL_CURRENT));
    SHOW(mlockall(0));
    SHOW(mlockall(99));
    SHOW(munlockall());
    limit(RLIMIT_MEMLOCK, 0, 0);
    SHOW(mlock(p, 4096));
    SHOW(mlockall(MCL_CURRENT));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0));
    SHOW(munlock(p, 4096));
    SHOW(syscall(SYS_mlock2, p, 4096, 8));
}

static void file_size(void) {
    catch(SIGXFSZ);
    char block[2000] = {0};
    int fd = open("limited", O_CREAT | O_RDWR | O_TRUNC, 0600), other = open("other", O_CREAT | O_RDWR, 0600);
    write(other, block, 2000);
    limit(RLIMIT_FSIZE, 1000, 1000);
    SHOW(write(fd, block, 2000));
    printf("signal %d\n", seen);
    SHOW(write(fd, block, 0));
    printf("signal %d\n", seen);
    SHOW(write(fd, block, 1));
    printf("signal %d code %d own %d\n", seen, code, sender_is_me);
    SHOW(pwrite(fd, block, 20, 990));
    struct iovec v[2] = {{block, 5}, {block, 20}};
    lseek(fd, 990, SEEK_SET);
    SHOW(writev(fd, v, 2));
    seen = 0;
    SHOW(ftruncate(fd, 1000));
    SHOW(ftruncate(fd, 1001));
    printf("signal %d\n", seen);
    SHOW(truncate("other", 1500));
    SHOW(truncate("other", 1800));
    SHOW(ftruncate(fd, -1));
    seen = 0;
    lseek(other, 0, SEEK_SET);
    lseek(fd, 900, SEEK_SET);
    SHOW(sendfile(fd, other, NULL, 500));
    SHOW(sendfile(fd, other, NULL, 500));
    printf("signal %d\n", seen);
    int pipes[2];
    pipe(pipes);
    SHOW(write(pipes[1], block, 2000));
    int null = open("/dev/null", O_WRONLY);
    SHOW(pwrite(null, block, 2000, 5000));
    int append = open("limited", O_WRONLY | O_APPEND);
    SHOW(write(append, block, 1));
    SHOW(posix_fallocate(fd, 0, 5000));
}

static void file_size_kills(void) {
    int fd = open("killed", O_CREAT | O_RDWR, 0600);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, 10, 10);
    SHOW(write(fd, "0123456789ab", 12));
    fflush(stdout);
    write(fd, "0123456789ab", 12);
}

static void descriptors(void) {
    limit(RLIMIT_NOFILE, 8, 16);
    int last = -1, fd;
    while ((fd = dup(0)) >= 0) last = fd;
    printf("%d %s\n", last, strerrorname_np(errno));
    SHOW(dup2(0, 8));
    SHOW(dup2(0, 7));
    SHOW(fcntl(0, F_DUPFD, 8));
    SHOW(fcntl(0, F_DUPFD, 5));
    int pipes[2];
    SHOW(pipe(pipes));
    struct pollfd many[20] = {0};
    for (int i = 0; i < 20; i++) many[i].fd = -1;
    SHOW(poll(many, 8, 0));
    SHOW(poll(many, 9, 0));
    SHOW(open("/dev/null", O_RDONLY));
    close(7);
    SHOW(open("/dev/null", O_RDONLY));
}

static void processor_time(void) {
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, 1, 2);
    catch(SIGXCPU);
    while (!seen);
    struct rlimit l;
    getrlimit(RLIMIT_CPU, &l);
    printf("signal %d code %d, now %ld %ld\n", seen, code, (long)l.rlim_cur, (long)l.rlim_max);
    fflush(stdout);
    for (;;);
}

static void processor_time_default(void) {
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, 1, RLIM_INFINITY);
    int child = fork();
    if (!child) for (;;);
    ended(child); // its own second
    for (;;);
}

static void tasks(void) {
    setresuid(54323, 54323, 54323);
    limit(RLIMIT_NPROC, 2, 2);
    int first = fork();
    if (!first) { pause(); _exit(0); }
    int second = fork();
    if (!second) _exit(0);
    printf("%d %s\n", second, second < 0 ? strerrorname_np(errno) : "");
    kill(first, SIGKILL);
    waitpid(first, NULL, 0);
    int third = fork();
    if (!third) _exit(0);
    printf("%d\n", third > 0);
    if (third > 0) waitpid(third, NULL, 0);
}

static void cores(void) {
    limit(RLIMIT_CORE, 0, 0);
    int child = fork(), status;
    if (!child) abort();
    waitpid(child, &status, 0);
    printf("core %d\n", !!WCOREDUMP(status));
}

int main(void) {
    part("arguments", arguments);
    part("as a user", as_a_user);
    part("RLIMIT_AS", memory);
    part("RLIMIT_DATA", data);
    part("RLIMIT_DATA of the break", break_only);
    part("RLIMIT_MEMLOCK", locked);
    part("RLIMIT_FSIZE", file_size);
    part("RLIMIT_FSIZE kills", file_size_kills);
    part("RLIMIT_NOFILE", descriptors);
    part("RLIMIT_CPU", processor_time);
    part("RLIMIT_CPU by default", processor_time_default);
    if (!getuid()) part("RLIMIT_NPROC", tasks);
    part("RLIMIT_CORE", cores);
    return 0;
}
