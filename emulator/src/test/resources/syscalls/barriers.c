// membarrier(2): private commands before and after they are announced, in threads, children and other programs; global ones need no announcement.
// Left out: CMD_GLOBAL (refused where the kernel runs with nohz_full) and commands for restartable sequences (not with every configuration).
#include "show.h"
#include <linux/membarrier.h>
#include <pthread.h>
#include <sys/wait.h>

#define ALWAYS (MEMBARRIER_CMD_GLOBAL_EXPEDITED | MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED | MEMBARRIER_CMD_PRIVATE_EXPEDITED \
        | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED | MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE)

static long barrier(int command, unsigned flags, int cpu) {
    return syscall(SYS_membarrier, command, flags, cpu);
}

static void both(const char *who) {
    printf("%s\n", who);
    SHOW(barrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0));
    SHOW(barrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0));
}

static void *thread(void *who) {
    both(who);
    return 0;
}

static void *announces(void *unused) {
    SHOW(barrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0));
    return 0;
}

static void in_child(const char *program) {
    fflush(stdout);
    int child = fork();
    if (!child) {
        both("child");
        fflush(stdout);
        if (program) execl(program, "barriers", "again", (char *)0);
        _exit(0);
    }
    waitpid(child, 0, 0);
}

static void wrong(void) {
    SHOW(barrier(-1, 0, 0));
    SHOW(barrier(3, 0, 0));
    SHOW(barrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0));
    SHOW(barrier(1 << 30, 0, 0));
    SHOW(barrier(MEMBARRIER_CMD_QUERY, 1, 0));
    SHOW(barrier(MEMBARRIER_CMD_QUERY, 2, 0));
    SHOW(barrier(MEMBARRIER_CMD_GLOBAL_EXPEDITED, 1, 0));
    SHOW(barrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 4, 0));
    SHOW(barrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED, 1u << 31, 0)); /* wrong before it is not announced */
}

int main(int count, char **words) {
    if (count > 1 && !strcmp(words[1], "again")) {
        both("another program");
        return 0;
    }
    pthread_t other;
    SHOW((barrier(MEMBARRIER_CMD_QUERY, 0, 0) & ALWAYS) == ALWAYS);
    wrong();
    both("before");
    SHOW(barrier(MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0));
    SHOW(barrier(MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, 0, 0));
    both("announced globally");
    SHOW(barrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0));
    both("one announced");
    SHOW(barrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 99)); /* the number of a processor counts only with its flag */
    in_child(0);
    pthread_create(&other, 0, announces, 0);
    pthread_join(other, 0);
    both("the other announced by a thread");
    pthread_create(&other, 0, thread, "thread");
    pthread_join(other, 0);
    SHOW(barrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0));
    in_child("/proc/self/exe");
    both("after");
    return 0;
}
