// inotify: what those hear who watch files and directories.
#include "show.h"
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/time.h>

static int fd;
static int cookies[100], known;

static int cookie(int number) {
    if (!number) return 0;
    for (int i = 0; i < known; i++)
        if (cookies[i] == number) return i + 1;
    cookies[known++] = number;
    return known;
}

static void drain(const char *after) {
    char bytes[20000] __attribute__((aligned(8)));
    printf("%s:\n", after);
    long count;
    while ((count = read(fd, bytes, sizeof bytes)) > 0)
        for (char *at = bytes; at < bytes + count;) {
            struct inotify_event *e = (void *)at;
            printf("  watch %d mask %x cookie %d length %d %s\n", e->wd, e->mask, cookie(e->cookie), e->len, e->len ? e->name : "");
            at += sizeof *e + e->len;
        }
}

static void touch(const char *path) { close(open(path, O_CREAT | O_WRONLY, 0600)); }

static void faults(void) {
    SHOW(inotify_init1(1));
    SHOW(inotify_add_watch(99, ".", IN_OPEN));
    SHOW(inotify_add_watch(1, ".", IN_OPEN));
    SHOW(inotify_add_watch(fd, ".", 0));
    SHOW(inotify_add_watch(fd, "nowhere", IN_OPEN));
    SHOW(inotify_add_watch(fd, (char *)8, IN_OPEN));
    touch("file");
    SHOW(inotify_add_watch(fd, "file", IN_OPEN | IN_ONLYDIR));
    SHOW(inotify_add_watch(fd, "file", IN_OPEN | IN_MASK_ADD | IN_MASK_CREATE));
    SHOW(inotify_rm_watch(fd, 1));
    SHOW(inotify_rm_watch(99, 1));
    SHOW(inotify_rm_watch(1, 1));
    char byte[64];
    SHOW(read(fd, byte, sizeof byte));
    SHOW(write(fd, byte, 1));
    SHOW(lseek(fd, 0, SEEK_SET));
    SHOW(fcntl(fd, F_GETFL));
    SHOW(fcntl(fd, F_GETFD));
    unlink("file");
}

static void in_a_directory(void) {
    SHOW(inotify_add_watch(fd, "d", IN_ALL_EVENTS));
    SHOW(inotify_add_watch(fd, "d/.", IN_ALL_EVENTS));
    int f = open("d/f", O_CREAT | O_RDWR, 0600);
    drain("create");
    write(f, "one", 3);
    write(f, "two", 3);
    drain("two writes");
    char byte[10];
    lseek(f, 0, SEEK_SET);
    read(f, byte, 3);
    read(f, byte, 10);
    read(f, byte, 10);
    pread(f, byte, 2, 0);
    pwrite(f, byte, 2, 0);
    drain("reads");
    fchmod(f, 0640);
    ftruncate(f, 2);
    futimens(f, (struct timespec[]){{5, 0}, {6, 0}});
    futimens(f, (struct timespec[]){{0, UTIME_OMIT}, {6, 0}});
    fchown(f, -1, getgid());
    drain("facts");
    close(dup(f));
    drain("dup");
    close(f);
    drain("close");
    close(open("d/f", O_RDONLY));
    drain("open to read");
    inotify_add_watch(fd, "d", IN_ALL_EVENTS & ~IN_OPEN); // which comes first depends on the kernel
    close(open("d/f", O_WRONLY | O_TRUNC));
    drain("open to cut short");
    inotify_add_watch(fd, "d", IN_ALL_EVENTS);
    close(open("d/f", O_PATH));
    struct stat s;
    stat("d/f", &s);
    access("d/f", R_OK);
    drain("nothing");
    chmod("d/f", 0600);
    truncate("d/f", 100);
    utimes("d/f", NULL);
    drain("by path");
    mkdir("d/sub", 0700);
    touch("d/sub/deep");
    symlink("f", "d/link");
    mkfifo("d/fifo", 0600);
    link("d/f", "d/second");
    drain("other kinds");
    chmod("d/sub", 0750);
    close(open("d/sub", O_RDONLY | O_DIRECTORY));
    close(open("d/link", O_RDONLY));
    drain("other kinds opened");
    DIR *list = opendir("d");
    while (readdir(list)) {}
    closedir(list);
    chmod("d", 0750);
    drain("the directory itself");
    rename("d/f", "d/g");
    drain("rename inside");
    rename("d/g", "outside");
    rename("outside", "d/g");
    rename("d/sub", "sub");
    rename("sub", "d/sub");
    drain("rename across");
    rename("d/g", "d/link");
    drain("rename onto");
    renameat2(AT_FDCWD, "d/link", AT_FDCWD, "d/second", RENAME_EXCHANGE);
    drain("exchange");
    unlink("d/second");
    unlink("d/link");
    unlink("d/fifo");
    unlink("d/sub/deep");
    rmdir("d/sub");
    drain("delete");
    f = open("d/f", O_CREAT | O_RDWR, 0600);
    rename("d/f", "d/renamed");
    write(f, "x", 1);
    unlink("d/renamed");
    write(f, "x", 1);
    close(f);
    drain("open while renamed and deleted");
    SHOW(inotify_rm_watch(fd, 1));
    SHOW(inotify_rm_watch(fd, 1));
    touch("d/f");
    drain("no more");
    unlink("d/f");
}

