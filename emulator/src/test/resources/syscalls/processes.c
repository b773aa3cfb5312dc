// Processes: beginning, end, what parents hear of it, and what they share. No numbers of processes and no addresses are printed.
#include "show.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>

static char *self;
static volatile int children, last_code, last_status, last_matches;
static volatile pid_t expected;

static void show_status(const char *what, int status) {
    printf("%s:", what);
    if (WIFEXITED(status)) printf(" exited %d", WEXITSTATUS(status));
    if (WIFSIGNALED(status)) printf(" killed %d%s", WTERMSIG(status), WCOREDUMP(status) ? " core" : "");
    if (WIFSTOPPED(status)) printf(" stopped %d", WSTOPSIG(status));
    if (WIFCONTINUED(status)) printf(" continued");
    printf(" (%x)\n", status);
}

/* Starts a child that does what follows. */
static pid_t start(void) {
    fflush(stdout);
    return fork();
}

static void finish(const char *what, pid_t child) {
    int status = -1;
    pid_t done = waitpid(child, &status, 0);
    if (done != child) printf("%s: wait failed: %s\n", what, strerrorname_np(errno));
    else show_status(what, status);
}

static void statuses(void) {
    pid_t child;
    for (int code = 0; code < 600; code += 100)
        if ((child = start()) == 0) _exit(code);
        else finish("exit", child);
    int signals[] = {SIGKILL, SIGTERM, SIGSEGV, SIGABRT, SIGUSR1, SIGALRM, SIGPIPE};
    for (int i = 0; i < 7; i++)
        if ((child = start()) == 0) {
            kill(getpid(), signals[i]);
            _exit(1);
        } else finish("signal", child);
    if ((child = start()) == 0) *(volatile int *)8 = 1;
    finish("fault", child);
    if ((child = start()) == 0) for (;;) pause();
    SHOW(waitpid(child, NULL, WNOHANG));
    SHOW(kill(child, SIGTERM));
    finish("killed by the parent", child);
    SHOW(waitpid(child, NULL, 0));
    SHOW(kill(child, 0));
    SHOW(waitpid(-1, NULL, WNOHANG));
    SHOW(waitpid(-1, NULL, 0x100));
    SHOW(wait4(getpid(), NULL, 0, NULL));
    if ((child = start()) == 0) {
        pid_t own = start();
        if (own == 0) _exit(7);
        finish("grandchild", own);
        fflush(stdout);
        _exit(8);
    }
    finish("child", child);
    pid_t several[3];
    for (int i = 0; i < 3; i++)
        if ((several[i] = start()) == 0) _exit(10 + i);
    for (int i = 2; i >= 0; i--) finish("in another order", several[i]);
}

static void show_info(const char *what, int result, siginfo_t *info, pid_t child) {
    printf("%s: %d signo %d code %d status %d right pid %d uid %d\n", what, result, info->si_signo, info->si_code, info->si_status,
           info->si_pid == child, info->si_signo ? info->si_uid == getuid() : -1);
}

static void looking(void) {
    siginfo_t info;
    pid_t child = start();
    if (child == 0) _exit(33);
    memset(&info, 0, sizeof info);
    show_info("WNOWAIT", waitid(P_PID, child, &info, WEXITED | WNOWAIT), &info, child);
    memset(&info, 0, sizeof info);
    show_info("WNOWAIT again", waitid(P_ALL, 0, &info, WEXITED | WNOWAIT), &info, child);
    memset(&info, 0, sizeof info);
    show_info("taken", waitid(P_PID, child, &info, WEXITED), &info, child);
    memset(&info, 0, sizeof info);
    SHOW(waitid(P_PID, child, &info, WEXITED));
    SHOW(waitid(P_ALL, 0, &info, 0));
    SHOW(waitid(99, 0, &info, WEXITED));
    child = start();
    if (child == 0) for (;;) pause();
    memset(&info, -1, sizeof info);
    SHOW(waitid(P_PID, child, &info, WEXITED | WNOHANG));
    printf("nothing yet: %d %d\n", info.si_signo, info.si_pid);
    kill(child, SIGKILL);
    memset(&info, 0, sizeof info);
    show_info("killed", waitid(P_PID, child, &info, WEXITED), &info, child);
}

