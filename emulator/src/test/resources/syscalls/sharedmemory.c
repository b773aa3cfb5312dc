// System V shared memory: who has it attached where, when it goes, and what is refused.
#define _GNU_SOURCE
#include "show.h"
#include <signal.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>

static long attached(int id) {
    struct shmid_ds d;
    return shmctl(id, IPC_STAT, &d) ? -1 : (long)d.shm_nattch;
}

static void status(const char *what, int id) {
    struct shmid_ds d;
    if (shmctl(id, IPC_STAT, &d)) {
        printf("%s: %s\n", what, strerrorname_np(errno));
        return;
    }
    printf("%s: size %zu attached %lu mode %o creator %d last %d atime %d dtime %d ctime %d key %d\n", what, d.shm_segsz, d.shm_nattch,
           d.shm_perm.mode, d.shm_cpid == getpid(), d.shm_lpid == getpid() ? 1 : d.shm_lpid ? 2 : 0, d.shm_atime != 0, d.shm_dtime != 0,
           d.shm_ctime != 0, d.shm_perm.__key != 0);
}

/** The line of /proc/PID/maps: protection, offset and name. */
static void mapped(void *at) {
    char line[300], start[40];
    FILE *f = fopen("/proc/self/maps", "r");
    sprintf(start, "%lx-", (long)at);
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, start, strlen(start)) == 0) {
            char rights[9], name[200] = "";
            long offset;
            sscanf(line, "%*s %8s %lx %*s %*s %199[^\n]", rights, &offset, name);
            name[5] = 0; // without the key
            printf("mapped %s %lx %s\n", rights, offset, name);
        }
    }
    fclose(f);
}

static void getting(key_t key) {
    int id = shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0640);
    printf("made: %d\n", id >= 0);
    SHOW(shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0600));
    SHOW(shmget(key, 5000, 0) == id);
    SHOW(shmget(key, 0, 0) == id);
    SHOW(shmget(key, 5001, 0));
    SHOW(shmget(key, 5001, IPC_CREAT));
    SHOW(shmget(key + 1, 5000, 0));
    SHOW(shmget(IPC_PRIVATE, 0, 0600));
    SHOW(shmget(IPC_PRIVATE, -1, 0600));
    status("fresh", id);
    struct shmid_ds d;
    shmctl(id, IPC_STAT, &d);
    SHOW(d.shm_perm.__key == key);
    SHOW(d.shm_perm.uid == geteuid() && d.shm_perm.gid == getegid() && d.shm_perm.cuid == geteuid() && d.shm_perm.cgid == getegid());
    d.shm_perm.mode = 07604;
    SHOW(shmctl(id, IPC_SET, &d));
    status("set", id);
    d.shm_perm.uid = -1;
    SHOW(shmctl(id, IPC_SET, &d));
    SHOW(shmctl(id, IPC_SET, (void *)8));
    SHOW(shmctl(id, IPC_STAT, (void *)8));
    SHOW(shmctl(id, 99, &d));
    SHOW(shmctl(-1, IPC_STAT, &d));
    SHOW(shmctl(id, -1, &d));
    SHOW(shmctl(id + 32768, IPC_STAT, &d));
    SHOW(shmctl(id, SHM_LOCK, NULL));
    status("locked", id);
    SHOW(shmctl(id, SHM_UNLOCK, NULL));
    status("unlocked", id);
    SHOW(shmctl(id & 32767, SHM_STAT, &d) == id);
    SHOW(shmctl(id & 32767, 15, &d) == id);
    struct shminfo info;
    SHOW(shmctl(0, IPC_INFO, (void *)&info) >= 0);
    SHOW(info.shmmin);
    SHOW(shmctl(0, SHM_INFO, (void *)8));
    SHOW(shmctl(id, IPC_RMID, NULL));
    SHOW(shmctl(id, IPC_RMID, NULL));
    SHOW(shmget(key, 5000, 0));
    SHOW(shmat(id, NULL, 0));
}

