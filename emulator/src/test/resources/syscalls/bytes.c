// Names, arguments, environment: all of it is bytes, whatever they mean in which encoding.
#include "show.h"
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <stddef.h>

extern char **environ;
static char self[4096];

static void hex(const char *what, const void *bytes, int length) {
    printf("%s %d ", what, length);
    for (int i = 0; i < length; i++) printf("%02x", ((const unsigned char *)bytes)[i]);
    puts("");
}

static void hex_file(const char *what, const char *path) {
    static char bytes[20000];
    int fd = open(path, O_RDONLY);
    int length = read(fd, bytes, sizeof bytes);
    close(fd);
    hex(what, bytes, length);
}

// Called again as another program: what it was given.
static int shown(int argc, char **argv) {
    for (int i = 1; i < argc; i++) hex("argument", argv[i], strlen(argv[i]));
    for (char **e = environ; *e; e++) hex("variable", *e, strlen(*e));
    hex_file("environ", "/proc/self/environ");
    hex_file("comm", "/proc/self/comm");
    char link[4096];
    int length = readlink("/proc/self/exe", link, sizeof link);
    char *name = memrchr(link, '/', length);
    hex("exe", name, link + length - name);
    return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }

static void list(void) {
    DIR *directory = opendir(".");
    char *names[300];
    int count = 0;
    for (struct dirent *e; (e = readdir(directory));) names[count++] = strdup(e->d_name);
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    for (int i = 0; i < count; i++) hex("name", names[i], strlen(names[i]));
}

static void names(void) {
    mkdir("names", 0700);
    chdir("names");
    char name[5000];
    for (int c = 1; c < 256; c++) {
        snprintf(name, sizeof name, "n%c", c);
        if (c != '/') close(open(name, O_CREAT | O_WRONLY, 0600));
    }
    list();
    SHOW(access("n\xe4", F_OK));
    SHOW(access("n\xc3\xa4", F_OK));
    SHOW(access("n\xef\xbf\xbd", F_OK));
    SHOW(rename("n\xe4", "m\xc3\xa4\xff"));
    SHOW(link("m\xc3\xa4\xff", "l\x80"));
    SHOW(unlink("n\xff"));
    SHOW(symlink("x\x81//y\xff/", "s\xfe"));
    int length = readlink("s\xfe", name, sizeof name);
    hex("target", name, length);
    struct stat s;
    lstat("s\xfe", &s);
    printf("size %ld\n", (long)s.st_size);
    memset(name, 0xc3, sizeof name);
    name[256] = 0;
    SHOW(open(name, O_CREAT | O_WRONLY, 0600));
    name[255] = 0;
    SHOW(close(open(name, O_CREAT | O_WRONLY, 0600)));
    SHOW(unlink(name));
    for (int i = 0; i < 4095; i++) name[i] = i % 2 ? '/' : '.';
    name[4095] = 0;
    SHOW(access(name, F_OK));
    name[4095] = '/';
    name[4096] = 0;
    SHOW(access(name, F_OK));
    chdir("..");
}

static void proc(void) {
    mkdir("d\n \\\t\xe4", 0700);
    chdir("d\n \\\t\xe4");
    char path[4096];
    getcwd(path, sizeof path);
    char *name = strrchr(path, '/');
    hex("cwd", name, strlen(name));
    int fd = open("f\n\xff", O_CREAT | O_RDWR, 0600);
    ftruncate(fd, 4096);
    mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0);
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(path, sizeof path, maps))
        if (strchr(path, 0xff)) hex("map", strrchr(path, '/'), strlen(strrchr(path, '/')));
    fclose(maps);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char link[4096];
    int length = readlink(path, link, sizeof link);
    name = memrchr(link, '/', length);
    hex("fd", name, link + length - name);
    int memory = syscall(SYS_memfd_create, "m\n\xe4", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
    length = readlink(path, link, sizeof link);
    hex("memfd", link, length);
    SHOW(prctl(PR_SET_NAME, "t\n\\\xe4\xff" "67890123456"));
    char comm[16] = "";
    prctl(PR_GET_NAME, comm);
    hex("name", comm, 16);
    hex_file("comm", "/proc/self/comm");
    FILE *status = fopen("/proc/self/status", "r");
    fgets(path, sizeof path, status);
    hex("status", path, strlen(path));
    fclose(status);
    chdir("..");
}

static void sockets(void) {
    struct sockaddr_un a = {AF_UNIX, "u\xe4\xff"};
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    SHOW(bind(s, (void *)&a, offsetof(struct sockaddr_un, sun_path) + 4));
    SHOW(access("u\xe4\xff", F_OK));
    socklen_t length = sizeof a;
    getsockname(s, (void *)&a, &length);
    hex("bound", a.sun_path, length - 2);
    struct sockaddr_un b = {AF_UNIX, "\0a\0\xc3\xff\0"};
    s = socket(AF_UNIX, SOCK_DGRAM, 0);
    SHOW(bind(s, (void *)&b, offsetof(struct sockaddr_un, sun_path) + 6));
    length = sizeof b;
    getsockname(s, (void *)&b, &length);
    hex("abstract", b.sun_path, length - 2);
}

static void start(const char *program, char **argv, char **variables) {
    fflush(stdout);
    if (!fork()) {
        execve(program, argv, variables);
        perror("execve");
        _exit(1);
    }
    int status;
    wait(&status);
    printf("status %x\n", status);
}

static void programs(void) {
    char all[256];
    for (int i = 1; i < 256; i++) all[i - 1] = i;
    all[255] = 0;
    char variable[300];
    snprintf(variable, sizeof variable, "V\xe4=%s", all);
    char *argv[] = {"\xff zero", all, "\xc3\xa4", "", "a\xc3", 0};
    char *variables[] = {variable, "\x80", "", 0};
    SHOW(symlink(self, "p\xe4\xff"));
    start("p\xe4\xff", argv, variables);
    FILE *script = fopen("script\x81", "w");
    fprintf(script, "#!p\xe4\xff o\xc3 \xff\n");
    fclose(script);
    chmod("script\x81", 0700);
    start("script\x81", argv, variables);
}

int main(int argc, char **argv) {
    if (getenv("A") == 0) return shown(argc, argv);
    self[readlink("/proc/self/exe", self, sizeof self - 1)] = 0;
    names();
    proc();
    sockets();
    programs();
    return 0;
}