static void stopping(void) {
    int status;
    siginfo_t info;
    pid_t child = start();
    if (child == 0) for (;;) pause();
    kill(child, SIGSTOP);
    SHOW(waitpid(child, &status, WUNTRACED) == child);
    show_status("stop", status);
    SHOW(waitpid(child, &status, WUNTRACED | WNOHANG));
    kill(child, SIGCONT);
    SHOW(waitpid(child, &status, WCONTINUED) == child);
    show_status("continue", status);
    SHOW(waitpid(child, &status, WUNTRACED | WCONTINUED | WNOHANG));
    setpgid(child, child); // SIGTSTP does not stop a group that is orphaned, as this one is where the tests run in the background
    kill(child, SIGTSTP);
    memset(&info, 0, sizeof info);
    show_info("stopped", waitid(P_PID, child, &info, WSTOPPED), &info, child);
    kill(child, SIGTERM); // waits until the child goes on
    SHOW(waitpid(child, &status, WNOHANG));
    kill(child, SIGCONT);
    finish("the pending signal", child);
    child = start();
    if (child == 0) {
        raise(SIGSTOP);
        _exit(5);
    }
    SHOW(waitpid(child, &status, WUNTRACED) == child);
    kill(child, SIGKILL);
    finish("killed while stopped", child);
}

static void on_child(int signal, siginfo_t *info, void *context) {
    children++;
    last_code = info->si_code;
    last_status = info->si_status;
    last_matches = info->si_pid == expected;
}

