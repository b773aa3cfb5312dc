// System V semaphores: all or nothing, who waits and in which order they go on, and what is undone at the end.
#define _GNU_SOURCE
#include "show.h"
#include <pthread.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

static int op(int id, int number, int change, int flags) {
    struct sembuf one = {number, change, flags};
    return semop(id, &one, 1);
}

static void values(const char *what, int id, int count) {
    unsigned short v[10];
    semctl(id, 0, GETALL, v);
    printf("%s:", what);
    for (int i = 0; i < count; i++) {
        printf(" %d", v[i]);
    }
    printf("\n");
}

/** Until so many wait. */
static void until(int id, int number, int command, int count) {
    for (int i = 0; i < 1000 && semctl(id, number, command) != count; i++) {
        usleep(5000);
    }
    printf("waiting: %d\n", semctl(id, number, command));
    fflush(stdout);
}

static void getting(key_t key) {
    int id = semget(key, 3, IPC_CREAT | 0640);
    SHOW(semget(key, 3, IPC_CREAT | IPC_EXCL));
    SHOW(semget(key, 2, 0) == id);
    SHOW(semget(key, 0, 0) == id);
    SHOW(semget(key, 4, 0));
    SHOW(semget(key, -1, 0));
    SHOW(semget(key, 32001, 0));
    SHOW(semget(key + 1, 1, 0));
    SHOW(semget(IPC_PRIVATE, 0, 0600));
    SHOW(semctl(id, 0, GETVAL));
    SHOW(semctl(id, 3, GETVAL));
    SHOW(semctl(id, -1, GETVAL));
    SHOW(semctl(id, 1, SETVAL, 5));
    SHOW(semctl(id, 1, SETVAL, 32768));
    SHOW(semctl(id, 1, SETVAL, -1));
    SHOW(semctl(id, 3, SETVAL, 1));
    SHOW(semctl(id, 1, GETPID) == getpid());
    SHOW(semctl(id, 0, GETPID));
    unsigned short v[3] = {1, 2, 3}, w[3] = {1, 2, 40000};
    SHOW(semctl(id, 0, SETALL, v));
    SHOW(semctl(id, 0, SETALL, w));
    SHOW(semctl(id, 0, SETALL, 8));
    SHOW(semctl(id, 0, GETALL, 8));
    values("values", id, 3);
    struct semid_ds d;
    SHOW(semctl(id, 0, IPC_STAT, &d));
    printf("%lu semaphores, mode %o, otime %d ctime %d\n", d.sem_nsems, d.sem_perm.mode, d.sem_otime != 0, d.sem_ctime != 0);
    d.sem_perm.mode = 0777600;
    SHOW(semctl(id, 0, IPC_SET, &d));
    SHOW(semctl(id & 32767, 0, SEM_STAT, &d) == id);
    printf("mode %o\n", d.sem_perm.mode);
    SHOW(semctl(id, 0, IPC_STAT, 8));
    SHOW(semctl(id, 0, 99));
    SHOW(semctl(-1, 0, IPC_STAT, &d));
    SHOW(semctl(id + 32768, 0, IPC_STAT, &d));
    struct seminfo info;
    SHOW(semctl(0, 0, IPC_INFO, &info) >= 0);
    SHOW(info.semvmx);
    SHOW(semctl(id, 0, IPC_RMID));
    SHOW(semctl(id, 0, IPC_RMID));
    SHOW(op(id, 0, 1, 0));
    SHOW(semget(key, 0, 0));
}

static void operating(void) {
    int id = semget(IPC_PRIVATE, 3, 0600);
    SHOW(op(id, 0, 3, 0));
    SHOW(op(id, 0, -4, IPC_NOWAIT));
    SHOW(op(id, 0, 0, IPC_NOWAIT));
    SHOW(op(id, 1, 0, 0));
    SHOW(op(id, 3, 1, 0));
    SHOW(op(id, 0, 32767, 0));
    struct sembuf both[2] = {{0, -1, 0}, {1, -1, IPC_NOWAIT}};
    SHOW(semop(id, both, 2));
    values("nothing", id, 3);
    struct sembuf chain[3] = {{1, 2, 0}, {1, -1, 0}, {0, -3, 0}};
    SHOW(semop(id, chain, 3));
    values("all", id, 3);
    struct sembuf turn[2] = {{0, 0, 0}, {0, 1, 0}};
    SHOW(semop(id, turn, 2));
    SHOW(semctl(id, 0, GETVAL));
    SHOW(semop(id, turn, 0));
    SHOW(semop(id, turn, 501));
    SHOW(semop(id, (void *)8, 1));
    SHOW(semop(-1, turn, 1));
    struct timespec t = {0, 20000000};
    struct sembuf down = {2, -1, 0};
    SHOW(semtimedop(id, &down, 1, &t));
    t.tv_nsec = 0;
    SHOW(semtimedop(id, &down, 1, &t));
    t.tv_nsec = 1000000000;
    SHOW(semtimedop(id, &down, 1, &t));
    SHOW(syscall(SYS_semtimedop, id, &down, 1, 8));
    SHOW(op(id, 0, 20000, SEM_UNDO));
    SHOW(semctl(id, 0, SETVAL, 0));
    SHOW(op(id, 0, 20000, SEM_UNDO));
    SHOW(op(id, 0, -20000, 0));
    SHOW(op(id, 0, 20000, SEM_UNDO)); // more than could be undone
    SHOW(semctl(id, 0, GETVAL));
    SHOW(semctl(id, 0, IPC_RMID));
}

