// What goes along with the bytes of local sockets, and connections that break.
#include "show.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

static char text[400];

/* Control messages as the program has them: room for many. */
static union {
    struct cmsghdr align;
    char bytes[2048];
} control;

static int send_with(int fd, const char *bytes, int length, int *files, int count, struct ucred *who) {
    struct iovec part = {(void *)bytes, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control};
    char *at = control.bytes;
    memset(&control, 0, sizeof control);
    if (count) {
        struct cmsghdr *c = (void *)at;
        *c = (struct cmsghdr){CMSG_LEN(count * sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
        memcpy(CMSG_DATA(c), files, count * sizeof(int));
        at += CMSG_SPACE(count * sizeof(int));
    }
    if (who) {
        struct cmsghdr *c = (void *)at;
        *c = (struct cmsghdr){CMSG_LEN(sizeof *who), SOL_SOCKET, SCM_CREDENTIALS};
        memcpy(CMSG_DATA(c), who, sizeof *who);
        at += CMSG_SPACE(sizeof *who);
    }
    message.msg_controllen = at - control.bytes;
    return sendmsg(fd, &message, 0);
}

static int got[300], got_count;

/* Receives and prints all there is to be known but numbers that change from run to run. */
static void receive(int fd, int length, int room, int flags) {
    struct iovec part = {text, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = room};
    memset(&control, 0, sizeof control);
    errno = 0;
    int count = recvmsg(fd, &message, flags);
    printf("received %d %s", count, count < 0 ? strerrorname_np(errno) : "");
    if (count > 0) printf("'%.*s'", count < length ? count : length, text);
    if (count >= 0) printf(" flags %x control %zu", message.msg_flags, message.msg_controllen);
    got_count = 0;
    if (count >= 0)
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
            printf(" [%d %d %zu", c->cmsg_level, c->cmsg_type, c->cmsg_len);
            if (c->cmsg_type == SCM_RIGHTS) {
                int n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
                memcpy(got, CMSG_DATA(c), n * sizeof(int));
                got_count = n;
                for (int i = 0; i < n; i++) printf(" fd %s%s", fcntl(got[i], F_GETFD) & FD_CLOEXEC ? "closed on exec" : "open", got[i] > 2 ? "" : "?");
            } else if (c->cmsg_len >= CMSG_LEN(sizeof(struct ucred))) {
                struct ucred *who = (void *)CMSG_DATA(c);
                printf(" pid %s uid %s gid %s", who->pid == getpid() ? "own" : who->pid ? "other" : "none",
                       who->uid == getuid() ? "own" : "other", who->gid == getgid() ? "own" : "other");
            }
            printf("]");
        }
    puts("");
}

static void close_got(void) {
    for (int i = 0; i < got_count; i++) close(got[i]);
    got_count = 0;
}

static int inherited;

static int count_open(void) {
    int count = 0;
    for (int fd = 3; fd < 400; fd++) count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Nothing is left open. */
static void show_open(void) {
    printf("%d descriptors\n", count_open() - inherited);
}

static void descriptors(int type) {
    int s[2], p[2], many[260];
    printf("type %d\n", type);
    SHOW(socketpair(AF_UNIX, type, 0, s));
    SHOW(pipe(p));
    SHOW(send_with(s[0], "one", 3, &p[1], 1, NULL));
    close(p[1]);
    receive(s[1], 100, sizeof control, MSG_PEEK);
    SHOW(write(got[0], "peeked", 6));
    close_got();
    receive(s[1], 100, sizeof control, 0);
    SHOW(write(got[0], "through", 7));
    close_got();
    SHOW(read(p[0], text, 100));
    SHOW(read(p[0], text, 100));
    int two[2] = {0, p[0]};
    SHOW(send_with(s[0], "two", 3, two, 2, NULL));
    receive(s[1], 100, sizeof control, MSG_CMSG_CLOEXEC);
    close_got();
    SHOW(send_with(s[0], "cut", 3, two, 2, NULL));
    receive(s[1], 100, CMSG_LEN(sizeof(int)), 0);
    close_got();
    SHOW(send_with(s[0], "none", 4, two, 2, NULL));
    receive(s[1], 100, 0, 0);
    SHOW(send_with(s[0], "header", 6, two, 1, NULL));
    receive(s[1], 100, CMSG_LEN(0), 0);
    SHOW(send_with(s[0], "read", 4, two, 2, NULL));
    SHOW(read(s[1], text, 100));
    SHOW(send_with(s[0], "recv", 4, two, 2, NULL));
    SHOW(recv(s[1], text, 2, 0));
    SHOW(send(s[0], "plain", 5, 0));
    receive(s[1], 100, sizeof control, 0);
    receive(s[1], 100, sizeof control, MSG_DONTWAIT);
    for (int i = 0; i < 260; i++) many[i] = p[0];
    SHOW(send_with(s[0], "most", 4, many, 253, NULL));
    receive(s[1], 100, sizeof control, 0);
    close_got();
    SHOW(send_with(s[0], "too many", 8, many, 254, NULL));
    many[3] = 999;
    SHOW(send_with(s[0], "bad", 3, many, 5, NULL));
    SHOW(send_with(s[0], "", 0, two, 1, NULL));
    receive(s[1], 100, sizeof control, MSG_DONTWAIT);
    close_got();
    struct iovec part = {"bytes", 5};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = 24};
    control.align = (struct cmsghdr){8, SOL_SOCKET, SCM_RIGHTS};
    SHOW(sendmsg(s[0], &message, 0));
    control.align = (struct cmsghdr){25, SOL_SOCKET, SCM_RIGHTS};
    SHOW(sendmsg(s[0], &message, 0));
    control.align = (struct cmsghdr){20, SOL_SOCKET, 77};
    SHOW(sendmsg(s[0], &message, 0));
    message.msg_controllen = 7;
    SHOW(sendmsg(s[0], &message, 0));
    receive(s[1], 100, 100, 0);
    close(p[0]);
    close(s[0]);
    close(s[1]);
    show_open();
}

/* A read ends behind the bytes with which descriptors came. */
static void boundaries(void) {
    int s[2], p[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    pipe(p);
    write(s[0], "before ", 7);
    SHOW(send_with(s[0], "with", 4, p, 1, NULL));
    write(s[0], " behind", 7);
    SHOW(send_with(s[0], "again", 5, p, 2, NULL));
    write(s[0], " end", 4);
    receive(s[1], 3, sizeof control, 0);
    receive(s[1], 100, sizeof control, MSG_PEEK);
    close_got();
    receive(s[1], 6, sizeof control, 0);
    close_got();
    receive(s[1], 100, sizeof control, 0);
    close_got();
    SHOW(read(s[1], text, 100));
    SHOW(send_with(s[0], "lost", 4, &p[1], 1, NULL));
    close(p[1]);
    SHOW(fcntl(p[0], F_SETFL, O_NONBLOCK));
    SHOW(read(p[0], text, 1));
    close(s[1]);
    SHOW(read(p[0], text, 1));
    close(s[0]);
    close(p[0]);
    show_open();
}

/* Connected, but each message whole. */
static void packets(void) {
    int s[2], zero = 0, count = -1;
    SHOW(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, s));
    SHOW(write(s[0], "one", 3));
    SHOW(write(s[0], "second", 6));
    SHOW(ioctl(s[1], FIONREAD, &count));
    printf("%d\n", count);
    SHOW(recv(s[1], text, 2, MSG_PEEK));
    SHOW(recv(s[1], text, 2, MSG_TRUNC));
    receive(s[1], 4, sizeof control, 0);
    SHOW(read(s[1], text, 100));
    SHOW(send_with(s[0], "", 0, &zero, 1, NULL));
    struct pollfd p = {s[1], POLLIN, 0};
    SHOW(poll(&p, 1, 1000));
    receive(s[1], 100, sizeof control, 0);
    close_got();
    SHOW(send_with(s[0], "with", 4, &zero, 1, NULL));
    SHOW(write(s[0], "behind", 6));
    receive(s[1], 100, sizeof control, 0);
    close_got();
    receive(s[1], 100, sizeof control, 0);
    static char large[300000];
    SHOW(write(s[0], large, sizeof large));
    SHOW(write(s[0], large, 100000));
    SHOW(read(s[1], large, sizeof large));
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "nobody"};
    SHOW(sendto(s[0], "x", 1, 0, (void *)&name, sizeof name));
    SHOW(read(s[1], large, 0));
    SHOW(read(s[1], large, 1));
    SHOW(write(s[0], "last", 4));
    SHOW(shutdown(s[0], SHUT_WR));
    SHOW(write(s[0], "x", 1));
    SHOW(read(s[1], text, 100));
    SHOW(read(s[1], text, 100));
    SHOW(write(s[1], "unread", 6));
    close(s[0]);
    SHOW(read(s[1], text, 100));
    SHOW(write(s[1], "x", 1));
    close(s[1]);
    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s);
    write(s[0], "unread", 6);
    close(s[1]);
    SHOW(read(s[0], text, 100));
    SHOW(read(s[0], text, 100));
    SHOW(write(s[0], "x", 1));
    close(s[0]);
    s[0] = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    SHOW(write(s[0], "x", 1));
    SHOW(read(s[0], text, 1));
    close(s[0]);
    show_open();
}

