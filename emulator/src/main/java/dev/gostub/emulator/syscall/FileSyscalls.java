package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.syscall.ArgumentKind.*;

import dev.gostub.emulator.abi.Errno;

/** The lines of {@link Amd64Syscalls} that concern files, in families. */
final class FileSyscalls {
    private static final String EXTENDED = "those of the user, in folders of the host; else EOPNOTSUPP";

    private FileSyscalls() {}

    static void addTo(Amd64Syscalls table) {
        transfers(table);
        descriptors(table);
        status(table);
        names(table);
        attributes(table);
        events(table);
        sockets(table);
        extendedAttributes(table);
        refused(table);
    }

    // spotless:off
    private static void transfers(Amd64Syscalls t) {
        t.call(0, "read", TransferCalls::read, DESCRIPTOR, BYTES_OUT, SIZE);
        t.call(1, "write", TransferCalls::write, DESCRIPTOR, BYTES, SIZE);
        t.call(17, "pread64", TransferCalls::pread64, DESCRIPTOR, BYTES_OUT, SIZE, LONG);
        t.call(18, "pwrite64", TransferCalls::pwrite64, DESCRIPTOR, BYTES, SIZE, LONG);
        t.call(19, "readv", TransferCalls::readv, DESCRIPTOR, ADDRESS, INT);
        t.call(20, "writev", TransferCalls::writev, DESCRIPTOR, ADDRESS, INT);
        t.call(40, "sendfile", 1_000, CopyCalls::sendfile, DESCRIPTOR, DESCRIPTOR, ADDRESS, SIZE);
        t.call(275, "splice", 700, SpliceCalls::splice, DESCRIPTOR, ADDRESS, DESCRIPTOR, ADDRESS, SIZE, HEX);
        t.call(276, "tee", 400, SpliceCalls::tee, DESCRIPTOR, DESCRIPTOR, SIZE, HEX);
        t.partial("what is written to the memory afterwards does not show in the pipe", 278, "vmsplice", 500, SpliceCalls::vmsplice, DESCRIPTOR, ADDRESS, INT, HEX);
        t.call(295, "preadv", TransferCalls::preadv, DESCRIPTOR, ADDRESS, INT, LONG);
        t.call(296, "pwritev", TransferCalls::pwritev, DESCRIPTOR, ADDRESS, INT, LONG);
        t.call(326, "copy_file_range", 1_000, CopyCalls::copyFileRange, DESCRIPTOR, ADDRESS, DESCRIPTOR, ADDRESS, SIZE, HEX);
        t.call(327, "preadv2", TransferCalls::preadv2, DESCRIPTOR, ADDRESS, INT, LONG, LONG, HEX);
        t.call(328, "pwritev2", TransferCalls::pwritev2, DESCRIPTOR, ADDRESS, INT, LONG, LONG, HEX);
    }

    private static void descriptors(Amd64Syscalls t) {
        t.call(2, "open", 1_000, OpenCalls::open, PATH, OPEN_FLAGS, MODE);
        t.call(3, "close", OpenCalls::close, DESCRIPTOR);
        t.call(8, "lseek", OpenCalls::lseek, DESCRIPTOR, LONG, INT);
        t.partial("terminals, FIONREAD, FIONBIO, close-on-exec, what the loopback is like; of a terminal's control characters only MIN and TIME reach the host's",
                16, "ioctl", DescriptorCalls::ioctl, DESCRIPTOR, HEX, ADDRESS);
        t.call(32, "dup", OpenCalls::dup, DESCRIPTOR);
        t.call(33, "dup2", OpenCalls::dup2, DESCRIPTOR, DESCRIPTOR);
        t.partial("no leases, no notification, no search for deadlocks of locks", 72, "fcntl", DescriptorCalls::fcntl, DESCRIPTOR, INT, HEX);
        t.call(73, "flock", LockCalls::flock, DESCRIPTOR, HEX);
        t.call(74, "fsync", OpenCalls::fsync, DESCRIPTOR);
        t.call(75, "fdatasync", OpenCalls::fdatasync, DESCRIPTOR);
        t.call(76, "truncate", 3_000, OpenCalls::truncate, PATH, LONG);
        t.call(77, "ftruncate", 3_000, OpenCalls::ftruncate, DESCRIPTOR, LONG);
        t.call(85, "creat", 5_000, OpenCalls::creat, PATH, MODE);
        t.call(162, "sync", OpenCalls::sync);
        t.call(187, "readahead", OpenCalls::readahead, DESCRIPTOR, LONG, SIZE);
        t.call(221, "fadvise64", OpenCalls::fadvise, DESCRIPTOR, LONG, SIZE, INT);
        t.call(257, "openat", 1_000, OpenCalls::openat, DIRECTORY, PATH, OPEN_FLAGS, MODE);
        t.call(277, "sync_file_range", OpenCalls::syncFileRange, DESCRIPTOR, LONG, LONG, HEX);
        t.partial("no holes: EOPNOTSUPP", 285, "fallocate", OpenCalls::fallocate, DESCRIPTOR, HEX, LONG, LONG);
        t.call(292, "dup3", OpenCalls::dup3, DESCRIPTOR, DESCRIPTOR, OPEN_FLAGS);
        t.call(306, "syncfs", OpenCalls::syncfs, DESCRIPTOR);
        t.call(436, "close_range", OpenCalls::closeRange, DESCRIPTOR, DESCRIPTOR, HEX);
        t.partial("no resolve bits: ENOSYS", 437, "openat2", 1_000, OpenCalls::openat2, DIRECTORY, PATH, ADDRESS, SIZE);
    }