static void nothing(int signal) {}

static pid_t waiter(int id, int number, int change, const char *name, int report) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int r = op(id, number, change, 0);
        char line[60];
        int n = sprintf(line, "%s %d %s\n", name, r, r < 0 ? strerrorname_np(errno) : "");
        write(report, line, n);
        _exit(0);
    }
    return child;
}

static void report(int fd, int lines) {
    char c;
    while (lines > 0 && read(fd, &c, 1) == 1) {
        putchar(c);
        lines -= c == '\n';
    }
}

static void waiting(void) {
    int id = semget(IPC_PRIVATE, 2, 0600), p[2];
    pipe(p);
    waiter(id, 0, -1, "first", p[1]);
    until(id, 0, GETNCNT, 1);
    waiter(id, 0, -1, "second", p[1]);
    until(id, 0, GETNCNT, 2);
    waiter(id, 0, -3, "third", p[1]);
    until(id, 0, GETNCNT, 3);
    SHOW(op(id, 0, 1, 0));
    report(p[0], 1);
    SHOW(semctl(id, 0, GETVAL));
    SHOW(semctl(id, 0, SETVAL, 3)); // the second takes one, too little is left for the third
    report(p[0], 1);
    SHOW(semctl(id, 0, GETVAL));
    waiter(id, 0, 0, "zero", p[1]);
    until(id, 0, GETZCNT, 1);
    SHOW(semctl(id, 0, GETNCNT));
    SHOW(op(id, 0, -2, 0));
    report(p[0], 1);
    SHOW(op(id, 0, 5, 0));
    report(p[0], 1);
    SHOW(semctl(id, 0, GETVAL));
    int gone = waiter(id, 1, -1, "gone", p[1]);
    until(id, 1, GETNCNT, 1);
    kill(gone, SIGKILL);
    waitpid(gone, NULL, 0);
    SHOW(semctl(id, 1, GETNCNT));
    struct sigaction act = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &act, NULL);
    struct itimerval soon = {.it_value = {.tv_usec = 30000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(op(id, 1, -1, 0)); // not made again
    waiter(id, 1, -1, "removed", p[1]);
    until(id, 1, GETNCNT, 1);
    SHOW(semctl(id, 0, IPC_RMID));
    report(p[0], 1);
    while (wait(NULL) > 0) {
    }
    close(p[0]), close(p[1]);
}

static void *thread(void *id) {
    op(*(int *)id, 0, -1, SEM_UNDO);
    return NULL;
}

static void undoing(void) {
    int id = semget(IPC_PRIVATE, 2, 0600), p[2];
    pipe(p);
    semctl(id, 0, SETVAL, 5);
    fflush(stdout);
    if (fork() == 0) {
        op(id, 0, -2, SEM_UNDO);
        op(id, 1, 4, SEM_UNDO);
        op(id, 1, -3, 0);
        values("child", id, 2);
        fflush(stdout);
        if (fork() == 0) {
            _exit(0); // has nothing to undo
        }
        wait(NULL);
        values("grandchild gone", id, 2);
        pthread_t t;
        pthread_create(&t, NULL, thread, &id);
        pthread_join(t, NULL);
        values("thread gone", id, 2);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    values("undone, not below zero", id, 2);
    fflush(stdout);
    if (fork() == 0) {
        op(id, 0, -2, SEM_UNDO);
        semctl(id, 0, SETVAL, 7);
        _exit(0);
    }
    wait(NULL);
    values("forgotten", id, 2);
    semctl(id, 0, SETVAL, 1);
    pid_t holder = fork();
    if (holder == 0) {
        op(id, 0, -1, SEM_UNDO);
        op(id, 1, -1, 0); // never
        _exit(0);
    }
    until(id, 1, GETNCNT, 1);
    waiter(id, 0, -1, "after the holder's death", p[1]);
    until(id, 0, GETNCNT, 1);
    kill(holder, SIGKILL);
    report(p[0], 1);
    while (wait(NULL) > 0) {
    }
    semctl(id, 0, SETVAL, 1);
    fflush(stdout);
    if (fork() == 0) {
        op(id, 0, -1, SEM_UNDO);
        execl("/bin/true", "true", NULL); // is kept over that
    }
    wait(NULL);
    values("another program", id, 2);
    FILE *f = fopen("/proc/sysvipc/sem", "r");
    char line[200];
    fgets(line, sizeof line, f);
    printf("%s", line);
    while (fgets(line, sizeof line, f)) {
        int key, number, mode, count;
        sscanf(line, "%d %d %o %d", &key, &number, &mode, &count);
        if (number == id) {
            printf("%d %o %d\n", key, mode, count);
        }
    }
    fclose(f);
    SHOW(semctl(id, 0, IPC_RMID));
    close(p[0]), close(p[1]);
}

int main(void) {
    getting(getpid() * 16 + 6);
    operating();
    waiting();
    undoing();
    return 0;
}
