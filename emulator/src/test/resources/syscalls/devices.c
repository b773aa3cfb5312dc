// Devices that are mapped.
#include "show.h"
#include <sys/mman.h>
#include <sys/wait.h>

static char *map(const char *path, int access, int protection, int flags, long offset) {
    int fd = open(path, access);
    char *memory = mmap(NULL, 8192, protection, flags, fd, offset);
    printf("%s %x %x %lx: %s\n", path, protection, flags, offset, memory == MAP_FAILED ? strerrorname_np(errno) : "mapped");
    close(fd);
    return memory;
}

int main(void) {
    int both = PROT_READ | PROT_WRITE;
    char *own = map("/dev/zero", O_RDWR, both, MAP_PRIVATE, 0);
    own[5000] = 3;
    printf("%d %d\n", own[0], own[5000]);
    char *read_only = map("/dev/zero", O_RDONLY, both, MAP_PRIVATE, 4096);
    read_only[0] = 4;
    map("/dev/zero", O_RDONLY, both, MAP_SHARED, 0);
    char *shared = map("/dev/zero", O_RDWR, both, MAP_SHARED, 0);
    char *another = map("/dev/zero", O_RDWR, both, MAP_SHARED, 0);
    fflush(stdout);
    if (!fork()) {
        shared[1] = 7;
        own[1] = 7;
        _exit(0);
    }
    wait(NULL);
    printf("%d %d %d\n", shared[1], own[1], another[1]);
    SHOW(madvise(own, 8192, MADV_DONTNEED));
    printf("%d\n", own[5000]);
    map("/dev/null", O_RDWR, both, MAP_PRIVATE, 0);
    map("/dev/null", O_RDWR, PROT_READ, MAP_SHARED, 0);
    map("/dev/null", O_WRONLY, PROT_READ, MAP_SHARED, 0);
    map("/dev/full", O_RDWR, PROT_READ, MAP_PRIVATE, 0);
    map("/dev/urandom", O_RDONLY, PROT_READ, MAP_PRIVATE, 0);
    map("/proc/self/maps", O_RDONLY, PROT_READ, MAP_PRIVATE, 0);
    map("/", O_RDONLY | O_DIRECTORY, PROT_READ, MAP_PRIVATE, 0);
    int p[2];
    pipe(p);
    SHOW(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, p[0], 0));
    return 0;
}
