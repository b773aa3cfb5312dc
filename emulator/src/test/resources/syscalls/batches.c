// sendmmsg and recvmmsg: several messages in one call, what comes of those before an error, and times.
#define _GNU_SOURCE
#include "show.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

#define MOST 1100

static struct mmsghdr out[MOST], in[MOST];
static struct iovec parts[MOST], rooms[MOST];
static char buffers[MOST][16];

static void prepare(int count, const char *text) {
    memset(out, 0, sizeof out);
    for (int i = 0; i < count; i++) {
        parts[i] = (struct iovec){(void *)text, i % 8 + 1};
        out[i].msg_hdr.msg_iov = &parts[i];
        out[i].msg_hdr.msg_iovlen = 1;
    }
}

static void ready(int count, int room) {
    memset(in, 0, sizeof in);
    for (int i = 0; i < count; i++) {
        rooms[i] = (struct iovec){buffers[i], room};
        in[i].msg_hdr.msg_iov = &rooms[i];
        in[i].msg_hdr.msg_iovlen = 1;
    }
}

static void lengths(struct mmsghdr *m, int count) {
    for (int i = 0; i < count; i++) {
        printf(" %u/%x", m[i].msg_len, m[i].msg_hdr.msg_flags);
    }
    printf("\n");
}

static void plain(void) {
    int s[2];
    socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
    prepare(4, "abcdefgh");
    SHOW(sendmmsg(s[0], out, 4, 0));
    lengths(out, 4);
    ready(6, 3);
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, NULL));
    lengths(in, 5);
    printf("%.1s %.2s %.3s %.3s\n", buffers[0], buffers[1], buffers[2], buffers[3]);
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, NULL));
    SHOW(sendmmsg(s[0], out, 4, 0));
    SHOW(recvmmsg(s[1], in, 6, MSG_WAITFORONE, NULL));
    SHOW(sendmmsg(s[0], out, 4, 0));
    SHOW(recvmmsg(s[1], in, 2, MSG_WAITFORONE | MSG_TRUNC, NULL));
    SHOW(recvmmsg(s[1], in, 0, 0, NULL));
    SHOW(recvmmsg(s[1], in, 2, MSG_PEEK | MSG_TRUNC, NULL));
    lengths(in, 2);
    SHOW(recvmmsg(s[1], in, 9, MSG_DONTWAIT, NULL));
    SHOW(sendmmsg(s[0], out, 0, 0));
    SHOW(sendmmsg(99, out, 1, 0));
    SHOW(recvmmsg(99, in, 1, 0, NULL));
    int file = open(".", O_RDONLY);
    SHOW(sendmmsg(file, out, 0, 0));
    SHOW(recvmmsg(file, in, 0, 0, NULL));
    close(file);
    SHOW(sendmmsg(s[0], (void *)8, 1, 0));
    SHOW(recvmmsg(s[1], (void *)8, 1, MSG_DONTWAIT, NULL));
    SHOW(sendmmsg(s[0], out, 1, 0x80000000));
    SHOW(recvmmsg(s[1], in, 1, 0x80000000, NULL));
    close(s[1]);
    SHOW(sendmmsg(s[0], out, 2, 0));
    close(s[0]);
}

static void errors(void) {
    int s[2];
    socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
    prepare(4, "abcdefgh");
    parts[2].iov_base = (void *)8;
    SHOW(sendmmsg(s[0], out, 4, 0));
    SHOW(sendmmsg(s[0], out + 2, 2, 0));
    prepare(4, "abcdefgh");
    sendmmsg(s[0], out, 4, 0);
    ready(6, 3);
    rooms[1].iov_base = (void *)8;
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, NULL));
    lengths(in, 2);
    SHOW(recvmmsg(s[1], in, 1, MSG_DONTWAIT, NULL));
    SHOW(recvmmsg(s[1], in, 1, MSG_DONTWAIT, NULL));
    rooms[1].iov_base = (void *)8;
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, NULL));
    int e = 0;
    socklen_t size = sizeof e;
    getsockopt(s[1], SOL_SOCKET, SO_ERROR, &e, &size);
    printf("SO_ERROR %s\n", strerrorname_np(e));
    ready(6, 3);
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, NULL));
    close(s[0]), close(s[1]);
}

