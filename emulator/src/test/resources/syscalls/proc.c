// What /proc, /dev and standard streams tell.
#include "show.h"
#include <sys/ioctl.h>

static char text[100000];

static long slurp(const char *path) {
    int fd = open(path, O_RDONLY);
    if (fd < 0) return -1;
    long length = 0, count;
    while ((count = read(fd, text + length, sizeof text - 1 - length)) > 0) length += count;
    text[length] = 0;
    close(fd);
    return length;
}

int main(int argc, char **argv) {
    SHOW(slurp("/proc/self/maps") > 0);
    unsigned long start, end, at = (unsigned long)main;
    char permissions[5] = "";
    int found = 0;
    for (char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (sscanf(line, "%lx-%lx %4s", &start, &end, permissions) == 3 && at >= start && at < end)
            found = 1, printf("main is in %s\n", permissions);
    SHOW(found);
    SHOW(strstr(text, "[stack]") != NULL);
    SHOW(slurp("/proc/self/cmdline"));
    printf("%s\n", text + strlen(text) + 1);
    SHOW(slurp("/proc/self/stat") > 100);
    SHOW(atoi(text) == getpid());
    int fields = 0;
    for (char *c = strrchr(text, ')'); *c; c++) fields += *c == ' ';
    SHOW(fields);
    SHOW(slurp("/proc/self/status") > 100);
    SHOW(strstr(text, "\nThreads:\t1\n") != NULL);
    SHOW(slurp("/proc/thread-self/comm"));
    printf("%s", text);
    SHOW(slurp("/proc/self/environ"));
    SHOW(readlink("/proc/self/exe", text, sizeof text) > 0);
    SHOW(readlink("/proc/self/cwd", text, sizeof text) > 0);
    SHOW(slurp("/proc/cpuinfo") > 0);
    SHOW(slurp("/proc/sys/kernel/osrelease") > 0);
    SHOW(slurp("/proc/sys/net/core/somaxconn") > 0);
    SHOW(slurp("/sys/devices/system/cpu/online") > 0);
    SHOW(slurp("/proc/none"));
    SHOW(open("/proc/self/fd/77", O_RDONLY));
    int fd = open("/dev/null", O_RDWR);
    snprintf(text, sizeof text, "/proc/self/fd/%d", fd);
    char target[50] = "";
    SHOW(readlink(text, target, sizeof target));
    puts(target);
    struct stat s;
    SHOW(fstat(fd, &s));
    printf("%o %lx\n", s.st_mode, (long)s.st_rdev);
    SHOW(write(fd, "gone", 4));
    SHOW(read(fd, text, 4));
    SHOW(lseek(fd, 100, SEEK_SET));
    SHOW(ioctl(fd, TIOCGWINSZ, text));
    SHOW(read(open("/dev/zero", O_RDONLY), text, 4));
    SHOW(write(open("/dev/full", O_WRONLY), text, 4));
    SHOW(read(open("/dev/urandom", O_RDONLY), text, 32));
    SHOW(fstat(1, &s));
    printf("%o\n", s.st_mode & S_IFMT);
    SHOW(isatty(0));
    SHOW(lseek(0, 0, SEEK_CUR));
    SHOW(read(0, text, 100));
    printf("%.5s\n", text);
    SHOW(read(0, text, 100));
    int out = open("/dev/stdout", O_WRONLY);
    fflush(stdout);
    SHOW(write(out, "through /dev/stdout\n", 20));
    return 0;
}
