// Advice, locks and moves of memory: what each kind of mapping takes, and what comes of it.
#include "show.h"
#include <sys/mman.h>
#include <sys/wait.h>

static char *map(int flags, int fd) { return mmap(NULL, 8192, PROT_READ | PROT_WRITE, flags, fd, 0); }

static void advice(const char *what, char *memory) {
    int all[] = {0, 1, 2, 3, 4, 8, 9, 10, 11, 18, 19, 5, 6, 7, 99, -1};
    puts(what);
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
        memory[0] = 'a';
        printf("%d: ", all[i]);
        SHOW(madvise(memory, 8192, all[i]));
        if (all[i] != 8) printf("content %d\n", memory[0]); // what was freed goes when it is needed
    }
    SHOW(madvise(memory + 1, 4096, MADV_NORMAL));
    SHOW(madvise(memory, -1, MADV_NORMAL));
    SHOW(madvise(memory, 0, 99));
}

static void children(void) {
    char *wiped = map(MAP_PRIVATE | MAP_ANONYMOUS, -1), *kept = map(MAP_PRIVATE | MAP_ANONYMOUS, -1), *missing = map(MAP_PRIVATE | MAP_ANONYMOUS, -1);
    *wiped = *kept = *missing = 7;
    SHOW(madvise(wiped, 8192, MADV_WIPEONFORK));
    SHOW(madvise(kept, 8192, MADV_WIPEONFORK));
    SHOW(madvise(kept, 8192, MADV_KEEPONFORK));
    SHOW(madvise(missing, 4096, MADV_DONTFORK));
    fflush(stdout);
    if (!fork()) {
        printf("%d %d\n", *wiped, *kept);
        unsigned char there;
        SHOW(mincore(missing, 4096, &there));
        SHOW(mincore(missing + 4096, 4096, &there));
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    printf("%d %d %d\n", *wiped, *kept, *missing);
}

static void moves(int fd) {
    char *shared = map(MAP_SHARED | MAP_ANONYMOUS, -1), *private = map(MAP_PRIVATE | MAP_ANONYMOUS, -1), *second;
    SHOW(mremap(private, 0, 4096, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(shared, 0, 4096, 0) == MAP_FAILED ? -1 : 0);
    second = mremap(shared, 0, 4096, MREMAP_MAYMOVE);
    shared[5] = 9;
    printf("%d\n", second == MAP_FAILED ? -1 : second[5]);
    private[0] = 3;
    SHOW(mremap(private, 8192, 4096, MREMAP_MAYMOVE | 4, 0) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private, 8192, 8192, 4, 0) == MAP_FAILED ? -1 : 0);
    second = mremap(private, 8192, 8192, MREMAP_MAYMOVE | 4, 0);
    if (second != MAP_FAILED) printf("%d %d\n", second[0], private[0]);
    SHOW(mremap(private, 8192, 8192, MREMAP_FIXED, second) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private, 8192, 8192, MREMAP_FIXED | MREMAP_MAYMOVE, second + 1) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private, 8192, 8192, MREMAP_FIXED | MREMAP_MAYMOVE, private + 4096) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private, 8192, 0, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private + 1, 8192, 4096, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(private, 8192, 4096, 64) == MAP_FAILED ? -1 : 0);
    SHOW(mremap((void *)40960, -4096, 4096, 0) == MAP_FAILED ? -1 : 0);
    mprotect(private + 4096, 4096, PROT_READ);
    SHOW(mremap(private, 8192, 12288, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
}

#define SHOW_MAP(call) SHOW((call) == MAP_FAILED ? -1 : 0)

static void maps(int fd) {
    int closed = 77;
    SHOW_MAP(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, closed, 0));
    SHOW_MAP(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 5));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, 0, fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED_VALIDATE, fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED_VALIDATE | (1 << 25), fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED | (1 << 25), fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_GROWSDOWN, fd, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_GROWSDOWN | MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap((void *)5, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    SHOW_MAP(mmap(NULL, -4, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap(NULL, 1L << 60, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SHOW_MAP(mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, fd, -4096));
    int readable = open("advised", O_RDONLY), writable = open("advised", O_WRONLY), path = open("advised", O_PATH), directory = open(".", O_RDONLY);
    SHOW_MAP(mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, readable, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_WRITE, MAP_PRIVATE, readable, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, writable, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, path, 0));
    SHOW_MAP(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, directory, 0));
}

int main(void) {
    int fd = open("advised", O_CREAT | O_RDWR, 0600);
    ftruncate(fd, 8192);
    char *locked = map(MAP_PRIVATE | MAP_ANONYMOUS, -1);
    advice("private", map(MAP_PRIVATE | MAP_ANONYMOUS, -1));
    advice("shared", map(MAP_SHARED | MAP_ANONYMOUS, -1));
    advice("a file", map(MAP_SHARED, fd));
    advice("a file, private", map(MAP_PRIVATE, fd));
    SHOW(mlock(locked, 8192));
    advice("locked", locked);
    SHOW(munlock(locked, 8192));
    SHOW(madvise(locked, 8192, MADV_DONTNEED));
    char *none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    SHOW(mlock(none, 4096));
    children();
    moves(fd);
    maps(fd);
    return 0;
}
