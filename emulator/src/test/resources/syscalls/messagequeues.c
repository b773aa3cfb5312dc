// System V message queues: which message comes, who gets it, and when there is no room.
#define _GNU_SOURCE
#include "show.h"
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/time.h>
#include <sys/wait.h>

static struct {
    long type;
    char text[20000];
} m;

static int put(int id, long type, const char *text, int flags) {
    m.type = type;
    strcpy(m.text, text);
    return msgsnd(id, &m, strlen(text), flags);
}

static void take(int id, int room, long type, int flags) {
    memset(&m, 0, sizeof m);
    errno = 0;
    long n = msgrcv(id, &m, room, type, flags);
    printf("type %ld flags %o: %ld %s %ld \"%s\"\n", type, flags, n, n < 0 ? strerrorname_np(errno) : "", m.type, m.text);
}

static void status(const char *what, int id) {
    struct msqid_ds d;
    if (msgctl(id, IPC_STAT, &d)) {
        printf("%s: %s\n", what, strerrorname_np(errno));
        return;
    }
    printf("%s: %lu bytes in %lu of %lu, mode %o, sender %d receiver %d, times %d %d %d\n", what, d.__msg_cbytes, d.msg_qnum, d.msg_qbytes,
           d.msg_perm.mode, d.msg_lspid == getpid(), d.msg_lrpid == getpid(), d.msg_stime != 0, d.msg_rtime != 0, d.msg_ctime != 0);
}

static void plain(key_t key) {
    int id = msgget(key, IPC_CREAT | IPC_EXCL | 0640);
    SHOW(msgget(key, IPC_CREAT | IPC_EXCL));
    SHOW(msgget(key, 0) == id);
    SHOW(msgget(key + 1, 0));
    status("fresh", id);
    SHOW(put(id, 3, "three", 0));
    SHOW(put(id, 1, "one", 0));
    SHOW(put(id, 2, "two", 0));
    SHOW(put(id, 1, "another one", 0));
    SHOW(put(id, 0, "zero", 0));
    SHOW(put(id, -1, "minus", 0));
    SHOW(msgsnd(id, &m, 8193, 0));
    SHOW(msgsnd(id, &m, -1, 0));
    SHOW(msgsnd(id, (void *)8, 1, 0));
    SHOW(msgsnd(-1, &m, 1, 0));
    status("four", id);
    take(id, 100, 2, MSG_COPY | IPC_NOWAIT);
    take(id, 100, 9, MSG_COPY | IPC_NOWAIT);
    take(id, 100, 0, MSG_COPY);
    take(id, 100, 0, MSG_COPY | IPC_NOWAIT | MSG_EXCEPT);
    take(id, 2, 0, 0);
    take(id, 2, 0, MSG_NOERROR);
    take(id, 100, 9, IPC_NOWAIT);
    take(id, 100, -2, 0);
    take(id, 100, 1, MSG_EXCEPT);
    take(id, 100, -9, 0);
    take(id, 100, 0, IPC_NOWAIT);
    take(id, 100, -9, IPC_NOWAIT);
    status("empty", id);
    put(id, 5, "", 0);
    take(id, 0, 5, 0);
    put(id, 5, "lost", 0);
    SHOW(msgrcv(id, (void *)8, 100, 0, 0));
    take(id, 100, 0, IPC_NOWAIT);
    SHOW(msgrcv(id, &m, -1, 0, IPC_NOWAIT));
    SHOW(msgrcv(-1, &m, 1, 0, IPC_NOWAIT));
    struct msqid_ds d;
    msgctl(id, IPC_STAT, &d);
    d.msg_qbytes = 20;
    d.msg_perm.mode = 0600;
    SHOW(msgctl(id, IPC_SET, &d));
    SHOW(put(id, 1, "0123456789", IPC_NOWAIT));
    SHOW(put(id, 1, "01234567890", IPC_NOWAIT));
    SHOW(put(id, 1, "0123456789", IPC_NOWAIT));
    SHOW(put(id, 1, "", IPC_NOWAIT));
    SHOW(put(id, 1, "x", IPC_NOWAIT));
    status("full", id);
    SHOW(msgctl(id, IPC_SET, (void *)8));
    SHOW(msgctl(id, IPC_STAT, (void *)8));
    SHOW(msgctl(id, 99, &d));
    SHOW(msgctl(-1, IPC_STAT, &d));
    SHOW(msgctl(id & 32767, MSG_STAT, &d) == id);
    FILE *f = fopen("/proc/sysvipc/msg", "r");
    char line[200];
    fgets(line, sizeof line, f);
    printf("%s", line);
    while (fgets(line, sizeof line, f)) {
        int k, number, mode, bytes, count;
        sscanf(line, "%d %d %o %d %d", &k, &number, &mode, &bytes, &count);
        if (number == id) {
            printf("%d %o %d %d\n", k == key, mode, bytes, count);
        }
    }
    fclose(f);
    SHOW(msgctl(id, IPC_RMID, NULL));
    SHOW(msgctl(id, IPC_RMID, NULL));
    SHOW(put(id, 1, "x", 0));
    take(id, 1, 0, 0);
}

