// Directories, links, renames, attributes.
#include "show.h"
#include <sys/statfs.h>

static char text[300];

static void show_stat(const char *path) {
    struct stat s;
    int result = lstat(path, &s);
    printf("%s: %d mode %o size %ld\n", path, result, result ? 0 : s.st_mode,
           result || S_ISDIR(s.st_mode) ? 0 : (long)s.st_size);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }

static void list(const char *path) {
    DIR *directory = opendir(path);
    char *names[50];
    int count = 0;
    for (struct dirent *e; directory && (e = readdir(directory));) {
        char entry[300];
        snprintf(entry, sizeof entry, "%s/%d", e->d_name, e->d_type);
        names[count++] = strdup(entry);
    }
    qsort(names, count, sizeof *names, by_name);
    printf("%s:", path);
    for (int i = 0; i < count; i++) printf(" %s", names[i]);
    puts("");
    if (directory) closedir(directory);
}

static void make(void) {
    SHOW(mkdir("d", 0777));
    SHOW(mkdir("d", 0777));
    SHOW(mkdir("none/d", 0777));
    SHOW(mkdir("d/e/", 0700));
    SHOW(close(open("d/f", O_CREAT | O_WRONLY, 0640)));
    SHOW(symlink("f", "d/s"));
    SHOW(symlink("f", "d/s"));
    SHOW(symlink("", "d/t"));
    SHOW(link("d/f", "d/h"));
    SHOW(link("d", "dd"));
    SHOW(link("none", "dd"));
    SHOW(mkfifo("d/p", 0600));
    show_stat("d");
    show_stat("d/f");
    show_stat("d/s");
    show_stat("d/p");
    list("d");
    SHOW(readlink("d/s", text, sizeof text));
    SHOW(readlink("d/f", text, sizeof text));
    SHOW(readlink("d/s", text, 0));
    SHOW(symlink("l2", "l1"));
    SHOW(symlink("l1", "l2"));
    SHOW(open("l1", O_RDONLY));
    SHOW(access("l1", F_OK));
    SHOW(unlink("l1"));
    SHOW(open("d/s", O_RDONLY | O_NOFOLLOW));
    SHOW(open("d/s/x", O_RDONLY));
    SHOW(symlink("nowhere", "dangling"));
    SHOW(mkdir("dangling", 0777));
    SHOW(mkdir("dangling/", 0777));
    SHOW(mkdir("d/f/", 0777));
    SHOW(symlink("x", "dangling/"));
    SHOW(symlink("x", "new/"));
    SHOW(link("d/f", "dangling/"));
    SHOW(mkfifo("d/", 0600));
    SHOW(rename("dangling", "d/moved"));
    SHOW(unlink("d/moved"));
}

static void move(void) {
    SHOW(rename("d/f", "d/g"));
    SHOW(rename("d/f", "d/g"));
    SHOW(rename("d", "d/e/x"));
    SHOW(rename("d/g", "d/e"));
    SHOW(rename("d/e", "d/g"));
    SHOW(rename("d/g", "d/h"));
    SHOW(rename("d/.", "x"));
    SHOW(renameat2(AT_FDCWD, "d/g", AT_FDCWD, "d/e", RENAME_NOREPLACE));
    SHOW(renameat2(AT_FDCWD, "d/g", AT_FDCWD, "d/e", RENAME_EXCHANGE));
    list("d");
    SHOW(renameat2(AT_FDCWD, "d/g", AT_FDCWD, "d/e", 64));
    SHOW(rename("d", "moved"));
    list("moved");
    SHOW(rename("moved", "d"));
    SHOW(mkdir("empty", 0777));
    SHOW(rename("empty", "d"));
    SHOW(rename("d/g", "empty"));
    list("empty");
}

static void attributes(void) {
    struct stat s;
    SHOW(chmod("d/h", 04711));
    show_stat("d/h");
    SHOW(chmod("none", 0));
    SHOW(fchmodat(AT_FDCWD, "d/h", 0600, 0));
    show_stat("d/h");
    struct timespec times[2] = {{5, 6}, {7, 8}};
    SHOW(utimensat(AT_FDCWD, "d/h", times, 0));
    SHOW(stat("d/h", &s));
    printf("%ld.%ld %ld.%ld\n", s.st_atim.tv_sec, s.st_atim.tv_nsec, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_sec = 9;
    SHOW(utimensat(AT_FDCWD, "d/h", times, 0));
    SHOW(stat("d/h", &s));
    printf("%ld.%ld %ld.%ld\n", s.st_atim.tv_sec, s.st_atim.tv_nsec, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    times[1].tv_nsec = 2000000000;
    SHOW(utimensat(AT_FDCWD, "d/h", times, 0));
    struct statx x;
    SHOW(statx(AT_FDCWD, "d/h", 0, STATX_BASIC_STATS, &x));
    printf("%o %d %d\n", x.stx_mode, (int)x.stx_nlink, (int)x.stx_size);
    SHOW(fstatat(AT_FDCWD, "", &s, AT_EMPTY_PATH));
    printf("%d\n", S_ISDIR(s.st_mode));
    SHOW(fstatat(AT_FDCWD, "", &s, 0));
    SHOW(fstatat(AT_FDCWD, "d", &s, 0x8000));
    SHOW(fstat(0x7fff, &s));
    SHOW(stat("d/h", (void *)1));
    SHOW(umask(077));
    SHOW(close(open("masked", O_CREAT | O_WRONLY, 0666)));
    show_stat("masked");
    struct statfs f;
    SHOW(statfs("none", &f));
    SHOW(statfs("/proc", &f));
    printf("%lx\n", (long)f.f_type);
}

static void relative(void) {
    int d = open("d", O_RDONLY | O_DIRECTORY), path = open("d", O_PATH);
    SHOW(openat(d, "h", O_RDONLY) > 0);
    SHOW(openat(path, "h", O_RDONLY) > 0);
    SHOW(read(path, text, 1));
    SHOW(openat(99, "h", O_RDONLY));
    SHOW(openat(99, "/", O_RDONLY) > 0);
    int file = openat(d, "h", O_RDONLY);
    SHOW(openat(file, "h", O_RDONLY));
    SHOW(mkdirat(d, "sub", 0777));
    SHOW(unlinkat(d, "sub", 0));
    SHOW(unlinkat(d, "sub", AT_REMOVEDIR));
    SHOW(faccessat(d, "h", R_OK, 0));
    SHOW(faccessat(d, "h", 8, 0));
    SHOW(read(d, text, 1));
    SHOW(chdir("d/h"));
    SHOW(fchdir(file));
    SHOW(fchdir(d));
    char *here = getcwd(text, sizeof text);
    puts(here ? strrchr(here, '/') : "?");
    SHOW(getcwd(text, 2) != NULL);
    SHOW(open("../d/../d/h", O_RDONLY) > 0);
    SHOW(chdir(".."));
    SHOW(rmdir("d"));
    SHOW(rmdir("d/h"));
    SHOW(rmdir("."));
    SHOW(unlink("d"));
    SHOW(unlink("d/h"));
    SHOW(read(file, text, 1));
    SHOW(unlink("d/s"));
    SHOW(unlink("d/p"));
    SHOW(unlink("d/e"));
    list("d");
    SHOW(rmdir("d"));
    SHOW(mkdirat(d, "x", 0777));
    list(".");
    memset(text, 'n', 256);
    text[256] = 0;
    SHOW(open(text, O_RDONLY));
    text[255] = 0;
    SHOW(open(text, O_RDONLY));
}

int main(void) {
    umask(022);
    make();
    move();
    attributes();
    relative();
    return 0;
}
