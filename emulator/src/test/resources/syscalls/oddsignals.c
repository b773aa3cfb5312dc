// Sending signals: to whom, by whom, in which order it is found out that it cannot be; and what a program may claim.
#include "show.h"
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static volatile int task, got, flags, code, own;

static void handler(int signal, siginfo_t *information, void *context) {
    got = information->si_value.sival_int;
    code = information->si_code;
    own = information->si_pid == getpid();
}

static void once(int signal, siginfo_t *information, void *context) {
    struct sigaction action;
    sigaction(SIGUSR2, NULL, &action);
    flags = action.sa_flags & SA_SIGINFO ? 1 : 0;
    printf("handler %d mask %d\n", action.sa_handler == SIG_DFL, sigismember(&action.sa_mask, SIGTERM));
}

static void *thread(void *nothing) {
    task = gettid();
    while (!got) usleep(1000);
    return NULL;
}

static void queues(void) {
    pthread_t t;
    siginfo_t i = {0};
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&t, NULL, thread, NULL);
    while (!task) usleep(1000);
    i.si_signo = SIGUSR1;
    i.si_code = SI_QUEUE;
    i.si_value.sival_int = 777;
    SHOW(syscall(SYS_rt_sigqueueinfo, task, SIGUSR1, &i));
    pthread_join(t, NULL);
    printf("%d\n", got);
    SHOW(syscall(SYS_rt_sigqueueinfo, getpid(), 99, &i));
    SHOW(syscall(SYS_rt_sigqueueinfo, getpid(), 0, &i));
    SHOW(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, (void *)8));
    SHOW(syscall(SYS_rt_sigqueueinfo, 2000000000, 99, &i));
    SHOW(syscall(SYS_rt_sigqueueinfo, 0, SIGUSR1, &i));
    SHOW(syscall(SYS_rt_sigqueueinfo, -1, SIGUSR1, &i));
    i.si_code = 0;
    SHOW(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, &i));
    int child = fork();
    if (!child) pause();
    SHOW(syscall(SYS_rt_sigqueueinfo, child, SIGUSR2, &i));
    i.si_code = SI_TKILL;
    SHOW(syscall(SYS_rt_sigqueueinfo, child, SIGUSR2, &i));
    SHOW(syscall(SYS_rt_tgsigqueueinfo, child, child, SIGUSR2, &i));
    SHOW(syscall(SYS_rt_tgsigqueueinfo, 0, child, SIGUSR2, &i));
    SHOW(syscall(SYS_rt_tgsigqueueinfo, child, getpid(), 0, (i.si_code = SI_QUEUE, &i)));
    char path[40];
    sprintf(path, "/proc/%d", child);
    int folder = open(path, O_RDONLY | O_DIRECTORY), root = open("/", O_RDONLY);
    SHOW(syscall(SYS_pidfd_send_signal, folder, 0, NULL, 1 << 10));
    SHOW(syscall(SYS_pidfd_send_signal, root, 0, NULL, 0));
    SHOW(syscall(SYS_pidfd_send_signal, folder, 99, NULL, 0));
    SHOW(syscall(SYS_pidfd_send_signal, folder, SIGUSR2, &i, 0)); // another number inside
    SHOW(syscall(SYS_pidfd_send_signal, folder, SIGKILL, NULL, 0));
    int status;
    waitpid(child, &status, 0);
    printf("killed by %d\n", WTERMSIG(status));
    SHOW(syscall(SYS_pidfd_send_signal, folder, 0, NULL, 0));
}

static void kills(void) {
    SHOW(kill(getpid(), 0));
    SHOW(kill(getpid(), 65));
    SHOW(kill(getpid(), -1));
    SHOW(kill(2000000000, 99));
    SHOW(kill(2000000000, 0));
    SHOW(kill(INT_MIN, 0));
    SHOW(kill(-2000000000, 0));
    SHOW(syscall(SYS_tkill, 0, 0));
    SHOW(syscall(SYS_tkill, -1, 0));
    SHOW(syscall(SYS_tkill, 2000000000, 99));
    SHOW(syscall(SYS_tgkill, getpid(), 0, 0));
    SHOW(syscall(SYS_tgkill, -1, getpid(), 0));
    SHOW(syscall(SYS_tgkill, getpid(), 2000000000, 99));
    SHOW(syscall(SYS_tgkill, getpid(), getpid(), 99));
    int child = fork();
    if (!child) _exit(0);
    waitid(P_PID, child, NULL, WEXITED | WNOWAIT);
    SHOW(kill(child, SIGTERM)); // nobody has waited for it
    waitpid(child, NULL, 0);
    SHOW(kill(child, 0));
}

static void as_another(void) {
    cpu_set_t mask;
    int other = fork();
    if (!other) pause();
    int user = fork();
    if (!user) {
        setresuid(54324, 54324, 54324);
        SHOW(kill(other, 0));
        SHOW(kill(other, SIGCONT));
        SHOW(kill(other, 99));
        SHOW(kill(1, 0));
        SHOW(kill(1, SIGTERM));
        SHOW(syscall(SYS_tgkill, other, other, SIGTERM));
        sched_getaffinity(0, sizeof mask, &mask);
        SHOW(sched_setaffinity(other, sizeof mask, &mask));
        SHOW(prctl(PR_GET_DUMPABLE));
        fflush(stdout);
        _exit(0);
    }
    waitpid(user, NULL, 0);
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
}

int main(void) {
    int ends[2];
    struct sigaction action = {.sa_sigaction = once, .sa_flags = SA_SIGINFO | SA_RESETHAND};
    queues();
    kills();
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGUSR2, &action, NULL);
    raise(SIGUSR2);
    printf("SA_SIGINFO stays: %d\n", flags);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGPIPE, &action, NULL);
    pipe(ends);
    close(ends[0]);
    SHOW(write(ends[1], "x", 1));
    printf("SIGPIPE code %d own %d\n", code, own);
    fflush(stdout);
    if (!getuid()) as_another();
    SHOW(sched_get_priority_max(6));
    SHOW(sched_get_priority_min(6));
    SHOW(sched_get_priority_max(99));
    SHOW(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    SHOW(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 1));
    SHOW(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
    SHOW(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    SHOW(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    SHOW(prctl(PR_SET_DUMPABLE, 0));
    SHOW(prctl(PR_GET_DUMPABLE));
    SHOW(prctl(PR_SET_DUMPABLE, 2));
    SHOW(prctl(PR_SET_DUMPABLE, 1));
    SHOW(prctl(PR_CAPBSET_READ, 99));
    SHOW(prctl(PR_SET_CHILD_SUBREAPER, 1));
    int reaper = 0;
    SHOW(prctl(PR_GET_CHILD_SUBREAPER, &reaper));
    printf("%d\n", reaper);
    pipe(ends);
    fflush(stdout);
    if (!fork()) {
        if (!fork()) {
            char end;
            read(ends[0], &end, 1); // until the one between is gone
            printf("adopted: %d\n", getppid() != 1);
            fflush(stdout);
            _exit(3);
        }
        _exit(0);
    }
    wait(NULL);
    write(ends[1], "x", 1);
    int status;
    SHOW(wait(&status) > 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}
