// File calls with arguments that they refuse, and in which order.
#include "show.h"
#include <linux/falloc.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>

int main(void) {
    int file = open("odd", O_CREAT | O_RDWR, 0644), readable = open("odd", O_RDONLY), writable = open("odd", O_WRONLY);
    int null = open("/dev/null", O_RDWR), ends[2], path = open("odd", O_PATH), directory = open(".", O_RDONLY), sockets[2];
    pipe(ends);
    socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
    int all[] = {file, null, ends[1], path, directory, sockets[0], 999};
    write(file, "hello", 5);
    for (int i = 0; i < 7; i++) {
        printf("file %d\n", i);
        SHOW(fsync(all[i]));
        SHOW(fdatasync(all[i]));
        SHOW(syncfs(all[i]));
        SHOW(sync_file_range(all[i], 0, 1, 1));
        SHOW(sync_file_range(all[i], -1, 1, 1));
        SHOW(sync_file_range(all[i], 0, -1, 1));
        SHOW(sync_file_range(all[i], 0, 1, 8));
        SHOW(posix_fadvise(all[i], 0, 1, POSIX_FADV_NORMAL));
        SHOW(posix_fadvise(all[i], 0, 1, 99));
        SHOW(posix_fadvise(all[i], 0, -1, POSIX_FADV_NORMAL));
        if (i != 5) SHOW(readahead(all[i], 0, 1)); // of sockets since Linux 6.9 otherwise
        SHOW(ftruncate(all[i], 5));
        SHOW(ftruncate(all[i], -1));
        SHOW(fallocate(all[i], 0, 0, 1));
        SHOW(fallocate(all[i], 0, -1, 1));
        SHOW(fallocate(all[i], 0, 0, 0));
    }
    SHOW(fallocate(file, FALLOC_FL_KEEP_SIZE, 0x7ffffffffffffc00, 1024));
    SHOW(fallocate(file, FALLOC_FL_KEEP_SIZE, 1024, 0x7ffffffffffffc00));
    SHOW(fallocate(readable, 0, 0, 1));
    SHOW(readahead(writable, 0, 1));
    SHOW(truncate("odd", -1));
    SHOW(truncate("missing", -1));
    SHOW(truncate("missing", 1));
    SHOW(truncate(".", 1));
    SHOW(truncate((void *)8, -1));
    SHOW(truncate("/dev/null", 1));
    SHOW(syscall(SYS_getcwd, NULL, -1L));
    SHOW(syscall(SYS_getcwd, NULL, 1L));
    SHOW(syscall(SYS_getcwd, NULL, 0L));
    SHOW(sendfile(readable, file, NULL, 1));
    SHOW(mknod("node", S_IFDIR | 0600, 0));
    SHOW(mknod("node", 0170000, 0));
    SHOW(mknod("odd", S_IFREG | 0600, 0));
    SHOW(mknod("missing/node", S_IFREG | 0600, 0));
    SHOW(mknod("socket", S_IFSOCK | 0600, 0));
    SHOW(open("socket", O_RDONLY));
    if (getuid()) SHOW(mknod("device", S_IFCHR | 0600, makedev(1, 3)));
    SHOW(open("odd", O_RDONLY | O_NOATIME) < 0 ? -1 : 0);
    return 0;
}