static void until(int count) {
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    while (children < count) sigsuspend(&before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    printf("SIGCHLD %d: code %d status %d right pid %d\n", children, last_code, last_status, last_matches);
}

static void notices(void) {
    struct sigaction action = {.sa_sigaction = on_child, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaction(SIGCHLD, &action, NULL);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    pid_t child = start();
    if (child == 0) _exit(42);
    expected = child;
    sigprocmask(SIG_SETMASK, &before, NULL);
    until(1);
    finish("after the notice", child);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    if ((child = start()) == 0) for (;;) pause();
    expected = child;
    sigprocmask(SIG_SETMASK, &before, NULL);
    kill(child, SIGSTOP);
    until(2);
    kill(child, SIGCONT);
    until(3);
    kill(child, SIGKILL);
    until(4);
    finish("the fourth", child);
    action.sa_flags |= SA_NOCLDSTOP;
    sigaction(SIGCHLD, &action, NULL);
    if ((child = start()) == 0) for (;;) pause();
    kill(child, SIGSTOP);
    int status;
    SHOW(waitpid(child, &status, WUNTRACED) == child);
    printf("no notice of the stop: %d\n", children);
    kill(child, SIGKILL);
    finish("SA_NOCLDSTOP", child);
    signal(SIGCHLD, SIG_IGN);
    if ((child = start()) == 0) _exit(1);
    SHOW(waitpid(child, NULL, 0)); // waits for the end and then finds nobody
    action.sa_flags = SA_SIGINFO | SA_NOCLDWAIT;
    children = 0;
    sigaction(SIGCHLD, &action, NULL);
    if ((child = start()) == 0) _exit(1);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    printf("SA_NOCLDWAIT: %s, notices %d\n", strerrorname_np(errno), children);
    signal(SIGCHLD, SIG_DFL);
}

static void pipes(void) {
    int down[2], up[2];
    char text[64] = {0};
    pipe(down);
    pipe(up);
    pid_t child = start();
    if (child == 0) {
        close(down[1]);
        close(up[0]);
        char c;
        while (read(down[0], &c, 1) == 1) {
            if (c >= 'a' && c <= 'z') c -= 32;
            write(up[1], &c, 1);
        }
        _exit(0);
    }
    close(down[0]);
    close(up[1]);
    SHOW(write(down[1], "through the child", 17));
    close(down[1]);
    int length = 0, count;
    while ((count = read(up[0], text + length, sizeof text - length)) > 0) length += count;
    printf("%s\n", text);
    finish("pipe", child);
    close(up[0]);
    /* The position of an open file is shared, its descriptor and flags are not. */
    int fd = open("shared.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if ((child = start()) == 0) {
        write(fd, "child", 5);
        close(fd);
        _exit(0);
    }
    finish("writer", child);
    SHOW(lseek(fd, 0, SEEK_CUR));
    SHOW(write(fd, "+parent", 7));
    SHOW(pread(fd, text, sizeof text, 0));
    printf("%.12s\n", text);
    close(fd);
    unlink("shared.tmp");
    pipe(up);
    if ((child = start()) == 0) {
        close(up[0]);
        write(up[1], "x", 1);
        _exit(3);
    }
    close(up[0]);
    signal(SIGPIPE, SIG_IGN);
    finish("broken pipe", child);
    SHOW(write(up[1], "x", 1));
    signal(SIGPIPE, SIG_DFL);
    close(up[1]);
}

/* What this program does when it is executed again. */
static int role(char **arguments, char **environment) {
    if (strcmp(arguments[1], "exit") == 0) return atoi(arguments[2]);
    if (strcmp(arguments[1], "show") == 0) {
        char name[4096];
        long length = readlink("/proc/self/exe", name, sizeof name);
        for (int i = 2; arguments[i]; i++) printf("  argument %d: <%s>\n", i, arguments[i]);
        for (int i = 0; environment[i]; i++) printf("  environment: <%s>\n", environment[i]);
        char comm[17] = {0};
        prctl(PR_GET_NAME, comm);
        char *started = (char *)getauxval(AT_EXECFN), *slash = strrchr(started, '/');
        printf("  named %s, started as %s\n", comm, slash ? slash + 1 : started);
        printf("  same file: %d\n", length == (long)strlen(self) && memcmp(name, self, length) == 0);
        return 0;
    }
    if (strcmp(arguments[1], "descriptors") == 0) {
        for (int i = 2; arguments[i]; i++) printf("  open: %d\n", fcntl(atoi(arguments[i]), F_GETFD) >= 0);
        return 0;
    }
    if (strcmp(arguments[1], "signals") == 0) {
        struct sigaction action;
        sigset_t set;
        sigaction(SIGUSR1, NULL, &action);
        printf("  USR1 default %d\n", action.sa_handler == SIG_DFL);
        sigaction(SIGUSR2, NULL, &action);
        printf("  USR2 ignored %d\n", action.sa_handler == SIG_IGN);
        sigprocmask(0, NULL, &set);
        printf("  HUP blocked %d\n", sigismember(&set, SIGHUP));
        sigpending(&set);
        printf("  HUP pending %d\n", sigismember(&set, SIGHUP));
        return 0;
    }
    return 99;
}

static void execute(char *what, char **arguments, char **environment) {
    pid_t child = start();
    if (child == 0) {
        execve(self, arguments, environment);
        printf("  %s\n", strerrorname_np(errno));
        fflush(stdout);
        _exit(100);
    }
    finish(what, child);
}

static void executing(void) {
    char *environment[] = {"ONE=1", "TWO=two words", "EMPTY=", NULL}, *none[] = {NULL};
    execute("execve", (char *[]){"other name", "show", "a b", "", "c", NULL}, environment);
    execute("empty environment", (char *[]){self, "show", NULL}, none);
    execute("status", (char *[]){self, "exit", "77", NULL}, none);
    int kept = open("/dev/null", O_RDONLY), closed = open("/dev/null", O_RDONLY | O_CLOEXEC), later = open("/dev/null", O_RDONLY);
    fcntl(later, F_SETFD, FD_CLOEXEC);
    char numbers[3][12];
    sprintf(numbers[0], "%d", kept);
    sprintf(numbers[1], "%d", closed);
    sprintf(numbers[2], "%d", later);
    execute("close-on-exec", (char *[]){self, "descriptors", numbers[0], numbers[1], numbers[2], NULL}, none);
    close(kept);
    close(closed);
    close(later);
    sigset_t blocked, before;
    struct sigaction action = {.sa_sigaction = on_child, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGUSR2, SIG_IGN);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGHUP);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    pid_t child = start();
    if (child == 0) {
        kill(getpid(), SIGHUP);
        execve(self, (char *[]){self, "signals", NULL}, none);
        _exit(1);
    }
    finish("signals", child);
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGUSR1, SIG_DFL);
    signal(SIGUSR2, SIG_DFL);
    fflush(stdout);
    volatile int seen = 0;
    if ((child = vfork()) == 0) {
        seen = 1;
        execve(self, (char *[]){self, "exit", "12", NULL}, none);
        _exit(1);
    }
    printf("vfork shares: %d\n", seen);
    finish("vfork and execve", child);
    if ((child = vfork()) == 0) {
        seen = 2;
        _exit(13);
    }
    printf("vfork shares: %d\n", seen);
    finish("vfork and exit", child);
}

