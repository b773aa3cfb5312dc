// What /proc shows of tasks that have ended: before they were waited for, through files opened while they lived, of a leader that went before its threads, of a program that was replaced.
// environ and auxv of a task without memory cannot be opened since Linux 6.15 and were empty before: both are "nothing" here.
#define _GNU_SOURCE
#include "show.h"
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const FILES[] = {"stat", "statm", "status", "cmdline", "comm", "maps", "smaps", "limits", "mounts", "mountinfo", "cgroup", "oom_score", "oom_score_adj", "environ", "auxv"};
static const char *const LINKS[] = {"exe", "cwd", "root"};
static const char *const FOLDERS[] = {".", "fd", "fdinfo", "task"};
enum { COUNT = sizeof FILES / sizeof *FILES, OF_MEMORY = COUNT - 2 };

static char text[1 << 16];
static int start[2], ready[2];

static void tell(const char *who, const char *file, long count) {
    int failed = errno;
    if (count > 0) printf("%s %s: text\n", who, file);
    else if (count == 0) printf("%s %s: nothing\n", who, file);
    else printf("%s %s: %s\n", who, file, strerrorname_np(failed));
}

static long content(int at, const char *file) {
    int fd = openat(at, file, O_RDONLY);
    if (fd < 0) return -1;
    long count = read(fd, text, sizeof text - 1);
    int failed = errno;
    close(fd);
    errno = failed;
    if (count >= 0) text[count] = 0;
    return count;
}

static void look(const char *who, const char *path) {
    int at = open(path, O_RDONLY | O_DIRECTORY);
    if (at < 0) {
        printf("%s: %s\n", who, strerrorname_np(errno));
        return;
    }
    for (int i = 0; i < COUNT; i++) {
        long count = content(at, FILES[i]);
        if (i >= OF_MEMORY && count < 0 && errno == ESRCH) count = 0;
        tell(who, FILES[i], count);
        if (count > 0 && !strcmp(FILES[i], "stat")) printf("%s state %c\n", who, strrchr(text, ')')[2]);
        if (count > 0 && !strcmp(FILES[i], "statm")) printf("%s has pages %d\n", who, *text != '0');
        if (count > 0 && !strcmp(FILES[i], "status")) {
            printf("%s VmSize %d, Umask %d, no files %d\n", who, !!strstr(text, "VmSize:"), !!strstr(text, "Umask:"), !!strstr(text, "FDSize:\t0\n"));
            printf("%s threads %d\n", who, atoi(strstr(text, "Threads:") + 8));
        }
    }
    struct stat st;
    for (int i = 0; i < 3; i++) {
        tell(who, LINKS[i], readlinkat(at, LINKS[i], text, sizeof text));
        tell(who, "behind it", fstatat(at, LINKS[i], &st, 0) ? -1 : 1);
    }
    for (int i = 0; i < 4; i++) {
        int fd = openat(at, FOLDERS[i], O_RDONLY | O_DIRECTORY);
        DIR *folder = fd < 0 ? 0 : fdopendir(fd);
        int names = 0;
        for (struct dirent *each; folder && (each = readdir(folder));) names += *each->d_name != '.';
        tell(who, FOLDERS[i], folder ? names : -1);
        if (folder) closedir(folder);
    }
    close(at);
}

static int opened[COUNT], folder;

static void openAll(int pid) {
    char path[64];
    sprintf(path, "/proc/%d", pid);
    folder = open(path, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < COUNT; i++) opened[i] = openat(folder, FILES[i], O_RDONLY);
}

static void readAll(const char *who) {
    for (int i = 0; i < COUNT; i++) tell(who, FILES[i], pread(opened[i], text, sizeof text, 0));
    lseek(folder, 0, SEEK_SET);
    tell(who, "folder", syscall(SYS_getdents64, folder, text, sizeof text));
    tell(who, "stat again", content(folder, "stat"));
    tell(who, "exe again", readlinkat(folder, "exe", text, sizeof text));
    struct stat st;
    tell(who, "status of an open file", fstat(opened[0], &st) ? -1 : 1);
}

static void closeAll(void) {
    for (int i = 0; i < COUNT; i++) close(opened[i]);
    close(folder);
}

static void await(int fd) {
    char byte;
    read(fd, &byte, 1);
}

static void go(int fd) {
    write(fd, "", 1);
}

static void zombie(void) {
    int child = fork();
    if (!child) {
        await(start[0]);
        _exit(3);
    }
    openAll(child);
    go(start[1]);
    siginfo_t end;
    waitid(P_PID, child, &end, WEXITED | WNOWAIT);
    char path[64];
    sprintf(path, "/proc/%d", child);
    look("zombie", path);
    sprintf(path, "/proc/%d/task/%d", child, child);
    look("its task", path);
    readAll("opened before");
    waitpid(child, 0, 0);
    readAll("waited for");
    look("gone", path);
    closeAll();
}

static volatile int thread;

static void *survivor(void *leader) {
    char path[64];
    int state;
    do {
        sprintf(path, "/proc/%d/stat", getpid());
        int fd = open(path, O_RDONLY);
        read(fd, text, sizeof text);
        close(fd);
        state = strrchr(text, ')')[2];
    } while (state != 'Z');
    thread = gettid();
    go(ready[1]);
    await(start[0]);
    _exit(0);
}

static void leaderWithoutThreads(void) {
    int child = fork();
    if (!child) {
        pthread_t other;
        pthread_create(&other, 0, survivor, 0);
        pthread_exit(0);
    }
    await(ready[0]);
    char path[300];
    sprintf(path, "/proc/%d", child);
    look("leader", path);
    sprintf(path, "/proc/%d/task", child);
    DIR *tasks = opendir(path);
    for (struct dirent *each; (each = readdir(tasks));) {
        if (atoi(each->d_name) > 0 && atoi(each->d_name) != child) {
            sprintf(path, "/proc/%d/task/%s", child, each->d_name);
            look("its thread", path);
        }
    }
    closedir(tasks);
    go(start[1]);
    waitpid(child, 0, 0);
}

static void *ends(void *number) {
    *(int *) number = gettid();
    return 0;
}

static void ownThread(void) {
    pthread_t other;
    int number;
    pthread_create(&other, 0, ends, &number);
    pthread_join(other, 0);
    char path[64];
    sprintf(path, "/proc/self/task/%d", number);
    struct stat st;
    // It has cleared its number before it is quite gone.
    while (!stat(path, &st)) usleep(1000);
    tell("own thread", "folder", -1);
}

static void replaced(void) {
    int gone[2];
    pipe2(gone, O_CLOEXEC);
    int child = fork();
    if (!child) {
        await(start[0]);
        execl("/proc/self/exe", "ended", "sleep", (char *) 0);
        _exit(1);
    }
    openAll(child);
    close(gone[1]);
    go(start[1]);
    await(gone[0]); // the end of what execve closes
    readAll("replaced");
    closeAll();
    kill(child, SIGKILL);
    waitpid(child, 0, 0);
}

static void lent(void) {
    int child = vfork();
    if (!child) {
        char path[64];
        sprintf(path, "/proc/%d", getppid());
        look("lender", path);
        _exit(0);
    }
    waitpid(child, 0, 0);
}

int main(int count, char **words) {
    if (count > 1 && !strcmp(words[1], "sleep")) {
        for (;;) pause();
    }
    setvbuf(stdout, 0, _IOLBF, 0);
    pipe(start);
    pipe(ready);
    zombie();
    leaderWithoutThreads();
    ownThread();
    replaced();
    lent();
    return 0;
}