/** What so many children say, by name: who of those that one call has woken writes first is the scheduler's affair. */
static void report(int fd, int lines) {
    char said[2][200] = {{0}};
    for (int i = 0; i < lines; i++) {
        for (char *end = said[i]; read(fd, end, 1) == 1 && *end != '\n'; end++) {
        }
    }
    if (lines == 2 && strcmp(said[0], said[1]) > 0) {
        printf("%s", said[1]);
        lines = 1;
    }
    for (int i = 0; i < lines; i++) {
        printf("%s", said[i]);
    }
}

/** Until a child sleeps in its call. */
static void asleep(pid_t child) {
    char path[40], line[300], *state;
    sprintf(path, "/proc/%d/stat", child);
    for (int i = 0; i < 2000; i++) {
        FILE *f = fopen(path, "r");
        if (!f) {
            return;
        }
        fgets(line, sizeof line, f);
        fclose(f);
        state = strrchr(line, ')') + 2;
        if (*state == 'S' || *state == 'Z') {
            return;
        }
        usleep(5000);
    }
}

static pid_t receiver(int id, int room, long type, const char *name, int fd) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        char line[100];
        memset(&m, 0, sizeof m);
        int n = msgrcv(id, &m, room, type, 0);
        n = sprintf(line, "%s %d %s %ld \"%s\"\n", name, n, n < 0 ? strerrorname_np(errno) : "", m.type, m.text);
        write(fd, line, n);
        _exit(0);
    }
    asleep(child);
    return child;
}

static void nothing(int signal) {}

static void waiting(void) {
    int id = msgget(IPC_PRIVATE, 0600), p[2];
    pipe(p);
    receiver(id, 100, 2, "first", p[1]);
    receiver(id, 3, 0, "second", p[1]);
    receiver(id, 100, 0, "third", p[1]);
    SHOW(put(id, 7, "too long for the second", 0));
    report(p[0], 2);
    SHOW(put(id, 2, "for the first", 0));
    report(p[0], 1);
    status("handed over", id);
    receiver(id, 100, 0, "removed", p[1]);
    SHOW(msgctl(id, IPC_RMID, NULL));
    report(p[0], 1);
    id = msgget(IPC_PRIVATE, 0600);
    struct msqid_ds d;
    msgctl(id, IPC_STAT, &d);
    d.msg_qbytes = 10;
    msgctl(id, IPC_SET, &d);
    put(id, 1, "12345678", 0);
    fflush(stdout);
    pid_t large = fork();
    if (large == 0) {
        int r = put(id, 1, "waits for room", 0); // more than there ever is
        write(p[1], r < 0 && errno == EIDRM ? "EIDRM\n" : "?\n", r < 0 && errno == EIDRM ? 6 : 2);
        _exit(0);
    }
    pid_t small = fork();
    if (small == 0) {
        int r = put(id, 2, "abcdef", 0);
        write(p[1], r == 0 ? "sent\n" : "?\n", r == 0 ? 5 : 2);
        _exit(0);
    }
    asleep(large), asleep(small);
    take(id, 100, 0, 0);
    report(p[0], 1);
    take(id, 100, 0, 0);
    struct sigaction act = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &act, NULL);
    struct itimerval soon = {.it_value = {.tv_usec = 30000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    take(id, 100, 0, 0);
    put(id, 1, "12345678", 0);
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(put(id, 1, "12345678", 0));
    SHOW(msgctl(id, IPC_RMID, NULL));
    report(p[0], 1);
    while (wait(NULL) > 0) {
    }
    close(p[0]), close(p[1]);
}

int main(void) {
    plain(getpid() * 16 + 7);
    waiting();
    return 0;
}
