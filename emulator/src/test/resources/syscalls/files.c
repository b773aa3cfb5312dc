// Descriptors, positions, transfers, lengths.
#include "show.h"
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

static char buffer[70000];

static void transfers(void) {
    int fd = open("a", O_RDWR | O_CREAT | O_EXCL, 0666);
    SHOW(fd);
    SHOW(open("a", O_RDWR | O_CREAT | O_EXCL, 0666));
    SHOW(write(fd, "hello world", 11));
    SHOW(lseek(fd, 0, SEEK_CUR));
    SHOW(lseek(fd, -5, SEEK_END));
    SHOW(read(fd, buffer, 100));
    printf("%.5s\n", buffer);
    SHOW(read(fd, buffer, 100));
    SHOW(pread(fd, buffer, 3, 1));
    SHOW(pread(fd, buffer, 3, -1));
    SHOW(pwrite(fd, "HE", 2, 0));
    SHOW(lseek(fd, -1, SEEK_SET));
    SHOW(lseek(fd, 3, 77));
    SHOW(lseek(fd, 100000, SEEK_SET));
    SHOW(write(fd, "x", 1));
    SHOW(lseek(fd, 0, SEEK_END));
    SHOW(pread(fd, buffer, sizeof buffer, 5));
    printf("%d %d\n", buffer[6], buffer[60000]);
    struct iovec parts[3] = {{"one", 3}, {"", 0}, {"three", 5}};
    SHOW(lseek(fd, 0, SEEK_SET));
    SHOW(writev(fd, parts, 3));
    SHOW(pwritev(fd, parts, 3, 50));
    SHOW(writev(fd, parts, -1));
    struct iovec into[2] = {{buffer, 4}, {buffer + 100, 4}};
    SHOW(preadv(fd, into, 2, 0));
    printf("%.4s %.4s\n", buffer, buffer + 100);
    SHOW(read(fd, (void *)1, 10));
    SHOW(write(fd, (void *)1, 10));
    SHOW(read(99, buffer, 1));
    SHOW(close(fd));
    SHOW(close(fd));
}

static void modes(void) {
    int ro = open("a", O_RDONLY), wo = open("a", O_WRONLY | O_APPEND);
    SHOW(write(ro, "x", 1));
    SHOW(read(wo, buffer, 1));
    SHOW(fcntl(wo, F_GETFL));
    SHOW(fcntl(wo, F_SETFL, O_NONBLOCK));
    SHOW(fcntl(wo, F_GETFL));
    SHOW(fcntl(wo, F_GETFD));
    SHOW(fcntl(wo, F_DUPFD_CLOEXEC, 20));
    SHOW(fcntl(20, F_GETFD));
    SHOW(fcntl(wo, F_DUPFD, -1));
    SHOW(dup2(ro, 30));
    SHOW(dup2(ro, ro));
    SHOW(dup2(77, 3));
    SHOW(dup3(ro, ro, 0));
    SHOW(dup3(ro, 31, O_CLOEXEC));
    SHOW(lseek(ro, 7, SEEK_SET));
    SHOW(lseek(30, 0, SEEK_CUR));
    SHOW(syscall(SYS_close_range, 20, 31, 0));
    SHOW(fcntl(30, F_GETFD));
    SHOW(ftruncate(ro, 0));
    SHOW(truncate("a", 4));
    SHOW(lseek(ro, 0, SEEK_END));
    SHOW(ftruncate(wo, -1));
    SHOW(truncate("none", 4));
    SHOW(truncate(".", 4));
    SHOW(open("a/", O_RDONLY));
    SHOW(open("a/b", O_RDONLY));
    SHOW(open("none", O_RDONLY));
    SHOW(open(".", O_WRONLY));
    SHOW(open(".", O_RDWR | O_CREAT, 0600));
    SHOW(open("a", O_RDONLY | O_DIRECTORY));
    SHOW(open("", O_RDONLY));
    SHOW(open((char *)1, O_RDONLY));
    SHOW(flock(ro, LOCK_EX));
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    SHOW(fcntl(wo, F_GETLK, &lock));
    printf("%d\n", lock.l_type);
    SHOW(fcntl(ro, F_SETLK, &lock));
    SHOW(fsync(ro));
    int available = -1;
    SHOW(ioctl(ro, FIONREAD, &available));
    printf("%d\n", available);
    SHOW(ioctl(ro, TIOCGWINSZ, buffer));
    SHOW(isatty(ro));
    close(ro);
    close(wo);
}

static void copies(void) {
    int in = open("a", O_RDWR | O_TRUNC), out = open("b", O_RDWR | O_CREAT, 0600);
    memset(buffer, 'q', sizeof buffer);
    SHOW(write(in, buffer, 66000));
    off_t from = 10;
    SHOW(sendfile(out, in, &from, 1000));
    printf("%ld\n", (long)from);
    SHOW(lseek(in, 65000, SEEK_SET));
    SHOW(sendfile(out, in, NULL, 5000));
    SHOW(lseek(in, 0, SEEK_CUR));
    SHOW(lseek(in, 0, SEEK_SET));
    loff_t to = 100;
    SHOW(copy_file_range(in, NULL, out, &to, 300, 0));
    printf("%ld\n", (long)to);
    SHOW(copy_file_range(in, NULL, in, NULL, 300, 0));
    SHOW(lseek(out, 0, SEEK_END));
    int memory = memfd_create("m", MFD_ALLOW_SEALING);
    SHOW(memory);
    SHOW(write(memory, "seal", 4));
    SHOW(fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE));
    SHOW(write(memory, "seal", 4));
    SHOW(ftruncate(memory, 10));
    SHOW(fcntl(memory, F_GET_SEALS));
    SHOW(fcntl(in, F_GET_SEALS));
}

int main(void) {
    umask(022);
    transfers();
    modes();
    copies();
    return 7;
}
