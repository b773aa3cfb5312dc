// Options of sockets: what is set comes back as Linux gives it, and some take effect.
#include "show.h"
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>

static struct sockaddr_in loopback = {.sin_family = AF_INET};

static void show_option(const char *name, int fd, int level, int option) {
    int value = -77;
    socklen_t room = sizeof value;
    int result = getsockopt(fd, level, option, &value, &room);
    if (result < 0) printf("  %s: %s\n", name, strerrorname_np(errno));
    else printf("  %s: %d (%u)\n", name, value, room);
}

static void set_option(const char *name, int fd, int level, int option, int value) {
    int result = setsockopt(fd, level, option, &value, sizeof value);
    printf("  set %s %d: %s\n", name, value, result < 0 ? strerrorname_np(errno) : "ok");
    show_option(name, fd, level, option);
}

#define GET(fd, level, option) show_option(#option, fd, level, option)
#define SET(fd, level, option, value) set_option(#option, fd, level, option, value)

static void of_all(int fd) {
    GET(fd, SOL_SOCKET, SO_TYPE);
    GET(fd, SOL_SOCKET, SO_DOMAIN);
    GET(fd, SOL_SOCKET, SO_PROTOCOL);
    GET(fd, SOL_SOCKET, SO_ACCEPTCONN);
    GET(fd, SOL_SOCKET, SO_ERROR);
    GET(fd, SOL_SOCKET, SO_KEEPALIVE);
    SET(fd, SOL_SOCKET, SO_KEEPALIVE, 5);
    SET(fd, SOL_SOCKET, SO_REUSEADDR, -1);
    SET(fd, SOL_SOCKET, SO_REUSEADDR, 0);
    SET(fd, SOL_SOCKET, SO_BROADCAST, 2);
    SET(fd, SOL_SOCKET, SO_DONTROUTE, 2);
    SET(fd, SOL_SOCKET, SO_OOBINLINE, 1);
    SET(fd, SOL_SOCKET, SO_PRIORITY, 6);
    SET(fd, SOL_SOCKET, SO_RCVBUF, 10000);
    SET(fd, SOL_SOCKET, SO_RCVBUF, 1);
    SET(fd, SOL_SOCKET, SO_SNDBUF, 10000);
    SET(fd, SOL_SOCKET, SO_SNDBUF, 1);
    SET(fd, SOL_SOCKET, SO_RCVLOWAT, 0);
    SET(fd, SOL_SOCKET, SO_RCVLOWAT, 7);
    SET(fd, SOL_SOCKET, SO_RCVLOWAT, 1);
    SET(fd, SOL_SOCKET, SO_SNDLOWAT, 1);
    SET(fd, SOL_SOCKET, SO_TIMESTAMP, 1);
    SET(fd, SOL_SOCKET, SO_TYPE, 1);
    SET(fd, SOL_SOCKET, SO_ERROR, 1);
    SET(fd, SOL_SOCKET, SO_DOMAIN, 1);
    SET(fd, SOL_SOCKET, SO_PROTOCOL, 1);
    SET(fd, SOL_SOCKET, SO_ACCEPTCONN, 1);
    SET(fd, SOL_SOCKET, 12345, 1);
}

