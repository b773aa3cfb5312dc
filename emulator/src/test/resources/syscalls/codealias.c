// Code that is changed through something else than the mapping that it runs in takes effect at its next execution.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int (*function)(void);

static unsigned char *writable;
static unsigned char code[] = {0xb8, 1, 0, 0, 0, 0xc3}; /* mov $1,%eax; ret */

static void *write_in_thread(void *value) {
    writable[1] = (unsigned char)(long)value;
    return 0;
}

static void in_child(int value) {
    pid_t child = fork();
    if (child == 0) {
        writable[1] = value;
        _exit(0);
    }
    waitpid(child, 0, 0);
}

static void child_executes_what_the_parent_writes(function run) {
    int go[2], done[2];
    char byte;
    pipe(go);
    pipe(done);
    writable[1] = 3;
    pid_t child = fork();
    if (child == 0) {
        int first = run();
        write(done[1], "x", 1);
        read(go[0], &byte, 1);
        _exit(first * 10 + run());
    }
    read(done[0], &byte, 1);
    writable[1] = 4;
    write(go[1], "x", 1);
    int status;
    waitpid(child, &status, 0);
    printf("child of both %d\n", WEXITSTATUS(status));
}

static void file_mapped(int flags, const char *what) {
    int file = memfd_create("code", 0);
    pwrite(file, code, sizeof code, 0);
    function run = (function)mmap(0, 4096, PROT_READ | PROT_EXEC, flags, file, 0);
    printf("%s:", what);
    for (int i = 2; i < 40; i++) {
        unsigned char value = i;
        if (i % 3 == 0) pwrite(file, &value, 1, 1);
        else if (i % 3 == 1) lseek(file, 1, SEEK_SET), write(file, &value, 1);
        else pwritev(file, &(struct iovec){&value, 1}, 1, 1);
        if (run() != i) printf(" stale %d for %d", run(), i);
    }
    lseek(file, 0, SEEK_SET);
    int zeros = open("/dev/zero", O_RDONLY);
    unsigned char four[4] = {0xb8, 99, 0, 0};
    pwrite(file, four, 4, 0);
    printf(" %d", run());
    ftruncate(file, 1); /* and zeros behind: mov $0,%eax; add %al,(%rax) would follow, so it is made whole again */
    ftruncate(file, sizeof code);
    pwrite(file, code, sizeof code, 0);
    printf(" %d\n", run());
    close(zeros);
    close(file);
}

static void written_privately(void) {
    int file = memfd_create("code", 0);
    pwrite(file, code, sizeof code, 0);
    unsigned char *own = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, file, 0);
    int before = ((function)own)();
    own[1] = 5; /* from here on the page is the mapping's own */
    unsigned char value = 6;
    pwrite(file, &value, 1, 1);
    printf("own page: %d %d\n", before, ((function)own)());
}

static void two_pages(void) {
    int file = memfd_create("code", 0);
    ftruncate(file, 8192);
    unsigned char *data = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    unsigned char *text = mmap(0, 8192, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
    memcpy(data + 4094, code, sizeof code);
    function run = (function)(text + 4094);
    int first = run();
    data[4095] = 7; /* the immediate's low byte is the last one of the first page */
    int second = run();
    data[4096] = 1; /* and this the first of the second page */
    printf("over two pages: %d %d %d\n", first, second, run());
}

int main(void) {
    int file = memfd_create("code", 0);
    ftruncate(file, 4096);
    writable = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    function run = (function)mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
    function again = (function)mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
    memcpy(writable, code, sizeof code);
    for (int i = 1; i < 100; i++) {
        writable[1] = i;
        if (run() != i || again() != i) printf("stale: %d %d for %d\n", run(), again(), i);
    }
    pthread_t thread;
    pthread_create(&thread, 0, write_in_thread, (void *)77);
    pthread_join(thread, 0);
    printf("thread %d %d\n", run(), again());
    in_child(78);
    printf("child %d %d\n", run(), again());
    child_executes_what_the_parent_writes(run);
    unsigned char value = 79;
    struct iovec from = {&value, 1}, to = {writable + 1, 1};
    if (process_vm_writev(getpid(), &from, 1, &to, 1, 0) != 1) writable[1] = 79;
    printf("process_vm_writev %d\n", run());
    function moved = (function)mremap((void *)again, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, (char *)again - 0x100000);
    printf("moved %d", moved());
    writable[1] = 80;
    printf(" %d\n", moved());
    int pipes[2];
    pipe(pipes);
    write(pipes[1], "\x51", 1);
    read(pipes[0], writable + 1, 1); /* the kernel writes */
    printf("read into it %d\n", run());
    int memory = open("/proc/self/mem", O_RDWR);
    unsigned char byte = 90, there = 0;
    long count = pwrite(memory, &byte, 1, (long)run + 1); /* shared, and not for writing: there is no copy to write to */
    pread(memory, &there, 1, (long)run + 1);
    printf("mem %ld %d %d\n", count, there, run());
    unsigned char *own = mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pwrite(memory, code, sizeof code, (long)own);
    printf("mem of one's own %d", ((function)own)());
    pwrite(memory, &byte, 1, (long)own + 1);
    printf(" %d\n", ((function)own)());
    printf("mem of nothing %zd\n", pread(memory, &there, 1, 4096));
    close(memory);
    munmap(writable, 4096);
    printf("unmapped %d\n", run());
    file_mapped(MAP_SHARED, "shared file");
    file_mapped(MAP_PRIVATE, "private file");
    written_privately();
    two_pages();
    unsigned char *anonymous =
        mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memcpy(anonymous, code, sizeof code);
    writable = anonymous;
    int first = ((function)anonymous)();
    in_child(82);
    printf("shared anonymous %d %d\n", first, ((function)anonymous)());
    return 0;
}
