// splice, tee, vmsplice, sendfile and copy_file_range: what goes from where to where, how much at once, and in which order the errors come.
#define _GNU_SOURCE
#include "show.h"
#include <netinet/in.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>

static char big[300000];

static void pair(int p[2]) {
    if (pipe(p) != 0) {
        abort();
    }
}

static void content(const char *what, int fd) {
    char text[65];
    int flags = fcntl(fd, F_GETFL);
    fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    long n = read(fd, text, 64);
    fcntl(fd, F_SETFL, flags);
    printf("%s: %ld \"%.*s\"\n", what, n, n < 0 ? 0 : (int)n, text);
}

static int waiting(int fd) {
    int n = -1;
    ioctl(fd, 0x541b, &n); // FIONREAD
    return n;
}

static int file(const char *text) {
    int fd = open("spliced", O_RDWR | O_CREAT | O_TRUNC, 0600);
    write(fd, text, strlen(text));
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static void slots(void) {
    int p[2], q[2];
    pair(p), pair(q);
    for (int i = 0; i < 3; i++) {
        write(p[1], "ab", 2);
    }
    fcntl(q[1], F_SETPIPE_SZ, 4096);
    SHOW(splice(p[0], NULL, q[1], NULL, 100, 0)); // one page
    SHOW(fcntl(q[1], F_GETPIPE_SZ));
    write(p[1], "cd", 2);
    SHOW(splice(p[0], NULL, q[1], NULL, 100, SPLICE_F_NONBLOCK));
    SHOW(waiting(q[0]));
    content("first pipe", p[0]);
    content("second pipe", q[0]);
    fcntl(p[1], F_SETFL, O_NONBLOCK);
    int n = 0;
    while (write(p[1], big, 3000) == 3000) {
        n++;
    }
    printf("pieces of 3000 bytes: %d\n", n);
    SHOW(fcntl(p[1], F_SETPIPE_SZ, 4096));
    SHOW(fcntl(p[1], F_SETPIPE_SZ, 32768));
    SHOW(read(p[0], big, 24000));
    SHOW(fcntl(p[1], F_SETPIPE_SZ, 32768));
    SHOW(fcntl(p[1], F_SETPIPE_SZ, 0));
    SHOW(write(p[1], big, 4096));
    SHOW(write(p[1], big, 1096)); // fits behind the last 3000 bytes? no: the last page is full
    SHOW(waiting(p[0]));
    close(p[0]), close(p[1]), close(q[0]), close(q[1]);
}

static void between_pipes(void) {
    int p[2], q[2];
    pair(p), pair(q);
    write(p[1], "0123456789", 10);
    SHOW(tee(p[0], q[1], 4, 0));
    SHOW(tee(p[0], q[1], 100, 0));
    content("teed", q[0]);
    SHOW(waiting(p[0]));
    SHOW(splice(p[0], NULL, q[1], NULL, 3, 0));
    write(q[1], "abc", 3);
    SHOW(splice(p[0], NULL, q[1], NULL, 50, SPLICE_F_MOVE | SPLICE_F_MORE));
    content("moved", q[0]);
    SHOW(splice(p[0], NULL, q[1], NULL, 5, SPLICE_F_NONBLOCK));
    SHOW(tee(p[0], q[1], 5, SPLICE_F_NONBLOCK));
    fcntl(p[0], F_SETFL, O_NONBLOCK);
    SHOW(tee(p[0], q[1], 5, 0));
    SHOW(splice(p[0], NULL, q[1], NULL, 5, 0));
    fcntl(p[0], F_SETFL, 0);
    SHOW(splice(p[0], NULL, p[1], NULL, 5, 0));
    SHOW(tee(p[0], p[1], 5, 0));
    SHOW(splice(p[1], NULL, q[1], NULL, 5, 0));
    SHOW(splice(p[0], NULL, q[0], NULL, 5, 0));
    SHOW(tee(p[0], q[0], 5, 0));
    SHOW(splice(p[0], NULL, q[1], NULL, 0, 99));
    SHOW(splice(p[0], NULL, q[1], NULL, 1, 99));
    SHOW(tee(p[0], q[1], 0, 99));
    SHOW(tee(p[0], q[1], 0, 0));
    SHOW(tee(99, q[1], 0, 0));
    SHOW(tee(99, q[1], 1, 0));
    SHOW(splice(p[0], NULL, 99, NULL, 1, 0));
    close(p[1]);
    SHOW(splice(p[0], NULL, q[1], NULL, 5, 0));
    SHOW(tee(p[0], q[1], 5, 0));
    close(p[0]), close(q[0]);
    pair(p);
    write(p[1], "x", 1);
    signal(SIGPIPE, SIG_IGN);
    SHOW(splice(p[0], NULL, q[1], NULL, 5, 0));
    SHOW(tee(p[0], q[1], 5, 0));
    struct iovec one = {"y", 1};
    SHOW(vmsplice(q[1], &one, 1, 0));
    SHOW(waiting(p[0]));
    signal(SIGPIPE, SIG_DFL);
    close(p[0]), close(p[1]), close(q[1]);
}

static void files(void) {
    int p[2], fd = file("hello, file");
    pair(p);
    off_t at = 7;
    SHOW(splice(fd, &at, p[1], NULL, 100, 0));
    SHOW(at);
    SHOW(lseek(fd, 0, SEEK_CUR));
    SHOW(splice(fd, NULL, p[1], NULL, 5, 0));
    SHOW(lseek(fd, 0, SEEK_CUR));
    content("of the file", p[0]);
    SHOW(splice(fd, &at, p[1], NULL, 100, 0));
    at = -1;
    SHOW(splice(fd, &at, p[1], NULL, 100, 0));
    at = 0;
    SHOW(splice(fd, NULL, p[1], &at, 100, 0));
    SHOW(splice(p[0], &at, fd, NULL, 100, 0));
    SHOW(splice(fd, (off_t *)1, p[1], NULL, 100, 0));
    SHOW(splice(fd, NULL, fd, NULL, 100, 0));
    SHOW(splice(fd, NULL, p[1], NULL, -1, 0));
    write(p[1], "HELLO", 5);
    at = 3;
    SHOW(splice(p[0], NULL, fd, &at, 3, 0));
    SHOW(at);
    lseek(fd, 0, SEEK_END);
    SHOW(splice(p[0], NULL, fd, NULL, 100, 0));
    SHOW(lseek(fd, 0, SEEK_SET));
    content("file", fd);
    SHOW(splice(p[0], NULL, fd, NULL, 100, SPLICE_F_NONBLOCK));
    fcntl(fd, F_SETFL, O_APPEND);
    write(p[1], "z", 1);
    SHOW(splice(p[0], NULL, fd, NULL, 100, 0));
    int r = open("spliced", O_RDONLY), w = open("spliced", O_WRONLY), n = open("/dev/null", O_RDWR), d = open(".", O_RDONLY);
    SHOW(splice(p[0], NULL, r, NULL, 100, 0));
    SHOW(splice(w, NULL, p[1], NULL, 100, 0));
    SHOW(splice(d, NULL, p[1], NULL, 100, 0));
    SHOW(splice(n, NULL, p[1], NULL, 100, 0));
    SHOW(splice(p[0], NULL, n, NULL, 100, 0));
    int z = open("/dev/zero", O_RDONLY);
    SHOW(splice(z, NULL, p[1], NULL, 10, 0));
    SHOW(waiting(p[0]));
    close(r), close(w), close(n), close(d), close(z), close(p[0]), close(p[1]), close(fd);
}

static void much(void) {
    int p[2], fd = open("spliced", O_RDWR | O_CREAT | O_TRUNC, 0600);
    pair(p);
    memset(big, 'b', sizeof big);
    write(fd, big, 200000);
    off_t at = 100;
    SHOW(splice(fd, &at, p[1], NULL, 200000, 0));
    SHOW(waiting(p[0]));
    SHOW(splice(fd, &at, p[1], NULL, 200000, SPLICE_F_NONBLOCK));
    SHOW(read(p[0], big, 3995));
    SHOW(splice(fd, &at, p[1], NULL, 200000, SPLICE_F_NONBLOCK));
    SHOW(read(p[0], big, 1));
    SHOW(splice(fd, &at, p[1], NULL, 1, SPLICE_F_NONBLOCK));
    SHOW(read(p[0], big, 100000));
    SHOW(write(p[1], "a", 1));
    SHOW(write(p[1], "b", 1));
    SHOW(splice(fd, NULL, p[1], NULL, 1, 0));
    fcntl(p[1], F_SETPIPE_SZ, 8192);
    fcntl(p[1], F_SETFL, O_NONBLOCK);
    SHOW(write(p[1], "c", 1)); // does not go behind a page of the file
    close(p[0]), close(p[1]), close(fd);
}

static void memory(void) {
    int p[2];
    pair(p);
    struct iovec parts[3] = {{"one, ", 5}, {"", 0}, {"two", 3}};
    SHOW(vmsplice(p[1], parts, 3, 0));
    content("memory", p[0]);
    SHOW(vmsplice(p[1], parts, 0, 0));
    SHOW(vmsplice(p[1], parts, 1025, 0));
    SHOW(vmsplice(p[1], parts, 1, 32));
    SHOW(vmsplice(99, parts, 1, 0));
    int fd = file("x");
    SHOW(vmsplice(fd, parts, 1, 0));
    struct iovec bad = {(void *)8, 3};
    SHOW(vmsplice(p[1], &bad, 1, 0));
    char to[6] = "......";
    struct iovec in[2] = {{to, 2}, {to + 3, 3}};
    write(p[1], "abcdefgh", 8);
    SHOW(vmsplice(p[0], in, 2, 0));
    printf("taken: %.6s\n", to);
    content("left", p[0]);
    SHOW(vmsplice(p[0], in, 2, SPLICE_F_NONBLOCK));
    char *page = aligned_alloc(4096, 40 * 4096);
    memset(page, 'p', 40 * 4096);
    struct iovec pages = {page, 40 * 4096};
    SHOW(vmsplice(p[1], &pages, 1, 0));
    SHOW(vmsplice(p[1], &pages, 1, SPLICE_F_NONBLOCK));
    close(p[1]);
    SHOW(read(p[0], big, 100000));
    SHOW(vmsplice(p[0], in, 2, 0));
    close(p[0]), close(fd);
    free(page);
}

static void tcp(int s[2]) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    int l = socket(AF_INET, SOCK_STREAM, 0);
    bind(l, (void *)&at, size);
    listen(l, 1);
    getsockname(l, (void *)&at, &size);
    s[0] = socket(AF_INET, SOCK_STREAM, 0);
    connect(s[0], (void *)&at, size);
    s[1] = accept(l, NULL, NULL);
    close(l);
}

