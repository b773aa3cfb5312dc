// What the test programs share: they print each call with its result, so that two runs can be compared line by line.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHOW(call)                                                                      \
    do {                                                                                \
        errno = 0;                                                                      \
        long result = (long)(call);                                                     \
        printf("%d: %s = %ld %s\n", __LINE__, #call, result, result < 0 ? strerrorname_np(errno) : ""); \
    } while (0)