static void of_tcp(int fd) {
    GET(fd, IPPROTO_TCP, TCP_NODELAY);
    SET(fd, IPPROTO_TCP, TCP_NODELAY, 3);
    SET(fd, IPPROTO_TCP, TCP_CORK, 1);
    SET(fd, IPPROTO_TCP, TCP_CORK, 0);
    GET(fd, IPPROTO_TCP, TCP_KEEPIDLE);
    SET(fd, IPPROTO_TCP, TCP_KEEPIDLE, 0);
    SET(fd, IPPROTO_TCP, TCP_KEEPIDLE, 32767);
    SET(fd, IPPROTO_TCP, TCP_KEEPIDLE, 32768);
    GET(fd, IPPROTO_TCP, TCP_KEEPINTVL);
    SET(fd, IPPROTO_TCP, TCP_KEEPINTVL, -1);
    SET(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    GET(fd, IPPROTO_TCP, TCP_KEEPCNT);
    SET(fd, IPPROTO_TCP, TCP_KEEPCNT, 127);
    SET(fd, IPPROTO_TCP, TCP_KEEPCNT, 128);
    SET(fd, IPPROTO_TCP, TCP_SYNCNT, 0);
    SET(fd, IPPROTO_TCP, TCP_SYNCNT, 3);
    GET(fd, IPPROTO_TCP, TCP_LINGER2);
    SET(fd, IPPROTO_TCP, TCP_LINGER2, 10);
    SET(fd, IPPROTO_TCP, TCP_LINGER2, -5);
    GET(fd, IPPROTO_TCP, TCP_USER_TIMEOUT);
    SET(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, -1);
    SET(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 5000);
    SET(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
    SET(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 5);
    SET(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 0);
    GET(fd, IPPROTO_TCP, TCP_QUICKACK);
    SET(fd, IPPROTO_TCP, TCP_QUICKACK, 0);
    SET(fd, IPPROTO_TCP, TCP_QUICKACK, 1);
    GET(fd, IPPROTO_TCP, TCP_MAXSEG);
    SET(fd, IPPROTO_TCP, TCP_MAXSEG, 1000);
    SET(fd, IPPROTO_TCP, TCP_MAXSEG, 50);
    SET(fd, IPPROTO_TCP, TCP_MAXSEG, 40000);
    SET(fd, IPPROTO_TCP, TCP_FASTOPEN, -1);
    SET(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 2);
    SET(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 9);
    SET(fd, IPPROTO_TCP, 9999, 1);
    SET(fd, IPPROTO_UDP, 1, 1);
    char info[300] = "";
    socklen_t room = 1;
    SHOW(getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &room));
    printf("%d %u\n", info[0], room);
    room = 104;
    SHOW(getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &room));
    printf("%d %u\n", info[0], room);
    SHOW(setsockopt(fd, IPPROTO_TCP, TCP_INFO, info, 104));
    char name[20] = "";
    room = sizeof name;
    SHOW(setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
    SHOW(getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &room));
    printf("%s %u\n", name, room);
    SHOW(setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "no such", 7));
}