static void sockets(int s[2]) {
    int p[2];
    pair(p);
    off_t at = 0;
    write(s[0], "over the wire", 13);
    SHOW(splice(s[1], NULL, p[1], NULL, 4, 0));
    SHOW(splice(s[1], NULL, p[1], NULL, 400, 0));
    content("came", p[0]);
    SHOW(splice(s[1], &at, p[1], NULL, 4, 0));
    fcntl(s[1], F_SETFL, O_NONBLOCK);
    SHOW(splice(s[1], NULL, p[1], NULL, 4, 0));
    fcntl(s[1], F_SETFL, 0);
    write(p[1], "and back", 8);
    SHOW(splice(p[0], NULL, s[1], &at, 100, 0));
    SHOW(splice(p[0], NULL, s[1], NULL, 100, 0));
    content("went", s[0]);
    SHOW(splice(p[0], NULL, s[1], NULL, 100, SPLICE_F_NONBLOCK));
    shutdown(s[0], SHUT_WR);
    SHOW(splice(s[1], NULL, p[1], NULL, 4, 0));
    write(p[1], "x", 1);
    shutdown(s[1], SHUT_WR);
    signal(SIGPIPE, SIG_IGN);
    SHOW(splice(p[0], NULL, s[1], NULL, 100, 0));
    SHOW(waiting(p[0]));
    signal(SIGPIPE, SIG_DFL);
    close(p[0]), close(p[1]), close(s[0]), close(s[1]);
}

