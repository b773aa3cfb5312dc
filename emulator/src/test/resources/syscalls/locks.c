// Advisory locks: flock, and record locks of processes and of open files.
#define _GNU_SOURCE
#include "show.h"
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>

static void show(const char *what, int result) {
    printf("%s: %d %s\n", what, result, result < 0 ? strerrorname_np(errno) : "");
}

static int record(int fd, int command, int type, int whence, long start, long length) {
    struct flock lock = {.l_type = type, .l_whence = whence, .l_start = start, .l_len = length};
    return fcntl(fd, command, &lock);
}

static void ask(const char *what, int fd, int command, int type, long start, long length) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    int r = fcntl(fd, command, &lock);
    printf("%s: %d type %d whence %d start %ld length %ld holder %s\n", what, r, lock.l_type, lock.l_whence,
           (long)lock.l_start, (long)lock.l_len,
           lock.l_pid == 0 ? "none" : lock.l_pid == -1 ? "an open file" : lock.l_pid == getppid() ? "parent" : "other");
}

static void whole_files(const char *path) {
    int a = open(path, O_RDWR), b = open(path, O_RDONLY);
    show("shared", flock(a, LOCK_SH));
    show("another shared", flock(b, LOCK_SH | LOCK_NB));
    show("exclusive beside shared", flock(b, LOCK_EX | LOCK_NB));
    show("the shared one was lost by that", flock(a, LOCK_EX | LOCK_NB));
    show("against exclusive", flock(b, LOCK_SH | LOCK_NB));
    show("does not meet record locks", record(b, F_SETLK, F_RDLCK, SEEK_SET, 0, 0));
    int c = dup(a);
    show("duplicate has it as well", flock(c, LOCK_EX | LOCK_NB));
    close(a);
    show("and keeps it", flock(b, LOCK_SH | LOCK_NB));
    close(c);
    show("until the last is closed", flock(b, LOCK_EX | LOCK_NB));
    show("unlock", flock(b, LOCK_UN));
    show("unlock again", flock(b, LOCK_UN));
    show("both", flock(b, LOCK_SH | LOCK_EX));
    show("closed", flock(a, LOCK_SH));
    close(b);
}

static void records(const char *path) {
    int fd = open(path, O_RDWR), readable = open(path, O_RDONLY);
    show("write lock by a reader", record(readable, F_SETLK, F_WRLCK, SEEK_SET, 0, 10));
    show("wrong type", record(fd, F_SETLK, 7, SEEK_SET, 0, 10));
    show("wrong whence", record(fd, F_SETLK, F_WRLCK, 9, 0, 10));
    show("before the start", record(fd, F_SETLK, F_WRLCK, SEEK_SET, -1, 10));
    show("backwards before the start", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 5, -6));
    show("10 to 30", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 10, 20));
    show("its own again", record(readable, F_SETLK, F_RDLCK, SEEK_SET, 15, 5));
    show("90 to the end", record(fd, F_SETLK, F_RDLCK, SEEK_END, -10, 0));
    show("40 to 50, backwards", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 50, -10));
    fflush(stdout);
    if (fork() == 0) {
        ask("0 to 10", fd, F_GETLK, F_WRLCK, 0, 10);
        ask("0 to 11", fd, F_GETLK, F_WRLCK, 0, 11);
        ask("read 15 to 20", fd, F_GETLK, F_RDLCK, 15, 5);
        ask("write 15 to 20", fd, F_GETLK, F_WRLCK, 15, 5);
        ask("20 to 30", fd, F_GETLK, F_RDLCK, 20, 10);
        ask("45", fd, F_GETLK, F_RDLCK, 45, 1);
        ask("1000", fd, F_GETLK, F_WRLCK, 1000, 1);
        show("in the way", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 25, 1));
        show("beside it", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 30, 10));
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    show("child's went with it", record(fd, F_SETLK, F_WRLCK, SEEK_SET, 30, 10));
    close(readable); // takes the locks of the process with it
    if (fork() == 0) {
        ask("after a close", fd, F_GETLK, F_WRLCK, 0, 0);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    close(fd);
}

static void of_open_files(const char *path) {
    int a = open(path, O_RDWR), b = open(path, O_RDWR);
    show("of an open file", record(a, F_OFD_SETLK, F_WRLCK, SEEK_SET, 0, 10));
    show("of another", record(b, F_OFD_SETLK, F_WRLCK, SEEK_SET, 5, 10));
    show("of the process", record(b, F_SETLK, F_WRLCK, SEEK_SET, 5, 10));
    ask("holder", b, F_OFD_GETLK, F_WRLCK, 0, 100);
    struct flock wrong = {.l_type = F_RDLCK, .l_pid = 1};
    show("with a process's number", fcntl(a, F_OFD_SETLK, &wrong));
    close(a);
    show("after its close", record(b, F_OFD_SETLK, F_WRLCK, SEEK_SET, 5, 10));
    close(b);
}

static void waits(const char *path) {
    int ready[2];
    pipe(ready);
    int fd = open(path, O_RDWR);
    flock(fd, LOCK_EX);
    record(fd, F_SETLK, F_WRLCK, SEEK_SET, 0, 1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int mine = open(path, O_RDWR);
        show("before", flock(mine, LOCK_EX | LOCK_NB));
        fflush(stdout);
        write(ready[1], "x", 1);
        show("waited for the file", flock(mine, LOCK_EX));
        show("waited for the record", record(mine, F_SETLKW, F_WRLCK, SEEK_SET, 0, 1));
        fflush(stdout);
        _exit(0);
    }
    char x;
    read(ready[0], &x, 1);
    usleep(20000);
    puts("released");
    fflush(stdout);
    record(fd, F_SETLK, F_UNLCK, SEEK_SET, 0, 0);
    flock(fd, LOCK_UN);
    wait(NULL);
}

int main(void) {
    char path[] = "/tmp/locks-XXXXXX";
    int fd = mkstemp(path);
    ftruncate(fd, 100);
    close(fd);
    whole_files(path);
    records(path);
    of_open_files(path);
    waits(path);
    unlink(path);
    return 0;
}