static void failing(void) {
    char *arguments[] = {"x", NULL}, *none[] = {NULL};
    SHOW(execve("/no/such/file", arguments, none));
    SHOW(execve("", arguments, none));
    SHOW(execve(".", arguments, none));
    SHOW(execve("/dev/null", arguments, none));
    SHOW(execve(NULL, arguments, none));
    SHOW(execve(self, (char **)8, none));
    int fd = open("plain.tmp", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    write(fd, "no program\n", 11);
    close(fd);
    SHOW(execve("plain.tmp", arguments, none));
    chmod("plain.tmp", 0700);
    SHOW(execve("plain.tmp", arguments, none));
    SHOW(execve("plain.tmp/x", arguments, none));
    truncate("plain.tmp", 0);
    SHOW(execve("plain.tmp", arguments, none));
    unlink("plain.tmp");
    symlink("loop.tmp", "loop.tmp");
    SHOW(execve("loop.tmp", arguments, none));
    unlink("loop.tmp");
    static char *many[3000];
    static char text[1000];
    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 2999; i++) many[i] = text;
    SHOW(execve(self, many, none));
}

static void write_file(char *name, char *first, char *second, char *third, int mode) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0700);
    dprintf(fd, "%s%s%s", first, second, third);
    close(fd);
    chmod(name, mode);
}

static void script(char *what, char *first, char *second, char *third) {
    static char *none[] = {NULL};
    write_file("script.tmp", first, second, third, 0700);
    pid_t child = start();
    if (child == 0) {
        execve("./script.tmp", (char *[]){"not passed on", "one", "two words", NULL}, none);
        printf("  %s\n", strerrorname_np(errno));
        fflush(stdout);
        _exit(100);
    }
    finish(what, child);
    unlink("script.tmp");
}

static void scripts(void) {
    char name[40], line[300];
    script("script", "#!", self, " show\n");
    script("blanks", "#! \t", self, "\t show \t\nrest");
    script("no end of line", "#!", self, " show");
    script("one argument", "#!", self, " exit 5\n");
    script("no interpreter", "#!", "", "\n");
    script("only blanks", "#!", "  ", "\t\n");
    script("missing", "#!", "/no/such/interpreter", "\n");
    script("directory", "#!", "/", "\n");
    script("no program", "#!", "/etc/passwd", "\n");
    script("itself", "#!", "./script.tmp", "\n");
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = 0;
    script("long path", "#!", line, "\n");
    write_file("plain.tmp", "not a program\n", "", "", 0700);
    script("broken interpreter", "#!", "./plain.tmp", "\n");
    unlink("plain.tmp");
    write_file("script1.tmp", "#!", self, " show\n", 0700);
    for (int depth = 2; depth <= 6; depth++) {
        sprintf(name, "script%d.tmp", depth);
        sprintf(line, "./script%d.tmp %d\n", depth - 1, depth);
        write_file(name, "#!", line, "", 0700);
    }
    for (int depth = 4; depth <= 6; depth++) {
        sprintf(name, "./script%d.tmp", depth);
        pid_t child = start();
        if (child == 0) {
            execve(name, (char *[]){"x", "last", NULL}, (char *[]){NULL});
            printf("  %s\n", strerrorname_np(errno));
            fflush(stdout);
            _exit(100);
        }
        finish(name, child);
    }
    write_file("script1.tmp", "#!", self, " show\n", 0600);
    SHOW(execve("./script1.tmp", (char *[]){"x", NULL}, (char *[]){NULL}));
    SHOW(execve("./script2.tmp", (char *[]){"x", NULL}, (char *[]){NULL}));
    for (int depth = 1; depth <= 6; depth++) {
        sprintf(name, "script%d.tmp", depth);
        unlink(name);
    }
    int fd = open(self, O_RDONLY);
    pid_t child = start();
    if (child == 0) {
        execveat(fd, "", (char *[]){"x", "exit", "6", NULL}, (char *[]){NULL}, AT_EMPTY_PATH);
        _exit(100);
    }
    finish("execveat", child);
    if ((child = start()) == 0) {
        fexecve(fd, (char *[]){"x", "exit", "7", NULL}, (char *[]){NULL});
        _exit(100);
    }
    finish("fexecve", child);
    close(fd);
}