    private static void status(Amd64Syscalls t) {
        t.call(4, "stat", 600, StatusCalls::stat, PATH, ADDRESS);
        t.call(5, "fstat", StatusCalls::fstat, DESCRIPTOR, ADDRESS);
        t.call(6, "lstat", 600, StatusCalls::lstat, PATH, ADDRESS);
        t.call(21, "access", 600, StatusCalls::access, PATH, HEX);
        t.call(78, "getdents", 2_000, StatusCalls::getdents, DESCRIPTOR, ADDRESS, SIZE);
        t.call(79, "getcwd", 500, StatusCalls::getcwd, ADDRESS, SIZE);
        t.call(80, "chdir", 600, StatusCalls::chdir, PATH);
        t.call(81, "fchdir", StatusCalls::fchdir, DESCRIPTOR);
        t.call(89, "readlink", 600, StatusCalls::readlink, PATH, BYTES_OUT, SIZE);
        t.partial("invented numbers of blocks, but of folders of the host", 137, "statfs", 600, StatusCalls::statfs, PATH, ADDRESS);
        t.partial("invented numbers of blocks, but of folders of the host", 138, "fstatfs", StatusCalls::fstatfs, DESCRIPTOR, ADDRESS);
        t.call(217, "getdents64", 2_000, StatusCalls::getdents64, DESCRIPTOR, ADDRESS, SIZE);
        t.call(262, "newfstatat", 600, StatusCalls::newfstatat, DIRECTORY, PATH, ADDRESS, HEX);
        t.call(267, "readlinkat", 600, StatusCalls::readlinkat, DIRECTORY, PATH, BYTES_OUT, SIZE);
        t.call(269, "faccessat", 600, StatusCalls::faccessat, DIRECTORY, PATH, HEX);
        t.partial("no birth time", 332, "statx", 600, StatusCalls::statx, DIRECTORY, PATH, HEX, HEX, ADDRESS);
        t.call(439, "faccessat2", 600, StatusCalls::faccessat2, DIRECTORY, PATH, HEX, HEX);
    }

    private static void names(Amd64Syscalls t) {
        t.call(82, "rename", 3_000, NameCalls::rename, PATH, PATH);
        t.call(83, "mkdir", 5_000, NameCalls::mkdir, PATH, MODE);
        t.call(84, "rmdir", 5_000, NameCalls::rmdir, PATH);
        t.call(86, "link", 3_000, NameCalls::link, PATH, PATH);
        t.call(87, "unlink", 5_000, NameCalls::unlink, PATH);
        t.call(88, "symlink", 5_000, NameCalls::symlink, PATH, PATH);
        t.partial("devices are those of /dev", 133, "mknod", 5_000, NameCalls::mknod, PATH, MODE, HEX);
        t.call(258, "mkdirat", 5_000, NameCalls::mkdirat, DIRECTORY, PATH, MODE);
        t.partial("devices are those of /dev", 259, "mknodat", 5_000, NameCalls::mknodat, DIRECTORY, PATH, MODE, HEX);
        t.call(263, "unlinkat", 5_000, NameCalls::unlinkat, DIRECTORY, PATH, HEX);
        t.call(264, "renameat", 3_000, NameCalls::renameat, DIRECTORY, PATH, DIRECTORY, PATH);
        t.call(265, "linkat", 3_000, NameCalls::linkat, DIRECTORY, PATH, DIRECTORY, PATH, HEX);
        t.call(266, "symlinkat", 5_000, NameCalls::symlinkat, PATH, DIRECTORY, PATH);
        t.partial("no RENAME_WHITEOUT", 316, "renameat2", 3_000, NameCalls::renameat2, DIRECTORY, PATH, DIRECTORY, PATH, HEX);
    }