static void packets(void) {
    int s[2], p[2];
    pair(p);
    socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
    write(p[1], "ab", 2);
    struct iovec one = {"cd", 2};
    vmsplice(p[1], &one, 1, 0);
    SHOW(splice(p[0], NULL, s[0], NULL, 100, 0));
    content("packet", s[1]);
    write(s[0], "long packet", 11);
    write(s[0], "next", 4);
    SHOW(splice(s[1], NULL, p[1], NULL, 4, 0));
    SHOW(splice(s[1], NULL, p[1], NULL, 100, 0));
    content("packets", p[0]);
    close(p[0]), close(p[1]), close(s[0]), close(s[1]);
}

static void nothing(int signal) {}

/** A child does the other half: what waits goes on, or says how far it came when a handler runs. */
static void waits(void) {
    int p[2], q[2], s[2];
    pair(p), pair(q);
    fflush(stdout);
    if (fork() == 0) {
        usleep(20000);
        write(p[1], "late", 4);
        _exit(0);
    }
    SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
    content("late", q[0]);
    wait(NULL);
    fcntl(q[1], F_SETPIPE_SZ, 4096);
    write(q[1], "q", 1);
    write(p[1], "p", 1);
    fflush(stdout);
    if (fork() == 0) {
        usleep(20000);
        char c;
        read(q[0], &c, 1);
        _exit(0);
    }
    SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
    wait(NULL);
    struct sigaction act = {.sa_handler = nothing};
    sigaction(SIGALRM, &act, NULL);
    struct itimerval soon = {.it_value = {.tv_usec = 30000}}, often = {{0, 30000}, {0, 30000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(splice(p[0], NULL, q[1], NULL, 100, 0));
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(tee(p[0], q[1], 100, 0));
    setitimer(ITIMER_REAL, &soon, NULL);
    int fd = file("abc");
    SHOW(splice(fd, NULL, q[1], NULL, 100, 0)); // full
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    content("q", q[0]);
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(splice(s[0], NULL, q[1], NULL, 100, 0));
    int large = open("large", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < 20; i++) {
        write(large, big, sizeof big);
    }
    lseek(large, 0, SEEK_SET);
    setitimer(ITIMER_REAL, &often, NULL);
    long sent = sendfile(s[0], large, NULL, 6000000); // nobody reads
    memset(&often, 0, sizeof often);
    setitimer(ITIMER_REAL, &often, NULL);
    printf("sent some: %d, and the position is there: %d\n", sent > 0 && sent < 6000000, lseek(large, 0, SEEK_CUR) == sent);
    close(p[0]), close(p[1]), close(q[0]), close(q[1]), close(s[0]), close(s[1]), close(fd), close(large);
    unlink("large");
}

static void send_file(void) {
    int p[2], s[2], fd = file("0123456789");
    pair(p);
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    int to = open("target", O_RDWR | O_CREAT | O_TRUNC, 0600);
    off_t at = 2;
    SHOW(sendfile(p[1], fd, &at, 3));
    SHOW(at);
    SHOW(sendfile(p[1], fd, NULL, 100));
    content("pipe", p[0]);
    SHOW(sendfile(p[1], fd, NULL, 100));
    at = 5;
    SHOW(sendfile(s[0], fd, &at, 100));
    content("socket", s[1]);
    at = 0;
    SHOW(sendfile(to, fd, &at, 4));
    SHOW(lseek(to, 0, SEEK_CUR));
    at = 8;
    SHOW(sendfile(to, fd, &at, 4));
    SHOW(lseek(to, 0, SEEK_SET));
    content("file", to);
    write(s[0], "socket", 6);
    SHOW(sendfile(p[1], s[1], NULL, 100));
    content("from the socket", p[0]);
    SHOW(sendfile(to, s[1], NULL, 100));
    SHOW(sendfile(p[1], s[1], &at, 100));
    SHOW(sendfile(s[0], p[0], NULL, 100));
    SHOW(sendfile(p[1], fd, (off_t *)1, 100));
    SHOW(sendfile(99, fd, &at, 100));
    SHOW(sendfile(to, 99, &at, 100));
    at = -1;
    SHOW(sendfile(to, fd, &at, 100));
    SHOW(sendfile(to, fd, NULL, -1));
    int r = open("target", O_RDONLY), a = open("target", O_WRONLY | O_APPEND);
    SHOW(sendfile(r, fd, NULL, 1));
    SHOW(sendfile(fd, a, NULL, 1));
    at = 0;
    SHOW(sendfile(a, fd, &at, 1));
    int proc = open("/proc/sys/kernel/ostype", O_RDONLY);
    SHOW(sendfile(s[0], proc, NULL, 100));
    content("proc", s[1]);
    close(p[0]), close(p[1]), close(s[0]), close(s[1]), close(fd), close(to), close(r), close(a), close(proc);
}

static void copy_range(void) {
    int p[2], fd = file("0123456789");
    pair(p);
    int to = open("target", O_RDWR | O_CREAT | O_TRUNC, 0600), d = open(".", O_RDONLY), a = open("target", O_WRONLY | O_APPEND);
    off_t from = 2, at = 1;
    SHOW(copy_file_range(fd, &from, to, &at, 4, 0));
    SHOW(from * 100 + at);
    SHOW(copy_file_range(fd, NULL, to, NULL, 2, 0));
    SHOW(lseek(fd, 0, SEEK_CUR) * 100 + lseek(to, 0, SEEK_CUR));
    SHOW(copy_file_range(fd, NULL, to, NULL, 2, 1));
    SHOW(copy_file_range(fd, NULL, p[1], NULL, 2, 0));
    SHOW(copy_file_range(d, NULL, to, NULL, 2, 0));
    SHOW(copy_file_range(fd, NULL, a, NULL, 2, 0));
    SHOW(copy_file_range(a, NULL, to, NULL, 2, 0));
    SHOW(copy_file_range(99, NULL, to, NULL, 2, 0));
    from = 0, at = 3;
    SHOW(copy_file_range(fd, &from, fd, &at, 4, 0));
    SHOW(copy_file_range(fd, &from, fd, &at, 3, 0));
    from = 8, at = 12;
    SHOW(copy_file_range(fd, &from, fd, &at, 100, 0)); // cut off at the end, so that they do not overlap
    from = 100;
    SHOW(copy_file_range(fd, &from, to, &at, 4, 0));
    from = -5;
    SHOW(copy_file_range(fd, &from, to, &at, 4, 0));
    from = 0;
    SHOW(copy_file_range(fd, &from, to, &at, -1, 0));
    SHOW(copy_file_range(fd, (off_t *)1, to, &at, 1, 9));
    lseek(fd, 0, SEEK_SET);
    content("file", fd);
    close(p[0]), close(p[1]), close(fd), close(to), close(d), close(a);
    unlink("target");
}

int main(void) {
    int s[2];
    slots();
    between_pipes();
    files();
    much();
    memory();
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    sockets(s);
    tcp(s);
    sockets(s);
    packets();
    waits();
    send_file();
    copy_range();
    unlink("spliced");
    return 0;
}
