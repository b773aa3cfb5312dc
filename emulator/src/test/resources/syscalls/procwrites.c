// Files of /proc that a process writes about itself: what is read back is what was written, and children have it from their parent.
#include "show.h"
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static char text[200];

static long put(const char *path, const char *what) {
    int fd = open(path, O_WRONLY | O_TRUNC);
    if (fd < 0) return -1;
    long count = write(fd, what, strlen(what));
    int kept = errno;
    close(fd);
    errno = kept;
    return count;
}

static long get(const char *path) {
    memset(text, 0, sizeof text);
    int fd = open(path, O_RDONLY);
    long count = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    int kept = errno;
    close(fd);
    errno = kept;
    return count;
}

static void kept(const char *path, const char *what) {
    SHOW(put(path, what));
    SHOW(get(path));
    printf("%s: %s", path, text);
}

static void *renamed(void *nothing) {
    char path[60];
    snprintf(path, sizeof path, "/proc/self/task/%d/comm", gettid());
    SHOW(put(path, "worker"));
    SHOW(get(path));
    puts(text);
    SHOW(get("/proc/thread-self/comm"));
    puts(text);
    SHOW(get("/proc/self/comm"));
    puts(text);
    return NULL;
}

static void out_of_memory(void) {
    static const char *bad[] = {"1001", "-1001", "ten", "", " ", "5 5", "0x", "99999999999", "12345678901234567890", "--1"};
    for (int i = 0; i < 10; i++) SHOW(put("/proc/self/oom_score_adj", bad[i]));
    kept("/proc/self/oom_score_adj", "900\n");
    kept("/proc/self/oom_score_adj", " 0x3e7 ");
    kept("/proc/self/oom_score_adj", "+01747");
    SHOW(get("/proc/self/oom_adj"));
    printf("%s", text);
    kept("/proc/self/oom_score_adj", "1000");
    SHOW(get("/proc/self/oom_adj"));
    printf("%s", text);
    SHOW(put("/proc/self/oom_adj", "16"));
    SHOW(put("/proc/self/oom_adj", "-18"));
    SHOW(put("/proc/self/oom_adj", "x"));
    SHOW(put("/proc/self/oom_adj", "15"));
}

int main(void) {
    out_of_memory();
    kept("/proc/self/comm", "newname");
    kept("/proc/self/comm", "a name that is too long");
    prctl(PR_GET_NAME, text);
    puts(text);
    kept("/proc/self/comm", "");
    kept("/proc/self/comm", "parent");
    pthread_t thread;
    pthread_create(&thread, NULL, renamed, NULL);
    pthread_join(thread, NULL);
    kept("/proc/self/coredump_filter", "0x13");
    kept("/proc/self/coredump_filter", "4294967295\n");
    SHOW(put("/proc/self/coredump_filter", "-1"));
    SHOW(put("/proc/self/coredump_filter", " 1"));
    SHOW(put("/proc/self/coredump_filter", "4294967296"));
    kept("/proc/self/coredump_filter", "7");
    SHOW(put("/proc/self/clear_refs", "0"));
    SHOW(put("/proc/self/clear_refs", "1"));
    SHOW(put("/proc/self/clear_refs", "6"));
    SHOW(put("/proc/self/clear_refs", "x"));
    if (!access("/proc/self/timerslack_ns", F_OK)) {
        kept("/proc/self/timerslack_ns", "70000");
        SHOW(prctl(PR_GET_TIMERSLACK));
        SHOW(prctl(PR_SET_TIMERSLACK, 60000));
        kept("/proc/self/timerslack_ns", "0");
        SHOW(put("/proc/self/timerslack_ns", "-5"));
        kept("/proc/self/timerslack_ns", "80000");
    }
    fflush(stdout);
    if (!fork()) {
        SHOW(get("/proc/self/oom_score_adj"));
        printf("%s", text);
        SHOW(get("/proc/self/comm"));
        printf("%s", text);
        SHOW(get("/proc/self/coredump_filter"));
        printf("%s", text);
        SHOW(prctl(PR_GET_TIMERSLACK));
        SHOW(prctl(PR_SET_TIMERSLACK, 0));
        SHOW(prctl(PR_GET_TIMERSLACK));
        SHOW(put("/proc/self/comm", "child"));
        char parent[60];
        snprintf(parent, sizeof parent, "/proc/%d/comm", getppid());
        SHOW(put(parent, "stolen"));
        SHOW(get(parent));
        printf("%s", text);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    int fd = open("/proc/self/comm", O_RDWR);
    SHOW(read(fd, text, 100));
    SHOW(write(fd, "again", 5));
    SHOW(lseek(fd, 0, SEEK_SET));
    SHOW(read(fd, text, 100));
    printf("%.6s", text);
    SHOW(put("/proc/self/maps", "x") < 0);
    SHOW(put("/proc/self/setgroups", "maybe") < 0);
    return 0;
}