static void attaching(void) {
    int id = shmget(IPC_PRIVATE, 3 * 4096 + 1, 0600);
    char *a = shmat(id, NULL, 0), *b = shmat(id, NULL, SHM_RDONLY);
    status("twice", id);
    mapped(a);
    mapped(b);
    strcpy(a, "seen in both");
    printf("%s\n", b);
    SHOW(mprotect(b, 4096, PROT_READ | PROT_WRITE));
    SHOW(a[3 * 4096 + 4095]);
    SHOW(shmat(id, a, 0));
    SHOW(shmat(id, a + 1, 0));
    SHOW(shmat(id, (void *)0x10000001, 0));
    SHOW(shmat(id, NULL, SHM_REMAP));
    SHOW(shmat(id, (void *)5, SHM_REMAP | SHM_RND));
    SHOW((char *)shmat(id, a + 5, SHM_RND | SHM_REMAP) == a);
    SHOW(attached(id));
    SHOW((long)shmat(id, (void *)0x10000005, SHM_RND | SHM_EXEC));
    mapped((void *)0x10000000);
    SHOW(shmat(-1, NULL, 0));
    SHOW(shmdt(a + 1));
    SHOW(shmdt(a + 4096));
    SHOW(shmdt((void *)0x10000000));
    SHOW(shmdt((void *)0x10000000));
    SHOW(shmdt(b));
    status("one left", id);
    SHOW(munmap(a + 4096, 4096));
    SHOW(attached(id));
    SHOW(mprotect(a + 2 * 4096, 4096, PROT_READ));
    SHOW(attached(id));
    SHOW(shmdt(a));
    SHOW(attached(id));
    SHOW(shmdt(NULL));
    SHOW(shmctl(id, IPC_RMID, NULL));
}

static void families(void) {
    int id = shmget(IPC_PRIVATE, 4096, 0600), ready[2], go[2];
    char c;
    pipe(ready), pipe(go);
    volatile char *a = shmat(id, NULL, 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        a[0] = 'c';
        write(ready[1], "r", 1);
        read(go[0], &c, 1);
        _exit(0);
    }
    read(ready[0], &c, 1);
    SHOW(attached(id));
    printf("%c\n", a[0]);
    SHOW(shmctl(id, IPC_RMID, NULL));
    status("removed", id);
    volatile char *again = shmat(id, NULL, 0);
    printf("still: %c\n", again[0]);
    SHOW(shmdt((void *)again));
    SHOW(shmdt((void *)a));
    SHOW(attached(id));
    write(go[1], "g", 1);
    waitpid(child, NULL, 0);
    SHOW(attached(id));
    // A program that is replaced has nothing attached.
    id = shmget(IPC_PRIVATE, 4096, 0600);
    a = shmat(id, NULL, 0);
    fflush(stdout);
    if ((child = fork()) == 0) {
        execl("/bin/sleep", "sleep", "10", NULL);
        _exit(1);
    }
    for (int i = 0; i < 500 && attached(id) != 1; i++) {
        usleep(10000);
    }
    SHOW(attached(id));
    status("after exec", id);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    fflush(stdout);
    if (fork() == 0) {
        shmctl(id, IPC_RMID, NULL);
        _exit(0);
    }
    wait(NULL);
    status("removed by a child", id);
    SHOW(munmap((void *)a, 4096));
    status("unmapped", id);
    close(ready[0]), close(ready[1]), close(go[0]), close(go[1]);
}

static void listed(void) {
    int id = shmget(IPC_PRIVATE, 10000, 0604);
    char line[400];
    FILE *f = fopen("/proc/sysvipc/shm", "r");
    fgets(line, sizeof line, f);
    printf("%s", line);
    while (fgets(line, sizeof line, f)) {
        int key, number, mode, creator, last, count, n;
        long size;
        sscanf(line, "%d %d %o %ld %d %d %d%n", &key, &number, &mode, &size, &creator, &last, &count, &n);
        if (number == id) {
            printf("%d %o %ld %d %d %d\n", key, mode, size, creator == getpid(), last, count);
        }
    }
    fclose(f);
    shmctl(id, IPC_RMID, NULL);
    // Ids are not given twice in a row.
    int one = shmget(IPC_PRIVATE, 1, 0600);
    shmctl(one, IPC_RMID, NULL);
    int two = shmget(IPC_PRIVATE, 1, 0600);
    SHOW(one == two);
    shmctl(two, IPC_RMID, NULL);
}

int main(void) {
    getting(getpid() * 16 + 5);
    attaching();
    families();
    listed();
    return 0;
}
