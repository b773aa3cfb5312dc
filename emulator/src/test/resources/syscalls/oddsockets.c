// Odd arguments of socket calls: which error comes first, urgent bytes, messages in parts.
#define _GNU_SOURCE
#include "show.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

static char buffer[70000];

static void kinds(void) {
    int s[2];
    SHOW(socket(AF_INET, SOCK_RAW, 0));
    SHOW(socket(AF_INET, SOCK_STREAM, -1));
    SHOW(socket(AF_INET, SOCK_STREAM, 300));
    SHOW(socket(AF_INET, SOCK_STREAM, 17));
    SHOW(socket(AF_INET, SOCK_STREAM, 1));
    SHOW(socket(AF_UNIX, SOCK_STREAM, 6));
    SHOW(socket(-1, SOCK_STREAM, 0));
    SHOW(socket(99, SOCK_STREAM, 0));
    SHOW(socketpair(0, SOCK_STREAM, 0, s));
    SHOW(socketpair(AF_INET, 75, 0, s));
    SHOW(socketpair(AF_INET, SOCK_RAW, 0, s));
    SHOW(socketpair(AF_INET, SOCK_DGRAM, 6, s));
    SHOW(socketpair(AF_INET, SOCK_STREAM, 6, s));
    SHOW(socketpair(AF_UNIX, SOCK_STREAM, 6, s));
    SHOW(socketpair(AF_NETLINK, SOCK_RAW, 0, s));
}

static void shutting(int family, int type) {
    int s = socket(family, type, 0);
    SHOW(shutdown(s, 9));
    SHOW(shutdown(s, -1));
    SHOW(shutdown(s, SHUT_RD));
    close(s);
}

static void connected(int s[2]) {
    struct sockaddr_in at = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    int l = socket(AF_INET, SOCK_STREAM, 0);
    bind(l, (void *)&at, size);
    listen(l, 1);
    getsockname(l, (void *)&at, &size);
    s[0] = socket(AF_INET, SOCK_STREAM, 0);
    connect(s[0], (void *)&at, size);
    s[1] = accept(l, NULL, NULL);
    SHOW(recv(l, buffer, 1, MSG_OOB | MSG_DONTWAIT));
    close(l);
}

static void urgent(void) {
    int s[2];
    connected(s);
    SHOW(recv(s[1], buffer, 10, MSG_OOB | MSG_DONTWAIT));
    SHOW(send(s[0], "abc", 3, MSG_OOB));
    struct pollfd p = {s[1], POLLPRI};
    SHOW(poll(&p, 1, 10000));
    printf("events %x\n", p.revents);
    SHOW(recv(s[1], buffer, 1, MSG_OOB | MSG_PEEK));
    SHOW(recv(s[1], buffer, 10, MSG_OOB));
    printf("%c\n", buffer[0]);
    SHOW(recv(s[1], buffer, 10, MSG_OOB));
    SHOW(recv(s[1], buffer, 10, 0));
    printf("%.2s\n", buffer);
    SHOW(send(s[0], "abc", 3, MSG_OOB));
    SHOW(poll(&p, 1, 10000));
    SHOW(recv(s[1], buffer, 10, 0));
    SHOW(recv(s[1], buffer, 10, MSG_DONTWAIT)); // passes it by
    SHOW(recv(s[1], buffer, 10, MSG_OOB | MSG_DONTWAIT));
    close(s[0]), close(s[1]);
    int types[] = {SOCK_DGRAM, SOCK_SEQPACKET};
    for (int i = 0; i < 2; i++) {
        socketpair(AF_UNIX, types[i], 0, s);
        SHOW(send(s[1], "a", 1, MSG_OOB));
        SHOW(recv(s[1], buffer, 1, MSG_OOB | MSG_DONTWAIT));
        close(s[0]), close(s[1]);
    }
}

static void datagrams(void) {
    struct sockaddr_in at = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}}, other;
    socklen_t size = sizeof at;
    int in = socket(AF_INET, SOCK_DGRAM, 0), out = socket(AF_INET, SOCK_DGRAM, 0);
    bind(in, (void *)&at, size);
    getsockname(in, (void *)&at, &size);
    SHOW(sendto(out, buffer, 66000, 0, (void *)&at, sizeof at));
    SHOW(sendto(out, buffer, 65508, 0, (void *)&at, sizeof at));
    SHOW(sendto(out, "ab", 2, MSG_MORE, (void *)&at, sizeof at));
    SHOW(recv(in, buffer, 10, MSG_DONTWAIT));
    SHOW(send(out, "cd", 2, MSG_MORE)); // has the address already
    SHOW(recv(in, buffer, 10, MSG_DONTWAIT));
    SHOW(sendto(out, "ef", 2, 0, (void *)&at, sizeof at));
    SHOW(recv(in, buffer, 10, 0));
    printf("%.6s\n", buffer);
    SHOW(send(out, "gh", 2, MSG_MORE));
    SHOW(sendto(out, "gh", 2, MSG_OOB, (void *)&at, sizeof at));
    SHOW(recv(in, buffer, 10, MSG_OOB | MSG_DONTWAIT));
    struct iovec part = {buffer, 10};
    struct msghdr m = {.msg_name = &other, .msg_namelen = -1, .msg_iov = &part, .msg_iovlen = 1};
    SHOW(recvmsg(in, &m, MSG_DONTWAIT));
    SHOW(sendmsg(out, &m, MSG_DONTWAIT));
    m.msg_iovlen = -1;
    SHOW(recvmsg(in, &m, MSG_DONTWAIT));
    m.msg_namelen = sizeof other;
    SHOW(recvmsg(in, &m, MSG_DONTWAIT));
    close(in), close(out);
}

int main(void) {
    kinds();
    shutting(AF_UNIX, SOCK_STREAM);
    shutting(AF_UNIX, SOCK_DGRAM);
    shutting(AF_INET, SOCK_STREAM);
    shutting(AF_INET, SOCK_DGRAM);
    urgent();
    datagrams();
    return 0;
}
