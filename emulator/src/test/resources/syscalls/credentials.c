// User and group numbers: what root may become, and what others may then not do.
#include "show.h"
#include <grp.h>
#include <sys/wait.h>

static void ids(const char *what) {
    uid_t r, e, s;
    gid_t rg, eg, sg;
    getresuid(&r, &e, &s);
    getresgid(&rg, &eg, &sg);
    printf("%s: users %d %d %d groups %d %d %d\n", what, r, e, s, rg, eg, sg);
}

static void status(const char *name) {
    char line[300];
    FILE *file = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0) fputs(line, stdout);
    fclose(file);
}

static void supplementary(void) {
    gid_t groups[10];
    gid_t wanted[] = {700, 5, 60};
    SHOW(setgroups(3, wanted));
    int count = getgroups(0, NULL);
    printf("%d groups\n", count);
    SHOW(getgroups(2, groups));
    SHOW(getgroups(-1, groups));
    count = getgroups(10, groups);
    for (int i = 0; i < count; i++) printf("%d ", groups[i]);
    puts("");
    status("Groups:");
    SHOW(setgroups(-1, wanted));
    SHOW(setgroups(3, (gid_t *)8));
}

int main(void) {
    if (geteuid() != 0) {
        SHOW(setgroups(0, NULL));
        SHOW(setuid(0));
        return 0;
    }
    supplementary();
    int fd = open("for-group", O_CREAT | O_RDWR, 0640);
    fchown(fd, 0, 60);
    close(open("for-root", O_CREAT | O_RDWR, 0600));
    SHOW(setresgid(-1, 100, -1));
    ids("effective group");
    status("Gid:");
    SHOW(setresgid(100, 100, 100));
    SHOW(setresuid(-1, 1000, -1));
    ids("effective user");
    status("Uid:");
    status("CapEff:");
    SHOW(setgroups(0, NULL));
    SHOW(open("for-group", O_RDONLY) >= 0);
    SHOW(open("for-group", O_WRONLY));
    SHOW(open("for-root", O_RDONLY));
    SHOW(setuid(5));
    SHOW(seteuid(0));
    SHOW(setresuid(1000, 1000, 1000));
    SHOW(setuid(0));
    ids("for good");
    fflush(stdout);
    if (fork() == 0) {
        ids("inherited");
        SHOW(open("for-group", O_RDONLY) >= 0);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    return 0;
}