    private static void attributes(Amd64Syscalls t) {
        t.call(90, "chmod", 1_000, NameCalls::chmod, PATH, MODE);
        t.call(91, "fchmod", NameCalls::fchmod, DESCRIPTOR, MODE);
        t.call(92, "chown", 1_000, NameCalls::chown, PATH, INT, INT);
        t.call(93, "fchown", NameCalls::fchown, DESCRIPTOR, INT, INT);
        t.call(94, "lchown", 1_000, NameCalls::lchown, PATH, INT, INT);
        t.call(95, "umask", NameCalls::umask, MODE);
        t.call(132, "utime", 1_000, NameCalls::utime, PATH, ADDRESS);
        t.call(235, "utimes", 1_000, NameCalls::utimes, PATH, ADDRESS);
        t.call(260, "fchownat", 1_000, NameCalls::fchownat, DIRECTORY, PATH, INT, INT, HEX);
        t.call(261, "futimesat", 1_000, NameCalls::futimesat, DIRECTORY, PATH, ADDRESS);
        t.call(268, "fchmodat", 1_000, NameCalls::fchmodat, DIRECTORY, PATH, MODE);
        t.call(280, "utimensat", 1_000, NameCalls::utimensat, DIRECTORY, PATH, ADDRESS, HEX);
        t.call(452, "fchmodat2", 1_000, NameCalls::fchmodat2, DIRECTORY, PATH, MODE, HEX);
    }