static void groups(void) {
    int ready[2], go[2];
    char c;
    pipe(ready);
    pipe(go);
    pid_t child = start();
    if (child == 0) {
        read(go[0], &c, 1);
        c = getpgid(0) == getpid();
        write(ready[1], &c, 1);
        read(go[0], &c, 1);
        c = setsid() == -1;
        write(ready[1], &c, 1);
        pause();
        _exit(0);
    }
    SHOW(getpgid(child) == getpgid(0));
    SHOW(getsid(child) == getsid(0));
    SHOW(setpgid(child, child));
    SHOW(getpgid(child) == child);
    write(go[1], "x", 1);
    SHOW(read(ready[0], &c, 1));
    printf("the child knows: %d\n", c);
    write(go[1], "x", 1);
    SHOW(read(ready[0], &c, 1));
    printf("a leader gets no session: %d\n", c);
    SHOW(waitpid(0, NULL, WNOHANG));
    SHOW(waitpid(-child, NULL, WNOHANG));
    SHOW(setpgid(child, 4194303));
    SHOW(setpgid(4194303, 0));
    SHOW(setpgid(child, -1));
    SHOW(getpgid(4194303));
    SHOW(kill(-child, SIGUSR1));
    int status;
    SHOW(waitpid(-child, &status, 0) == child);
    show_status("group", status);
    SHOW(kill(-child, 0));
    if ((child = start()) == 0) {
        SHOW(setsid() == getpid());
        SHOW(getsid(0) == getpid());
        SHOW(getpgrp() == getpid());
        fflush(stdout);
        _exit(0);
    }
    finish("session", child);
    if ((child = start()) == 0) {
        execve(self, (char *[]){self, "exit", "0", NULL}, (char *[]){NULL});
        _exit(1);
    }
    siginfo_t info;
    waitid(P_PID, child, &info, WEXITED | WNOWAIT);
    SHOW(setpgid(child, child)); // it is a zombie that has executed
    finish("too late", child);
}

/* A child whose parent is gone gets another one. */
static void orphan(void) {
    int line[2];
    pipe(line);
    pid_t child = start();
    if (child == 0) {
        pid_t parent = getpid();
        if (fork() == 0) {
            while (getppid() == parent) sched_yield();
            write(line[1], "adopted", 7);
            _exit(0);
        }
        _exit(0);
    }
    close(line[1]);
    finish("parent of the orphan", child);
    char text[16] = {0};
    SHOW(read(line[0], text, sizeof text));
    printf("%s\n", text);
    SHOW(read(line[0], text, sizeof text));
    close(line[0]);
}

struct common {
    int word, count;
    sem_t semaphore;
    pthread_mutex_t mutex, robust;
    pthread_cond_t condition;
};

