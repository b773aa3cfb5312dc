// /proc/self/mem and pagemap: what is in memory, what can be read and written, and positions that are addresses.
#include "show.h"
#include <stdint.h>
#include <sys/mman.h>

enum { PAGES = 4, PAGE = 4096 };

static char text[2 * PAGE];

static void pagemap(void) {
    int fd = open("/proc/self/pagemap", O_RDONLY);
    char *memory = mmap(0, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    madvise(memory, PAGES * PAGE, MADV_NOHUGEPAGE);
    uint64_t words[PAGES] = {0};
    off_t at = (uintptr_t)memory / PAGE * sizeof *words;
    memory[PAGE] = memory[3 * PAGE + 5] = 1;
    SHOW(pread(fd, words, sizeof words, at));
    for (int i = 0; i < PAGES; i++) printf("page %d: %d\n", i, (int)(words[i] >> 63));
    SHOW(lseek(fd, at + 3 * sizeof *words, SEEK_SET) == at + 3 * sizeof *words);
    SHOW(read(fd, words, sizeof *words));
    printf("by position: %d\n", (int)(words[0] >> 63));
    SHOW(lseek(fd, 0, SEEK_CUR) == at + 4 * sizeof *words);
    madvise(memory, PAGES * PAGE, MADV_DONTNEED);
    SHOW(pread(fd, words, sizeof words, at));
    for (int i = 0; i < PAGES; i++) printf("page %d given back: %d\n", i, (int)(words[i] >> 63));
    munmap(memory, PAGES * PAGE);
    SHOW(pread(fd, words, sizeof *words, at));
    printf("not mapped: %d\n", (int)(words[0] >> 63));
    SHOW(pread(fd, words, sizeof *words, at + 4));
    SHOW(pread(fd, words, 4, at));
    SHOW(pread(fd, words, 12, at));
    SHOW(pread(fd, words, 0, at));
    SHOW(pread(fd, words, 0, at + 1));
    SHOW(write(fd, words, 8));
    SHOW(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
    close(fd);
}

static void mem(void) {
    int fd = open("/proc/self/mem", O_RDWR);
    int reader = open("/proc/self/mem", O_RDONLY);
    char *two = mmap(0, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(two + PAGE, "here");
    munmap(two + 2 * PAGE, PAGE);
    SHOW(pread(reader, text, 5, (off_t)(two + PAGE)));
    printf("%s\n", text);
    SHOW(pwrite(fd, "there", 6, (off_t)(two + PAGE)));
    printf("%s\n", two + PAGE);
    SHOW(pwrite(reader, "never", 6, (off_t)(two + PAGE)));
    SHOW(pread(fd, text, 2 * PAGE, (off_t)(two + PAGE)));
    SHOW(pread(fd, text, 1, (off_t)(two + 2 * PAGE)));
    SHOW(pread(fd, text, 0, (off_t)(two + 2 * PAGE)));
    SHOW(pwrite(fd, text, 1, (off_t)(two + 2 * PAGE)));
    SHOW(pread(fd, text, 1, 0));
    mprotect(two, PAGE, PROT_NONE);
    SHOW(pwrite(fd, "whatever", 9, (off_t)two));
    mprotect(two, PAGE, PROT_READ);
    printf("behind its protection: %s\n", two);
    SHOW(lseek(fd, (off_t)two, SEEK_SET) == (off_t)two);
    SHOW(read(fd, text, 4));
    SHOW(lseek(fd, 4, SEEK_CUR) == (off_t)two + 8);
    SHOW(pread(fd, (void *)8, 4, (off_t)two));
    struct stat st;
    SHOW(fstat(fd, &st) ? -1 : st.st_size);
    SHOW(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
    close(fd);
    close(reader);
}

int main(void) {
    pagemap();
    mem();
    return 0;
}