/* One message into several pieces. */
static void pieces(int type) {
    int s[2];
    struct iovec parts[3] = {{text, 2}, {text + 50, 0}, {text + 100, 3}};
    socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, s);
    write(s[0], "ab", 2);
    write(s[0], "cdefgh", 6);
    SHOW(readv(s[1], parts, 3));
    SHOW(readv(s[1], parts, 3));
    printf("%.2s %.3s\n", text, text + 100);
    SHOW(readv(s[1], parts, 3));
    SHOW(readv(s[1], parts, 3));
    close(s[0]);
    close(s[1]);
}

static void credentials(int type) {
    int s[2], one = 1;
    struct ucred me = {getpid(), getuid(), getgid()};
    socketpair(AF_UNIX, type, 0, s);
    SHOW(send_with(s[0], "early", 5, NULL, 0, NULL));
    SHOW(send_with(s[0], "stated", 6, NULL, 0, &me));
    receive(s[1], 5, sizeof control, 0);
    SHOW(setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof one));
    receive(s[1], 100, sizeof control, 0);
    SHOW(write(s[0], "write", 5));
    SHOW(send(s[0], "send", 4, 0));
    if (!fork()) {
        write(s[0], "child", 5);
        _exit(0);
    }
    wait(NULL);
    SHOW(send_with(s[0], "file", 4, &one, 1, NULL));
    for (int i = 0; i < 4; i++) {
        receive(s[1], 100, sizeof control, MSG_DONTWAIT);
        close_got();
    }
    SHOW(write(s[0], "little", 6));
    receive(s[1], 100, CMSG_LEN(4), 0);
    SHOW(write(s[0], "none", 4));
    receive(s[1], 100, 0, 0);
    SHOW(write(s[0], "file", 4));
    SHOW(recv(s[1], text, 100, 0));
    close(s[0]);
    close(s[1]);
}