static void of_ip(int fd) {
    GET(fd, IPPROTO_IP, IP_TTL);
    SET(fd, IPPROTO_IP, IP_TTL, 0);
    SET(fd, IPPROTO_IP, IP_TTL, 256);
    SET(fd, IPPROTO_IP, IP_TTL, 255);
    SET(fd, IPPROTO_IP, IP_TTL, -1);
    SET(fd, IPPROTO_IP, IP_TOS, 0x10);
    SET(fd, IPPROTO_IP, IP_TOS, 0);
    SET(fd, IPPROTO_IP, IP_PKTINFO, 1);
    SET(fd, IPPROTO_IP, IP_RECVTTL, 1);
    SET(fd, IPPROTO_IP, IP_RECVTOS, 1);
    SET(fd, IPPROTO_IP, IP_RECVERR, 1);
    SET(fd, IPPROTO_IP, IP_MTU_DISCOVER, 2);
    SET(fd, IPPROTO_IP, IP_MTU_DISCOVER, 9);
    SET(fd, IPPROTO_IP, IP_FREEBIND, 1);
    SET(fd, IPPROTO_IP, IP_MINTTL, 256);
    SET(fd, IPPROTO_IP, 7777, 1);
    SET(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0);
    SET(fd, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    GET(fd, IPPROTO_IP, IP_MULTICAST_TTL);
    unsigned char byte = 9;
    socklen_t room = 1;
    SHOW(setsockopt(fd, IPPROTO_IP, IP_TTL, &byte, 1));
    byte = 0;
    SHOW(getsockopt(fd, IPPROTO_IP, IP_TTL, &byte, &room));
    printf("%d %u\n", byte, room);
}

static void of_version_6(int type) {
    int fd = socket(AF_INET6, type, 0);
    if (fd < 0) return;
    GET(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS);
    SET(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 256);
    SET(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 0);
    SET(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, -1);
    SET(fd, IPPROTO_IPV6, IPV6_TCLASS, 32);
    SET(fd, IPPROTO_IPV6, IPV6_TCLASS, 256);
    SET(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    SET(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
    SET(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    SET(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
    SET(fd, IPPROTO_IPV6, IPV6_V6ONLY, 4);
    SET(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    SET(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    SET(fd, IPPROTO_IPV6, 7777, 1);
    SET(fd, IPPROTO_IP, IP_TTL, 12);
    if (type == SOCK_DGRAM) {
        GET(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS);
        SET(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 300);
        SET(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 7);
        SET(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
        SET(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 2);
    }
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    SHOW(bind(fd, (void *)&name, sizeof name));
    SET(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    close(fd);
}

static int listen_at(int family, const void *host, int port, int only) {
    int fd = socket(family, SOCK_STREAM, 0);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = port};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = port};
    memcpy(family == AF_INET6 ? (void *)&six.sin6_addr : (void *)&four.sin_addr, host, family == AF_INET6 ? 16 : 4);
    if (family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
    int result = family == AF_INET6 ? bind(fd, (void *)&six, sizeof six) : bind(fd, (void *)&four, sizeof four);
    if (!result) result = listen(fd, 5);
    if (!result) return fd;
    close(fd);
    return -1;
}

static int connect_to(int family, int port) {
    int fd = socket(family, SOCK_STREAM, 0);
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = port, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = port, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int result = family == AF_INET6 ? connect(fd, (void *)&six, sizeof six) : connect(fd, (void *)&four, sizeof four);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}

/* The same port for both versions, or one for each. */
static void both_versions(void) {
    struct sockaddr_in6 name;
    socklen_t room = sizeof name;
    struct in_addr any = {0}, here = {htonl(INADDR_LOOPBACK)};
    int first = listen_at(AF_INET6, &in6addr_any, 0, 1);
    if (first < 0) return;
    getsockname(first, (void *)&name, &room);
    int port = name.sin6_port;
    SHOW(connect_to(AF_INET6, port));
    SHOW(connect_to(AF_INET, port));
    SHOW(listen_at(AF_INET6, &in6addr_loopback, port, 0) < 0 ? -1 : 0);
    int second = listen_at(AF_INET, &any, port, 0);
    SHOW(second < 0 ? -1 : 0);
    SHOW(connect_to(AF_INET, port));
    SHOW(listen_at(AF_INET6, &in6addr_any, port, 0) < 0 ? -1 : 0);
    close(second);
    close(first);
    first = listen_at(AF_INET6, &in6addr_any, port, 0);
    SHOW(connect_to(AF_INET6, port));
    SHOW(connect_to(AF_INET, port));
    SHOW(listen_at(AF_INET, &any, port, 0) < 0 ? -1 : 0);
    SHOW(listen_at(AF_INET, &here, port, 0) < 0 ? -1 : 0);
    close(first);
    first = listen_at(AF_INET, &here, port, 0);
    second = listen_at(AF_INET6, &in6addr_loopback, port, 0);
    SHOW(first < 0 || second < 0 ? -1 : 0);
    SHOW(connect_to(AF_INET6, port));
    close(first);
    SHOW(connect_to(AF_INET, port));
    close(second);
}

static void structures(int fd) {
    struct linger linger = {7, 9}, none = {0, 0};
    socklen_t room = sizeof linger;
    SHOW(getsockopt(fd, SOL_SOCKET, SO_LINGER, &none, &room));
    printf("%d %d %u\n", none.l_onoff, none.l_linger, room);
    SHOW(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
    SHOW(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, 4));
    SHOW(getsockopt(fd, SOL_SOCKET, SO_LINGER, &none, &room));
    printf("%d %d %u\n", none.l_onoff, none.l_linger, room);
    linger = (struct linger){0, 3};
    SHOW(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
    SHOW(getsockopt(fd, SOL_SOCKET, SO_LINGER, &none, &room));
    printf("%d %d %u\n", none.l_onoff, none.l_linger, room);
    int names[] = {SO_RCVTIMEO, SO_SNDTIMEO};
    for (int i = 0; i < 2; i++) {
        struct timeval time = {-1, -1};
        room = 100;
        SHOW(getsockopt(fd, SOL_SOCKET, names[i], &time, &room));
        printf("%ld %ld %u\n", time.tv_sec, time.tv_usec, room);
        time = (struct timeval){3, 500000};
        SHOW(setsockopt(fd, SOL_SOCKET, names[i], &time, sizeof time));
        SHOW(getsockopt(fd, SOL_SOCKET, names[i], &time, &room));
        printf("%ld %ld %u\n", time.tv_sec, time.tv_usec, room);
        time = (struct timeval){3, 1000000};
        SHOW(setsockopt(fd, SOL_SOCKET, names[i], &time, sizeof time));
        SHOW(setsockopt(fd, SOL_SOCKET, names[i], &time, 8));
        time = (struct timeval){-3, 0};
        SHOW(setsockopt(fd, SOL_SOCKET, names[i], &time, sizeof time));
        SHOW(getsockopt(fd, SOL_SOCKET, names[i], &time, &room));
        printf("%ld %ld %u\n", time.tv_sec, time.tv_usec, room);
        time = (struct timeval){0, 0};
        SHOW(setsockopt(fd, SOL_SOCKET, names[i], &time, sizeof time));
    }
    int value = 0x01020304;
    SHOW(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &value, 3));
    SHOW(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &value, -1));
    SHOW(setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, NULL, 4));
    room = 2;
    SHOW(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &room));
    printf("%x %u\n", value, room);
    room = -1;
    SHOW(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &room));
    room = 8;
    SHOW(getsockopt(fd, SOL_SOCKET, SO_TYPE, NULL, &room));
    SHOW(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, NULL));
    SHOW(getsockopt(fd, 5555, 1, &value, &room));
    SHOW(setsockopt(fd, 5555, 1, &value, 4));
    SHOW(setsockopt(0, SOL_SOCKET, SO_KEEPALIVE, &value, 4));
}

/* Whom the socket talks to: only what does not change from run to run. */
static void show_credentials(int fd) {
    struct ucred who = {-7, -7, -7};
    socklen_t room = sizeof who;
    SHOW(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &room));
    printf("%s %d %d %u\n", who.pid == getpid() ? "this process" : who.pid ? "another" : "none",
           who.uid == getuid() ? 1 : (int)who.uid, who.gid == getgid() ? 1 : (int)who.gid, room);
}

static void accepted(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
    SET(listener, SOL_SOCKET, SO_KEEPALIVE, 1);
    SET(listener, IPPROTO_TCP, TCP_NODELAY, 1);
    SET(listener, IPPROTO_TCP, TCP_KEEPIDLE, 33);
    SET(listener, IPPROTO_IP, IP_TTL, 44);
    struct linger linger = {1, 5};
    setsockopt(listener, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    socklen_t room = sizeof loopback;
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, (void *)&loopback, sizeof loopback);
    listen(listener, 5);
    SET(listener, IPPROTO_TCP, TCP_FASTOPEN, 4);
    getsockname(listener, (void *)&loopback, &room);
    SHOW(connect(client, (void *)&loopback, sizeof loopback));
    int server = accept(listener, NULL, NULL);
    GET(server, SOL_SOCKET, SO_KEEPALIVE);
    GET(server, IPPROTO_TCP, TCP_NODELAY);
    GET(server, IPPROTO_TCP, TCP_KEEPIDLE);
    GET(server, IPPROTO_IP, IP_TTL);
    GET(server, SOL_SOCKET, SO_ACCEPTCONN);
    GET(listener, SOL_SOCKET, SO_ACCEPTCONN);
    GET(client, SOL_SOCKET, SO_KEEPALIVE);
    room = sizeof linger;
    linger = (struct linger){0, 0};
    SHOW(getsockopt(server, SOL_SOCKET, SO_LINGER, &linger, &room));
    printf("%d %d\n", linger.l_onoff, linger.l_linger);
    show_credentials(server);
    int fds[] = {listener, client, server};
    for (int i = 0; i < 3; i++) {
        char state;
        room = 1;
        getsockopt(fds[i], IPPROTO_TCP, TCP_INFO, &state, &room);
        printf("state %d\n", state);
    }
    close(client);
    char state;
    read(server, &state, 1);
    room = 1;
    getsockopt(server, IPPROTO_TCP, TCP_INFO, &state, &room);
    printf("state %d\n", state);
    close(server);
    close(listener);
}

static void waits(void) {
    int s[2];
    char buffer[100000];
    struct timeval time = {0, 40000};
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    show_credentials(s[0]);
    setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    SHOW(read(s[0], buffer, 1));
    SHOW(recv(s[0], buffer, 1, 0));
    clock_gettime(CLOCK_MONOTONIC, &after);
    long millis = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
    printf("%s\n", millis < 70 ? "too soon" : "it took its time");
    long total = 0, count;
    while ((count = write(s[0], buffer, sizeof buffer)) > 0) total += count;
    printf("%ld %s %s\n", count, strerrorname_np(errno), total > 10000 ? "much" : "little");
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    listen(listener, 1);
    setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    SHOW(accept(listener, NULL, NULL));
    close(listener);
    close(s[0]);
    close(s[1]);
}

static void interface(int family) {
    int fd = socket(family, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo"};
    SHOW(ioctl(fd, SIOCGIFINDEX, &request));
    printf("%d\n", request.ifr_ifindex);
    memset(&request, 0, sizeof request);
    request.ifr_ifindex = 1;
    SHOW(ioctl(fd, SIOCGIFNAME, &request));
    printf("%s\n", request.ifr_name);
    SHOW(ioctl(fd, SIOCGIFFLAGS, &request));
    printf("%x\n", request.ifr_flags & (IFF_UP | IFF_LOOPBACK | IFF_RUNNING));
    SHOW(ioctl(fd, SIOCGIFMTU, &request));
    printf("%d\n", request.ifr_mtu);
    SHOW(ioctl(fd, SIOCGIFHWADDR, &request));
    printf("%d %d\n", request.ifr_hwaddr.sa_family, request.ifr_hwaddr.sa_data[5]);
    SHOW(ioctl(fd, SIOCGIFTXQLEN, &request));
    printf("%d\n", request.ifr_qlen);
    SHOW(ioctl(fd, SIOCGIFMETRIC, &request));
    printf("%d\n", request.ifr_metric);
    if (family == AF_INET) {
        struct sockaddr_in *address = (void *)&request.ifr_addr;
        SHOW(ioctl(fd, SIOCGIFADDR, &request));
        printf("%d %x\n", address->sin_family, ntohl(address->sin_addr.s_addr));
        SHOW(ioctl(fd, SIOCGIFNETMASK, &request));
        printf("%d %x\n", address->sin_family, ntohl(address->sin_addr.s_addr));
    }
    strcpy(request.ifr_name, "nosuch0");
    SHOW(ioctl(fd, SIOCGIFINDEX, &request));
    SHOW(ioctl(fd, SIOCGIFMTU, &request));
    request.ifr_ifindex = 99999;
    SHOW(ioctl(fd, SIOCGIFNAME, &request));
    char all[4000];
    struct ifconf list = {sizeof all, {all}};
    SHOW(ioctl(fd, SIOCGIFCONF, &list));
    for (struct ifreq *each = (void *)all; (char *)each < all + list.ifc_len; each++)
        if (!strcmp(each->ifr_name, "lo"))
            printf("lo %x\n", ntohl(((struct sockaddr_in *)&each->ifr_addr)->sin_addr.s_addr));
    list = (struct ifconf){0, {NULL}};
    SHOW(ioctl(fd, SIOCGIFCONF, &list));
    printf("%d\n", list.ifc_len % (int)sizeof(struct ifreq));
    close(fd);
}

static void amounts(void) {
    int s[2], count = -1, file = open("/dev/null", O_RDONLY);
    struct ifreq request = {.ifr_name = "lo"};
    SHOW(if_nametoindex("lo"));
    SHOW(if_nametoindex("nosuch0"));
    SHOW(ioctl(file, SIOCGIFINDEX, &request));
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    write(s[0], "12345", 5);
    write(s[0], "678", 3);
    SHOW(ioctl(s[1], FIONREAD, &count));
    printf("%d\n", count);
    SHOW(ioctl(s[1], TIOCOUTQ, &count));
    printf("%d\n", count);
    char terminal[100];
    SHOW(ioctl(s[0], TCGETS, terminal));
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    listen(listener, 1);
    SHOW(ioctl(listener, FIONREAD, &count));
    SHOW(ioctl(listener, TIOCOUTQ, &count));
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    static const struct { int family, type; } kinds[] = {
        {AF_INET, SOCK_STREAM}, {AF_INET, SOCK_DGRAM}, {AF_UNIX, SOCK_STREAM}, {AF_UNIX, SOCK_DGRAM},
    };
    for (int i = 0; i < 4; i++) {
        int fd = socket(kinds[i].family, kinds[i].type, 0);
        printf("family %d type %d\n", kinds[i].family, kinds[i].type);
        of_all(fd);
        show_credentials(fd);
        if (i == 0) of_tcp(fd);
        if (i < 2) of_ip(fd);
        if (i == 1) {
            SET(fd, IPPROTO_IP, IP_MULTICAST_TTL, 300);
            SET(fd, IPPROTO_IP, IP_MULTICAST_TTL, 4);
            SET(fd, IPPROTO_IP, IP_MULTICAST_TTL, -1);
            SET(fd, IPPROTO_TCP, TCP_NODELAY, 1);
            SET(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
            SET(fd, SOL_SOCKET, SO_REUSEPORT, 1);
        }
        if (i >= 2) {
            SET(fd, IPPROTO_TCP, TCP_NODELAY, 1);
            SET(fd, SOL_SOCKET, SO_PASSCRED, 3);
        }
        structures(fd);
        close(fd);
    }
    of_version_6(SOCK_STREAM);
    of_version_6(SOCK_DGRAM);
    both_versions();
    accepted();
    waits();
    interface(AF_INET);
    interface(AF_UNIX);
    amounts();
    return 0;
}