static void sharing(void) {
    struct common *common = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char *own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *far = (char *)common + 4096;
    strcpy(own, "parent");
    pid_t child = start();
    if (child == 0) {
        strcpy(far, "from the child");
        strcpy(own, "child");
        _exit(0);
    }
    finish("writer", child);
    printf("shared <%s>, private <%s>\n", far, own);
    if ((child = start()) == 0) {
        while (__atomic_load_n(&common->word, __ATOMIC_SEQ_CST) == 0) syscall(SYS_futex, &common->word, FUTEX_WAIT, 0, NULL, NULL, 0);
        _exit(common->word);
    }
    usleep(20000);
    __atomic_store_n(&common->word, 21, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &common->word, FUTEX_WAKE, 1, NULL, NULL, 0);
    finish("futex", child);
    sem_init(&common->semaphore, 1, 0);
    if ((child = start()) == 0) {
        for (int i = 0; i < 5; i++) sem_wait(&common->semaphore);
        _exit(0);
    }
    for (int i = 0; i < 5; i++) {
        usleep(1000);
        sem_post(&common->semaphore);
    }
    finish("semaphore", child);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&common->mutex, &attributes);
    pthread_condattr_t condition;
    pthread_condattr_init(&condition);
    pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    pthread_cond_init(&common->condition, &condition);
    pid_t workers[3];
    for (int w = 0; w < 3; w++)
        if ((workers[w] = start()) == 0) {
            for (int i = 0; i < 2000; i++) {
                pthread_mutex_lock(&common->mutex);
                common->count++;
                pthread_mutex_unlock(&common->mutex);
            }
            pthread_cond_signal(&common->condition);
            _exit(0);
        }
    pthread_mutex_lock(&common->mutex);
    while (common->count < 6000) pthread_cond_wait(&common->condition, &common->mutex);
    pthread_mutex_unlock(&common->mutex);
    for (int w = 0; w < 3; w++) finish("worker", workers[w]);
    printf("counted: %d\n", common->count);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&common->robust, &attributes);
    if ((child = start()) == 0) {
        pthread_mutex_lock(&common->robust);
        _exit(0);
    }
    finish("owner", child);
    printf("owner died: %d\n", pthread_mutex_lock(&common->robust) == EOWNERDEAD);
    pthread_mutex_consistent(&common->robust);
    printf("unlock: %d\n", pthread_mutex_unlock(&common->robust));
    SHOW(munmap(common, 8192));
}

static void costs(void) {
    struct rusage usage;
    struct tms times_of;
    pid_t child = start();
    if (child == 0) {
        for (volatile int i = 0; i < 20000000; i++) {}
        _exit(0);
    }
    int status;
    SHOW(wait4(child, &status, 0, &usage) == child);
    long micros = usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec;
    printf("the child has used time: %d\n", micros > 0);
    SHOW(getrusage(RUSAGE_CHILDREN, &usage));
    printf("not less in the sum: %d\n", usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec >= micros);
    SHOW(times(&times_of) != -1);
    printf("times: %d\n", times_of.tms_cutime >= 0 && times_of.tms_cstime >= 0);
}

static void waiting(void) {
    /* A signal ends a wait for children, unless it asks for the call to go on. */
    struct sigaction action = {.sa_sigaction = on_child, .sa_flags = SA_SIGINFO};
    pid_t parent = getpid();
    for (int restart = 0; restart < 2; restart++) {
        action.sa_flags = SA_SIGINFO | (restart ? SA_RESTART : 0);
        sigaction(SIGUSR1, &action, NULL);
        children = 0;
        pid_t child = start();
        if (child == 0) {
            usleep(50000);
            kill(parent, SIGUSR1);
            usleep(20000);
            _exit(4);
        }
        int status = -1;
        errno = 0;
        pid_t done = waitpid(child, &status, 0);
        printf("restart %d: %d %s handled %d\n", restart, done == child, done < 0 ? strerrorname_np(errno) : "", children);
        if (done != child) finish("then", child);
    }
    signal(SIGUSR1, SIG_DFL);
}

int main(int count, char **arguments, char **environment) {
    static char name[4096];
    readlink("/proc/self/exe", name, sizeof name - 1);
    self = name;
    if (count > 1 && strcmp(arguments[1], "argument") != 0) return role(arguments, environment);
    for (int signo = 1; signo < SIGSYS; signo++) signal(signo, SIG_DFL); // nohup and others leave some ignored
    statuses();
    looking();
    stopping();
    notices();
    pipes();
    executing();
    failing();
    scripts();
    groups();
    orphan();
    sharing();
    costs();
    waiting();
    return 0;
}