/* A pair of sockets that is a TCP connection, or a local one. */
static void connected(int family, int s[2]) {
    if (family == AF_UNIX) {
        socketpair(AF_UNIX, SOCK_STREAM, 0, s);
        return;
    }
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t room = sizeof name;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (void *)&name, sizeof name);
    listen(listener, 5);
    getsockname(listener, (void *)&name, &room);
    s[0] = socket(AF_INET, SOCK_STREAM, 0);
    connect(s[0], (void *)&name, sizeof name);
    s[1] = accept(listener, NULL, NULL);
    close(listener);
}

static void show_end(int fd) {
    struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP, 0};
    int count = poll(&p, 1, 1000), error = -1;
    printf("poll %d %x\n", count, p.revents);
}

static void show_error(int fd) {
    int error = -1;
    socklen_t room = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &room);
    printf("error %s\n", error ? strerrorname_np(error) : "none");
}

static void broken(int family) {
    int s[2];
    struct linger now = {1, 0};
    printf("family %d\n", family);
    puts("unread bytes, then read");
    connected(family, s);
    write(s[0], "unread", 6);
    write(s[1], "arrived", 7);
    usleep(20000);
    close(s[1]);
    usleep(20000);
    show_end(s[0]);
    SHOW(read(s[0], text, 100));
    SHOW(read(s[0], text, 100));
    SHOW(read(s[0], text, 100));
    show_end(s[0]);
    SHOW(write(s[0], "x", 1));
    SHOW(shutdown(s[0], SHUT_RDWR));
    close(s[0]);

    puts("unread bytes, then write");
    connected(family, s);
    write(s[0], "unread", 6);
    usleep(20000);
    close(s[1]);
    usleep(20000);
    SHOW(write(s[0], "x", 1));
    SHOW(write(s[0], "x", 1));
    if (family == AF_INET) SHOW(read(s[0], text, 100));
    close(s[0]);

    puts("unread bytes, then ask");
    connected(family, s);
    write(s[0], "unread", 6);
    usleep(20000);
    close(s[1]);
    usleep(20000);
    show_error(s[0]);
    show_error(s[0]);
    show_end(s[0]);
    SHOW(read(s[0], text, 100));
    close(s[0]);

    puts("no time to linger");
    connected(family, s);
    SHOW(setsockopt(s[1], SOL_SOCKET, SO_LINGER, &now, sizeof now));
    close(s[1]);
    usleep(20000);
    show_end(s[0]);
    SHOW(read(s[0], text, 100));
    SHOW(read(s[0], text, 100));
    SHOW(write(s[0], "x", 1));
    close(s[0]);

    puts("all read");
    connected(family, s);
    write(s[0], "read", 4);
    SHOW(read(s[1], text, 100));
    close(s[1]);
    usleep(20000);
    show_end(s[0]);
    SHOW(read(s[0], text, 100));
    SHOW(write(s[0], "first", 5));
    usleep(20000);
    SHOW(write(s[0], "second", 6));
    show_end(s[0]);
    SHOW(read(s[0], text, 100));
    show_error(s[0]);
    close(s[0]);

    puts("shut for reading");
    connected(family, s);
    write(s[0], "before", 6);
    usleep(20000);
    SHOW(shutdown(s[1], SHUT_RD));
    SHOW(read(s[1], text, 100));
    SHOW(read(s[1], text, 100));
    SHOW(write(s[0], "behind", 6));
    usleep(20000);
    show_end(s[1]);
    if (family == AF_UNIX) show_end(s[0]);
    close(s[0]);
    close(s[1]);
}

