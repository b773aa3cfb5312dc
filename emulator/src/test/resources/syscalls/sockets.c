// Sockets inside the machine: local ones, TCP and UDP on the loopback, and those that ask the kernel about it.
#include "show.h"
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

static char text[200000];

static void show_poll(int fd) {
    struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP, 0};
    int count = poll(&p, 1, 1000);
    printf("poll: %d %x\n", count, p.revents);
}

static void pairs(void) {
    int s[2];
    SHOW(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s));
    SHOW(fcntl(s[0], F_GETFD));
    show_poll(s[0]);
    SHOW(write(s[0], "hello", 5));
    SHOW(recv(s[1], text, 3, MSG_PEEK));
    SHOW(read(s[1], text, 100));
    SHOW(recv(s[1], text, 1, MSG_DONTWAIT));
    SHOW(write(s[1], "last words", 10));
    SHOW(shutdown(s[1], SHUT_WR));
    SHOW(write(s[1], "x", 1));
    show_poll(s[0]);
    SHOW(read(s[0], text, 100));
    SHOW(read(s[0], text, 100));
    SHOW(write(s[0], "still", 5));
    SHOW(close(s[0]));
    SHOW(read(s[1], text, 100));
    SHOW(read(s[1], text, 100));
    SHOW(lseek(s[1], 0, SEEK_SET));
    struct stat status;
    SHOW(fstat(s[1], &status));
    printf("%o\n", status.st_mode & S_IFMT);
    SHOW(socketpair(AF_UNIX, SOCK_DGRAM, 0, s));
    SHOW(write(s[0], "one", 3));
    SHOW(write(s[0], "second", 6));
    SHOW(read(s[1], text, 2));
    SHOW(read(s[1], text, 100));
    SHOW(socketpair(AF_INET, SOCK_STREAM, 0, s));
    SHOW(socket(AF_UNIX, 77, 0));
    SHOW(socket(99, SOCK_STREAM, 0));
    SHOW(send(1, "x", 1, 0));
}

static void *serve(void *listening) {
    int listener = *(int *)listening;
    int connection = accept(listener, NULL, NULL);
    long count, sum = 0;
    while ((count = read(connection, text, 10000)) > 0)
        for (long i = 0; i < count; i++) sum += text[i];
    write(connection, &sum, sizeof sum);
    close(connection);
    return NULL;
}

static void streams(struct sockaddr *name, socklen_t length) {
    pthread_t server;
    int listener = socket(name->sa_family, SOCK_STREAM, 0), one = 1;
    SHOW(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
    SHOW(accept(listener, NULL, NULL));
    SHOW(bind(listener, name, length));
    SHOW(bind(listener, name, length));
    SHOW(listen(listener, 5));
    struct sockaddr_storage bound;
    socklen_t room = sizeof bound;
    SHOW(getsockname(listener, (void *)&bound, &room));
    SHOW(room);
    int second = socket(name->sa_family, SOCK_STREAM, 0);
    SHOW(bind(second, (void *)&bound, room));
    SHOW(getpeername(listener, (void *)text, &room));
    pthread_create(&server, NULL, serve, &listener);
    int client = socket(name->sa_family, SOCK_STREAM, 0);
    SHOW(read(client, text, 1) < 0);
    room = name->sa_family == AF_UNIX ? length : name->sa_family == AF_INET ? 16 : 28;
    SHOW(connect(client, (void *)&bound, room));
    SHOW(connect(client, (void *)&bound, room));
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    static char data[150000];
    for (unsigned i = 0; i < sizeof data; i++) data[i] = i % 11;
    for (unsigned done = 0; done < sizeof data;) done += write(client, data + done, sizeof data - done);
    SHOW(shutdown(client, SHUT_WR));
    long sum = 0;
    SHOW(read(client, &sum, sizeof sum));
    printf("%ld\n", sum);
    SHOW(read(client, &sum, sizeof sum));
    pthread_join(server, NULL);
    int type = 0;
    room = sizeof type;
    SHOW(getsockopt(client, SOL_SOCKET, SO_TYPE, &type, &room));
    SHOW(getsockopt(client, SOL_SOCKET, SO_ERROR, &type, &room));
    SHOW(type);
    SHOW(getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, &type, &room));
    SHOW(type);
    close(client);
    close(listener);
    client = socket(name->sa_family, SOCK_STREAM, 0);
    SHOW(connect(client, (void *)&bound, name->sa_family == AF_UNIX ? length : name->sa_family == AF_INET ? 16 : 28));
}