    private static void events(Amd64Syscalls t) {
        t.call(7, "poll", PollCalls::poll, ADDRESS, INT, INT);
        t.call(22, "pipe", 3_000, EventCalls::pipe, ADDRESS);
        t.call(23, "select", PollCalls::select, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        t.call(213, "epoll_create", 1_000, EventCalls::epollCreate, INT);
        t.call(232, "epoll_wait", EventCalls::epollWait, DESCRIPTOR, ADDRESS, INT, INT);
        t.call(233, "epoll_ctl", EventCalls::epollCtl, DESCRIPTOR, INT, DESCRIPTOR, ADDRESS);
        t.call(253, "inotify_init", WatchCalls::inotifyInit);
        t.partial("what the host changes in its tree is not seen", 254, "inotify_add_watch", WatchCalls::inotifyAddWatch, DESCRIPTOR, PATH, HEX);
        t.call(255, "inotify_rm_watch", WatchCalls::inotifyRmWatch, DESCRIPTOR, INT);
        t.call(270, "pselect6", PollCalls::pselect6, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        t.call(271, "ppoll", PollCalls::ppoll, ADDRESS, INT, TIMESPEC, SIGNAL_SET, SIZE);
        t.call(281, "epoll_pwait", EventCalls::epollPwait, DESCRIPTOR, ADDRESS, INT, INT, SIGNAL_SET, SIZE);
        t.call(283, "timerfd_create", 1_000, EventCalls::timerfdCreate, CLOCK, HEX);
        t.call(284, "eventfd", 1_000, EventCalls::eventfd, INT);
        t.partial("TFD_TIMER_CANCEL_ON_SET has no effect: the date never jumps", 286, "timerfd_settime", EventCalls::timerfdSettime, DESCRIPTOR, HEX, ADDRESS, ADDRESS);
        t.call(287, "timerfd_gettime", EventCalls::timerfdGettime, DESCRIPTOR, ADDRESS);
        t.call(290, "eventfd2", 1_000, EventCalls::eventfd2, INT, HEX);
        t.call(291, "epoll_create1", 1_000, EventCalls::epollCreate1, HEX);
        t.partial("no packets: O_DIRECT is ignored", 293, "pipe2", 3_000, EventCalls::pipe2, ADDRESS, OPEN_FLAGS);
        t.call(294, "inotify_init1", 1_000, WatchCalls::inotifyInit1, HEX);
        t.partial("no huge pages", 319, "memfd_create", 3_000, EventCalls::memfdCreate, PATH, HEX);
        t.call(441, "epoll_pwait2", EventCalls::epollPwait2, DESCRIPTOR, ADDRESS, INT, TIMESPEC, SIGNAL_SET, SIZE);
    }

    private static void sockets(Amd64Syscalls t) {
        t.partial("local sockets, TCP and UDP on the loopback inside the machine, and what NETLINK_ROUTE tells of that", 41, "socket", 3_000, SocketCalls::socket, SOCKET_FAMILY, SOCKET_TYPE, INT);
        t.partial("the loopback, and what --net opens: else ENETUNREACH", 42, "connect", 5_000, SocketCalls::connect, DESCRIPTOR, SOCKET_ADDRESS, SIZE);
        t.call(43, "accept", 1_000, SocketCalls::accept, DESCRIPTOR, SOCKET_ADDRESS_OUT, LENGTH_OUT);
        t.call(44, "sendto", 1_000, MessageCalls::sendto, DESCRIPTOR, BYTES, SIZE, HEX, SOCKET_ADDRESS, SIZE);
        t.call(45, "recvfrom", 1_000, MessageCalls::recvfrom, DESCRIPTOR, BYTES_OUT, SIZE, HEX, SOCKET_ADDRESS_OUT, LENGTH_OUT);
        t.partial("SCM_RIGHTS and SCM_CREDENTIALS of local sockets", 46, "sendmsg", 1_000, MessageCalls::sendmsg, DESCRIPTOR, ADDRESS, HEX);
        t.partial("SCM_RIGHTS and SCM_CREDENTIALS of local sockets", 47, "recvmsg", 1_000, MessageCalls::recvmsg, DESCRIPTOR, ADDRESS, HEX);
        t.call(48, "shutdown", 1_000, SocketCalls::shutdown, DESCRIPTOR, INT);
        t.call(49, "bind", 1_000, SocketCalls::bind, DESCRIPTOR, SOCKET_ADDRESS, SIZE);
        t.call(50, "listen", 1_000, SocketCalls::listen, DESCRIPTOR, INT);
        t.call(51, "getsockname", SocketCalls::getsockname, DESCRIPTOR, SOCKET_ADDRESS_OUT, LENGTH_OUT);
        t.call(52, "getpeername", SocketCalls::getpeername, DESCRIPTOR, SOCKET_ADDRESS_OUT, LENGTH_OUT);
        t.call(53, "socketpair", 5_000, SocketCalls::socketpair, INT, HEX, INT, ADDRESS);
        t.partial("kept and given back; an effect have SO_LINGER, SO_PASSCRED, IPV6_V6ONLY and the time limits", 54, "setsockopt", OptionCalls::setsockopt, DESCRIPTOR, INT, INT, ADDRESS, SIZE);
        t.partial("TCP_INFO: only the state", 55, "getsockopt", OptionCalls::getsockopt, DESCRIPTOR, INT, INT, ADDRESS, ADDRESS);
        t.partial("SCM_RIGHTS and SCM_CREDENTIALS of local sockets", 299, "recvmmsg", 1_500, BatchCalls::recvmmsg, DESCRIPTOR, ADDRESS, INT, HEX, TIMESPEC);
        t.partial("SCM_RIGHTS and SCM_CREDENTIALS of local sockets", 307, "sendmmsg", 2_000, BatchCalls::sendmmsg, DESCRIPTOR, ADDRESS, INT, HEX);
        t.call(288, "accept4", 1_000, SocketCalls::accept4, DESCRIPTOR, SOCKET_ADDRESS_OUT, LENGTH_OUT, SOCKET_FLAGS);
    }

    private static void refused(Amd64Syscalls t) {
        t.refuse(303, "name_to_handle_at", Errno.EOPNOTSUPP, "the overlay has no handles");
        t.refuse(165, "mount", Errno.EPERM, "as for any user but root");
        t.refuse(166, "umount2", Errno.EPERM, "as for any user but root");
    }

    private static void extendedAttributes(Amd64Syscalls t) {
        t.partial(EXTENDED, 188, "setxattr", 1_000, ExtendedAttributeCalls::setxattr, PATH, PATH, ADDRESS, SIZE, HEX);
        t.partial(EXTENDED, 189, "lsetxattr", 1_000, ExtendedAttributeCalls::lsetxattr, PATH, PATH, ADDRESS, SIZE, HEX);
        t.partial(EXTENDED, 190, "fsetxattr", 1_000, ExtendedAttributeCalls::fsetxattr, DESCRIPTOR, PATH, ADDRESS, SIZE, HEX);
        t.partial(EXTENDED, 191, "getxattr", 600, ExtendedAttributeCalls::getxattr, PATH, PATH, ADDRESS, SIZE);
        t.partial(EXTENDED, 192, "lgetxattr", 600, ExtendedAttributeCalls::lgetxattr, PATH, PATH, ADDRESS, SIZE);
        t.partial(EXTENDED, 193, "fgetxattr", 600, ExtendedAttributeCalls::fgetxattr, DESCRIPTOR, PATH, ADDRESS, SIZE);
        t.partial(EXTENDED, 194, "listxattr", 600, ExtendedAttributeCalls::listxattr, PATH, ADDRESS, SIZE);
        t.partial(EXTENDED, 195, "llistxattr", 600, ExtendedAttributeCalls::llistxattr, PATH, ADDRESS, SIZE);
        t.partial(EXTENDED, 196, "flistxattr", 600, ExtendedAttributeCalls::flistxattr, DESCRIPTOR, ADDRESS, SIZE);
        t.partial(EXTENDED, 197, "removexattr", 1_000, ExtendedAttributeCalls::removexattr, PATH, PATH);
        t.partial(EXTENDED, 198, "lremovexattr", 1_000, ExtendedAttributeCalls::lremovexattr, PATH, PATH);
        t.partial(EXTENDED, 199, "fremovexattr", 1_000, ExtendedAttributeCalls::fremovexattr, DESCRIPTOR, PATH);
    }
    // spotless:on
}