static void many(void) {
    int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}}, from[3];
    socklen_t size = sizeof at;
    bind(a, (void *)&at, size);
    getsockname(a, (void *)&at, &size);
    prepare(MOST, "abcdefgh");
    for (int i = 0; i < 3; i++) {
        out[i].msg_hdr.msg_name = &at;
        out[i].msg_hdr.msg_namelen = sizeof at;
    }
    SHOW(sendmmsg(b, out, 4, 0)); // the fourth has no address
    ready(4, 16);
    for (int i = 0; i < 3; i++) {
        in[i].msg_hdr.msg_name = &from[i];
        in[i].msg_hdr.msg_namelen = sizeof from[i];
    }
    SHOW(recvmmsg(a, in, 3, 0, NULL));
    lengths(in, 3);
    struct sockaddr_in own;
    size = sizeof own;
    getsockname(b, (void *)&own, &size);
    for (int i = 0; i < 3; i++) {
        printf("from %x port %d length %d\n", ntohl(from[i].sin_addr.s_addr), from[i].sin_port == own.sin_port, in[i].msg_hdr.msg_namelen);
    }
    close(a);
    connect(b, (void *)&at, sizeof at);
    prepare(4, "abcdefgh");
    SHOW(sendmmsg(b, out, 4, 0)); // the first is refused, which the second is told
    SHOW(recvmmsg(b, in, 4, MSG_DONTWAIT, NULL));
    close(b);
    int s[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    prepare(MOST, "abcdefgh");
    int room = 1 << 20;
    setsockopt(s[0], SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    write(s[0], "0123456789", 10);
    ready(4, 4);
    SHOW(recvmmsg(s[1], in, 4, MSG_DONTWAIT, NULL));
    lengths(in, 3);
    close(s[0]);
    SHOW(recvmmsg(s[1], in, 4, 0, NULL));
    signal(SIGPIPE, SIG_IGN);
    SHOW(sendmmsg(s[1], out, 2, 0));
    close(s[1]);
}

/** No more than 1,024 go at once, whatever is asked for. */
static void most(void) {
    int s[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    prepare(MOST, "abcdefgh");
    for (int i = 0; i < MOST; i++) {
        parts[i].iov_len = 0;
    }
    SHOW(sendmmsg(s[0], out, MOST, 0));
    close(s[0]), close(s[1]);
}

static void nothing(int signal) {}

static void times(void) {
    int s[2];
    socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
    struct timespec t = {0, 1000000};
    prepare(4, "abcdefgh");
    ready(6, 16);
    fflush(stdout);
    if (fork() == 0) {
        usleep(50000);
        sendmmsg(s[0], out, 2, 0);
        _exit(0);
    }
    SHOW(recvmmsg(s[1], in, 6, 0, &t)); // the time is over with the first message
    printf("left %ld %ld\n", t.tv_sec, t.tv_nsec);
    wait(NULL);
    t = (struct timespec){100, 0};
    SHOW(recvmmsg(s[1], in, 1, 0, &t));
    printf("left %d\n", t.tv_sec >= 10 && t.tv_sec <= 100);
    t = (struct timespec){0, 0};
    sendmmsg(s[0], out, 2, 0);
    SHOW(recvmmsg(s[1], in, 6, 0, &t));
    SHOW(recvmmsg(s[1], in, 6, MSG_DONTWAIT, &t));
    t = (struct timespec){0, 1000000000};
    SHOW(recvmmsg(s[1], in, 6, 0, &t));
    t = (struct timespec){-1, 0};
    SHOW(recvmmsg(s[1], in, 6, 0, &t));
    SHOW(syscall(SYS_recvmmsg, s[1], in, 6, 0, 8));
    struct timeval limit = {0, 20000};
    setsockopt(s[1], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    SHOW(recvmmsg(s[1], in, 6, 0, NULL));
    sendmmsg(s[0], out, 2, 0);
    SHOW(recvmmsg(s[1], in, 6, 0, NULL));
    limit.tv_usec = 0;
    setsockopt(s[1], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    struct sigaction act = {.sa_handler = nothing};
    sigaction(SIGALRM, &act, NULL);
    struct itimerval soon = {.it_value = {.tv_usec = 30000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(recvmmsg(s[1], in, 6, 0, NULL));
    close(s[0]), close(s[1]);
    // A stream that nobody reads: whole messages, then the part of one.
    static char large[100000];
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    prepare(100, "");
    for (int i = 0; i < 100; i++) {
        parts[i] = (struct iovec){large, sizeof large};
    }
    struct itimerval often = {{0, 30000}, {0, 30000}};
    setitimer(ITIMER_REAL, &often, NULL);
    int n = sendmmsg(s[0], out, 100, 0);
    memset(&often, 0, sizeof often);
    setitimer(ITIMER_REAL, &often, NULL);
    long total = 0, came = 0, k;
    for (int i = 0; i < n; i++) {
        total += out[i].msg_len;
    }
    while ((k = recv(s[1], large, sizeof large, MSG_DONTWAIT)) > 0) {
        came += k;
    }
    printf("some: %d, all that came is counted: %d\n", n > 0 && n < 100, total == came);
    close(s[0]), close(s[1]);
}

int main(void) {
    plain();
    errors();
    many();
    most();
    times();
    return 0;
}