static void datagrams(void) {
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, from;
    int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    socklen_t room = sizeof name;
    SHOW(bind(receiver, (void *)&name, sizeof name));
    SHOW(getsockname(receiver, (void *)&name, &room));
    SHOW(write(sender, "x", 1));
    SHOW(sendto(sender, "message", 7, 0, (void *)&name, sizeof name));
    SHOW(connect(sender, (void *)&name, sizeof name));
    SHOW(write(sender, "", 0));
    SHOW(write(sender, "another", 7));
    room = sizeof from;
    SHOW(recvfrom(receiver, text, 100, 0, (void *)&from, &room));
    SHOW(from.sin_addr.s_addr == name.sin_addr.s_addr && from.sin_port != name.sin_port);
    SHOW(recv(receiver, text, 100, 0));
    SHOW(recv(receiver, text, 3, MSG_TRUNC));
    SHOW(sendto(receiver, "back", 4, 0, (void *)&from, room));
    struct iovec parts[2] = {{text, 2}, {text + 50, 100}};
    struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = parts, .msg_iovlen = 2};
    SHOW(recvmsg(sender, &message, 0));
    printf("%.2s %.2s %d %d\n", text, text + 50, (int)message.msg_namelen, message.msg_flags);
    SHOW(recvmsg(sender, &message, 0));
    message.msg_name = NULL;
    message.msg_namelen = 0;
    parts[1].iov_len = 3;
    SHOW(sendmsg(sender, &message, 0));
    SHOW(read(receiver, text, 100));
    SHOW(listen(receiver, 1));
    struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(9)};
    int lonely = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    SHOW(sendto(lonely, "lost", 4, 0, (void *)&nobody, sizeof nobody));
    SHOW(recv(lonely, text, 9, 0));
    SHOW(connect(lonely, (void *)&nobody, sizeof nobody));
    SHOW(send(lonely, "refused", 7, 0));
    show_poll(lonely);
    SHOW(send(lonely, "told", 4, 0));
    SHOW(send(lonely, "refused", 7, 0));
    SHOW(recv(lonely, text, 9, 0));
    SHOW(recv(lonely, text, 9, 0));
}

static void local_datagrams(void) {
    struct sockaddr_un one = {.sun_family = AF_UNIX, .sun_path = "one"}, other = {.sun_family = AF_UNIX, .sun_path = "other"}, from;
    int a = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0), b = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    SHOW(bind(a, (void *)&one, sizeof(sa_family_t) + 4));
    SHOW(connect(b, (void *)&other, sizeof(sa_family_t) + 6));
    SHOW(connect(b, (void *)&one, sizeof(sa_family_t) + 4));
    SHOW(send(b, "hello", 5, 0));
    socklen_t room = sizeof from;
    SHOW(recvfrom(a, text, 100, 0, (void *)&from, &room));
    printf("%d\n", (int)room);
    SHOW(getpeername(b, (void *)&from, &room));
    printf("%d %s\n", (int)room, from.sun_path);
    SHOW(bind(b, (void *)&other, sizeof(sa_family_t) + 6));
    SHOW(unlink("one"));
    SHOW(send(b, "", 0, 0));
    SHOW(recvfrom(a, text, 100, 0, (void *)&from, &room));
    SHOW(sendto(a, "back", 4, 0, (void *)&from, room));
    SHOW(recv(b, text, 100, 0));
    close(a);
    SHOW(send(b, "gone", 4, 0));
    SHOW(unlink("other"));
}

