package dev.gostub.emulator.abi;

/** Readiness bits of {@code poll(2)} and {@code epoll(7)} (the numbers are the same) and {@code struct pollfd}. */
public final class Poll {
    public static final int POLLIN = 0x1;
    public static final int POLLPRI = 0x2;
    public static final int POLLOUT = 0x4;
    public static final int POLLERR = 0x8;
    public static final int POLLHUP = 0x10;
    public static final int POLLNVAL = 0x20;
    public static final int POLLRDNORM = 0x40;
    public static final int POLLRDBAND = 0x80;
    public static final int POLLWRNORM = 0x100;
    public static final int POLLWRBAND = 0x200;
    public static final int POLLRDHUP = 0x2000;

    /** What Linux reports together for "there is something to read". */
    public static final int READABLE = POLLIN | POLLRDNORM;
    /** What Linux reports together for "there is room to write". */
    public static final int WRITABLE = POLLOUT | POLLWRNORM;
    /** Reported whether asked for or not. */
    public static final int ALWAYS = POLLERR | POLLHUP;

    /** {@code select(2)}: which bits count for the read, write and exception set ({@code fs/select.c}). */
    public static final int SELECT_READ = POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR;

    public static final int SELECT_WRITE = POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR;
    public static final int SELECT_EXCEPTION = POLLPRI;

    /** {@code struct pollfd}: int fd, short events, short revents. */
    public static final int POLLFD_BYTES = 8;

    public static final int POLLFD_EVENTS = 4;
    public static final int POLLFD_REVENTS = 6;

    private Poll() {}
}
