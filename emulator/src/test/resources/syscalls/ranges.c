// Calls on ranges of terabytes: what they cost is what is there, not how long the range is.
#include "show.h"
#include <signal.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define TERA (1L << 40)
#define FAR ((char *)0x10000000000)

static void holes(void) {
    unsigned char there[8];
    SHOW(madvise(FAR, 32 * TERA, MADV_DONTNEED));
    SHOW(madvise(FAR, 32 * TERA, MADV_FREE));
    SHOW(madvise(FAR, 32 * TERA, MADV_WILLNEED));
    SHOW(madvise(FAR, -4096, MADV_DONTNEED));
    SHOW(madvise((char *)-4096L, 8192, MADV_DONTNEED));
    SHOW(madvise(FAR, -1, MADV_DONTNEED));
    SHOW(mprotect(FAR, 32 * TERA, PROT_READ));
    SHOW(mincore(FAR, 4096, there));
    SHOW(msync(FAR, 32 * TERA, MS_SYNC));
    SHOW(msync(FAR, -4096, MS_SYNC));
    SHOW(munlock(FAR, 32 * TERA));
    SHOW(munlock(FAR, -8192));
    SHOW(munmap(FAR, 32 * TERA));
    SHOW(munmap(FAR, -4096));
    SHOW(mremap(FAR, TERA, 2 * TERA, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
}

static void mapped(void) {
    char *all = mmap(0, 32 * TERA, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    SHOW(all == MAP_FAILED ? -1 : 0);
    char *page = all + 16 * TERA;
    SHOW(mprotect(page, 8192, PROT_READ | PROT_WRITE));
    page[0] = 1;
    page[4096] = 2;
    SHOW(madvise(all, 16 * TERA + 4096, MADV_DONTNEED));
    printf("%d %d\n", page[0], page[4096]);
    SHOW(mprotect(all, 32 * TERA, PROT_READ));
    SHOW(msync(all, 32 * TERA, MS_ASYNC));
    int child = fork();
    if (!child) _exit(page[4096]);
    int status;
    SHOW(waitpid(child, &status, 0) == child ? 0 : -1);
    printf("%d\n", WEXITSTATUS(status));
    SHOW(mprotect(all, 32 * TERA, PROT_NONE));
    SHOW(mprotect(page, 8192, PROT_READ));
    SHOW(mremap(all, TERA, TERA / 2, 0) == all ? 0 : -1);
    char *moved = mremap(all + TERA, 15 * TERA, 15 * TERA, MREMAP_MAYMOVE | MREMAP_FIXED, FAR);
    SHOW(moved == FAR ? 0 : -1);
    SHOW(mremap(all + 20 * TERA, 4096, -4096, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
    SHOW(mremap(all + 20 * TERA, -4096, 4096, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0);
    printf("%d\n", page[4096]);
    SHOW(munmap(all, 32 * TERA));
    SHOW(munmap(FAR, 15 * TERA));
}

// The child's own code goes, and with it the child.
static void everything(void) {
    int child = fork();
    if (!child) {
        syscall(SYS_munmap, 0, 1L << 46);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    printf("signal %d\n", WTERMSIG(status));
}

static void transfers(void) {
    char *page = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(page + 8192, 8192);
    int zero = open("/dev/zero", O_RDONLY), file = open("sparse", O_RDWR | O_CREAT | O_TRUNC, 0600), ends[2];
    SHOW(read(zero, page, 8192));
    SHOW(read(zero, FAR, 1L << 62));
    SHOW(read(zero, FAR, -1));
    SHOW(write(file, FAR, 0x7ffff000));
    SHOW(write(file, page, 0x7ffff000) > 0 ? 0 : -1);
    SHOW(write(zero, FAR, 10));
    SHOW(pwrite(file, page, 10, -1));
    SHOW(pwrite(file, page, 10, 0x7fffffffffffffff) == 10);
    SHOW(pread(file, page, 10, 0x7fffffffffffffff));
    SHOW(ftruncate(file, 4 * TERA));
    SHOW(lseek(file, 4 * TERA - 5, SEEK_SET));
    SHOW(read(file, page, 8192));
    SHOW(lseek(file, 0x7fffffffffffffff, SEEK_CUR));
    SHOW(ftruncate(file, -1));
    SHOW(sendfile(file, file, 0, -1));
    SHOW(copy_file_range(zero, 0, file, 0, TERA, 0));
    SHOW(ftruncate(file, 100));
    SHOW(lseek(file, 0, SEEK_SET));
    SHOW(sendfile(open("/dev/null", O_WRONLY), file, 0, 0x7ffff000));
    struct iovec many[1024];
    for (int i = 0; i < 1024; i++) many[i] = (struct iovec){FAR, 1L << 40};
    many[0] = (struct iovec){page, 8192};
    SHOW(lseek(file, 0, SEEK_SET));
    SHOW(writev(file, many + 1, 1023));
    SHOW(readv(file, many + 1, 1023));
    SHOW(readv(file, many, 1024));
    many[5].iov_len = -1;
    SHOW(readv(file, many, 1024));
    SHOW(pipe(ends));
    SHOW(write(ends[1], FAR, 1L << 40));
    SHOW(unlink("sparse"));
}

int main(void) {
    setvbuf(stdout, 0, _IOLBF, 0);
    holes();
    mapped();
    everything();
    transfers();
    return 0;
}