/* Nobody accepts before the listener is closed. */
static void not_accepted(struct sockaddr *name, socklen_t length) {
    int listener = socket(name->sa_family, SOCK_STREAM, 0), client = socket(name->sa_family, SOCK_STREAM, 0);
    bind(listener, name, length);
    listen(listener, 5);
    getsockname(listener, name, &length);
    SHOW(connect(client, name, length));
    close(listener);
    usleep(20000);
    show_end(client);
    SHOW(read(client, text, 10));
    SHOW(read(client, text, 10));
    close(client);
}

static void lonely(void) {
    int kinds[][2] = {{AF_UNIX, SOCK_STREAM}, {AF_INET, SOCK_STREAM}, {AF_UNIX, SOCK_DGRAM}, {AF_INET, SOCK_DGRAM}};
    for (int i = 0; i < 4; i++) {
        int fd = socket(kinds[i][0], kinds[i][1] | SOCK_NONBLOCK, 0);
        SHOW(read(fd, text, 1));
        SHOW(write(fd, "x", 1));
        SHOW(recv(fd, text, 1, MSG_ERRQUEUE));
        struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "nobody"};
        if (kinds[i][0] == AF_UNIX) SHOW(sendto(fd, "x", 1, 0, (void *)&name, sizeof name));
        close(fd);
    }
    SHOW(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
    SHOW(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
    SHOW(socket(AF_INET6, SOCK_STREAM, 250));
    SHOW(socket(AF_UNIX, SOCK_STREAM, 5));
    int s[2];
    connected(AF_INET, s);
    struct sockaddr_storage name;
    struct iovec part = {text, 10};
    struct msghdr message = {.msg_name = &name, .msg_namelen = sizeof name, .msg_iov = &part, .msg_iovlen = 1};
    socklen_t room = sizeof name;
    int file = 0;
    SHOW(send_with(s[0], "tcp", 3, &file, 1, NULL));
    SHOW(recvmsg(s[1], &message, 0));
    SHOW(message.msg_namelen);
    write(s[0], "x", 1);
    SHOW(recvfrom(s[1], text, 10, 0, (void *)&name, &room));
    SHOW(room);
    close(s[0]);
    close(s[1]);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    inherited = count_open();
    descriptors(SOCK_STREAM);
    descriptors(SOCK_DGRAM);
    descriptors(SOCK_SEQPACKET);
    boundaries();
    packets();
    pieces(SOCK_STREAM);
    pieces(SOCK_DGRAM);
    credentials(SOCK_STREAM);
    credentials(SOCK_DGRAM);
    credentials(SOCK_SEQPACKET);
    broken(AF_UNIX);
    broken(AF_INET);
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    not_accepted((void *)&four, sizeof four);
    struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0gostub-test-message"};
    not_accepted((void *)&hidden, sizeof(sa_family_t) + 20);
    lonely();
    return 0;
}