static void of_files(void) {
    touch("f");
    SHOW(inotify_add_watch(fd, "f", IN_ALL_EVENTS));
    SHOW(inotify_add_watch(fd, ".", IN_DELETE | IN_CREATE | IN_ATTRIB | IN_MOVED_TO));
    link("f", "g");
    unlink("f");
    drain("one of two names");
    rename("g", "h");
    drain("moved");
    int f = open("h", O_RDWR);
    unlink("h");
    drain("deleted while open");
    write(f, "x", 1);
    drain("written");
    close(f);
    drain("closed");
    touch("f");
    SHOW(inotify_add_watch(fd, "f", IN_ALL_EVENTS));
    unlink("f");
    drain("deleted");
    touch("f");
    touch("g");
    SHOW(inotify_add_watch(fd, "f", IN_ALL_EVENTS));
    rename("g", "f");
    drain("replaced");
    mkdir("w", 0700);
    SHOW(inotify_add_watch(fd, "w", IN_ALL_EVENTS));
    rename("w", "v");
    rmdir("v");
    drain("directory deleted");
    unlink("f");
    drain("end");
}

static void masks(void) {
    touch("f");
    int w = inotify_add_watch(fd, "f", IN_OPEN);
    SHOW(inotify_add_watch(fd, "f", IN_CLOSE | IN_MASK_ADD) == w);
    close(open("f", O_RDONLY));
    drain("added");
    SHOW(inotify_add_watch(fd, "f", IN_CLOSE) == w);
    close(open("f", O_RDONLY));
    drain("changed");
    SHOW(inotify_add_watch(fd, "f", IN_CLOSE | IN_MASK_CREATE));
    SHOW(inotify_rm_watch(fd, w));
    SHOW(inotify_add_watch(fd, "f", IN_OPEN | IN_ONESHOT) > w);
    close(open("f", O_RDONLY));
    close(open("f", O_RDONLY));
    drain("once");
    symlink("f", "link");
    SHOW(inotify_add_watch(fd, "link", IN_ALL_EVENTS | IN_DONT_FOLLOW) > w);
    SHOW(inotify_add_watch(fd, "link", IN_ALL_EVENTS) > w);
    close(open("link", O_RDONLY));
    drain("link");
    mkdir("d", 0700);
    SHOW(inotify_add_watch(fd, "d", IN_ALL_EVENTS | IN_EXCL_UNLINK | IN_ONLYDIR) > w);
    int f = open("d/f", O_CREAT | O_RDWR, 0600);
    unlink("d/f");
    write(f, "x", 1);
    close(f);
    drain("not when unlinked");
    unlink("link");
    unlink("f");
    drain("clean");
}

static void reading(void) {
    SHOW(inotify_add_watch(fd, "d", IN_CREATE | IN_DELETE) > 0);
    int e = epoll_create1(0);
    struct epoll_event event = {EPOLLIN | EPOLLET, {.fd = 3}};
    SHOW(epoll_ctl(e, EPOLL_CTL_ADD, fd, &event));
    SHOW(epoll_wait(e, &event, 1, 0));
    touch("d/seventeen-letters");
    touch("d/fifteen-letters");
    touch("d/0123456789abcdef");
    touch("d/0123456789abcde");
    SHOW(epoll_wait(e, &event, 1, 0));
    SHOW(epoll_wait(e, &event, 1, 0));
    int available;
    SHOW(ioctl(fd, FIONREAD, &available));
    printf("%d\n", available);
    char bytes[4096];
    SHOW(read(fd, bytes, 0));
    SHOW(read(fd, bytes, 16));
    SHOW(read(fd, bytes, 47));
    SHOW(read(fd, bytes, 48));
    SHOW(read(fd, bytes, 70));
    struct pollfd p = {fd, POLLIN | POLLOUT, 0};
    SHOW(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    drain("the rest");
    SHOW(poll(&p, 1, 0));
    int other = inotify_init();
    SHOW(inotify_add_watch(other, "d", IN_DELETE));
    unlink("d/seventeen-letters");
    unlink("d/fifteen-letters");
    unlink("d/0123456789abcdef");
    unlink("d/0123456789abcde");
    SHOW(read(other, bytes, sizeof bytes));
    drain("both");
    SHOW(close(other));
    char path[50], target[50] = "";
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    SHOW(readlink(path, target, sizeof target));
    puts(target);
    rmdir("d");
    drain("end");
}

int main(void) {
    char folder[] = "/tmp/watchesXXXXXX";
    mkdtemp(folder);
    chdir(folder);
    mkdir("d", 0700);
    fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    faults();
    in_a_directory();
    of_files();
    masks();
    reading();
    chdir("/");
    rmdir(folder);
    return 0;
}