/* Only the loopback: the others are the machine's. */
static void interfaces(void) {
    struct ifaddrs *all;
    SHOW(getifaddrs(&all));
    for (struct ifaddrs *each = all; each; each = each->ifa_next) {
        if (strcmp(each->ifa_name, "lo")) continue;
        printf("lo %d %x", each->ifa_addr->sa_family, each->ifa_flags & (IFF_UP | IFF_LOOPBACK | IFF_RUNNING));
        if (each->ifa_addr->sa_family == AF_INET) {
            printf(" %x", ntohl(((struct sockaddr_in *)each->ifa_addr)->sin_addr.s_addr));
            printf(" %x", ntohl(((struct sockaddr_in *)each->ifa_netmask)->sin_addr.s_addr));
        } else if (each->ifa_addr->sa_family == AF_PACKET) {
            struct sockaddr_ll *link = (void *)each->ifa_addr;
            printf(" %d %d %d", link->sll_ifindex, link->sll_hatype, link->sll_halen);
        }
        puts(each->ifa_addr->sa_family == AF_INET6 ? " the sixth" : "");
    }
}

static void netlink(void) {
    int s = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_ROUTE);
    struct sockaddr_nl name;
    socklen_t room = sizeof name;
    SHOW(getsockname(s, (void *)&name, &room));
    printf("%d %d %d\n", room, name.nl_family, name.nl_pid);
    SHOW(getpeername(s, (void *)&name, &room));
    int type;
    room = sizeof type;
    SHOW(getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &room));
    printf("%d\n", type);
    static const struct { int type, flags, index; } asked[] = {
        {RTM_GETLINK, 0, 1}, {RTM_GETLINK, NLM_F_ACK, 1}, {RTM_GETLINK, 0, 999999}, {NLMSG_NOOP, NLM_F_ACK, 0}, {NLMSG_NOOP, 0, 0},
    };
    for (int i = 0; i < 5; i++) {
        struct { struct nlmsghdr header; struct ifinfomsg body; } request = {
            {sizeof request, asked[i].type, NLM_F_REQUEST | asked[i].flags, 7 + i}, {.ifi_index = asked[i].index}};
        SHOW(write(s, &request, sizeof request));
        char answers[8192];
        for (int n; (n = recv(s, answers, sizeof answers, 0)) > 0;) {
            for (struct nlmsghdr *h = (void *)answers; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
                printf("%d %x %d", h->nlmsg_type, h->nlmsg_flags, h->nlmsg_seq);
                if (h->nlmsg_type == NLMSG_ERROR) printf(" %d %d", h->nlmsg_len, ((struct nlmsgerr *)NLMSG_DATA(h))->error);
                puts("");
            }
        }
    }
    SHOW(socket(AF_NETLINK, SOCK_STREAM, NETLINK_ROUTE));
    int one = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE), other = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE);
    name.nl_pid = 77;
    SHOW(bind(one, (void *)&name, sizeof name));
    SHOW(bind(other, (void *)&name, sizeof name));
    SHOW(bind(one, (void *)&name, sizeof name));
    name.nl_pid = 78;
    SHOW(bind(one, (void *)&name, sizeof name));
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    interfaces();
    netlink();
    pairs();
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    streams((void *)&four, sizeof four);
    struct sockaddr_in any = {.sin_family = AF_INET};
    streams((void *)&any, sizeof any);
    struct sockaddr_un local = {.sun_family = AF_UNIX, .sun_path = "socket"};
    streams((void *)&local, sizeof(sa_family_t) + 7);
    SHOW(unlink("socket"));
    struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0gostub-test-name"};
    streams((void *)&hidden, sizeof(sa_family_t) + 17);
    datagrams();
    local_datagrams();
    return 0;
}
