package dev.gostub.emulator.abi;

/**
 * {@code struct epoll_event}, which is packed on amd64: 12 bytes ({@code linux/eventpoll.h}, {@code EPOLL_PACKED}).
 *
 * @param events {@code POLL*} bits and the {@code EPOLL*} bits below
 * @param userData returned as it was given
 */
public record EpollEvent(int events, long userData) {
    public static final int BYTES = 12;

    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int EPOLL_CTL_MOD = 3;
    public static final int EPOLL_CLOEXEC = OpenFlags.O_CLOEXEC;

    public static final int EPOLLEXCLUSIVE = 1 << 28;
    public static final int EPOLLWAKEUP = 1 << 29;
    public static final int EPOLLONESHOT = 1 << 30;
    public static final int EPOLLET = 1 << 31;
    /** Bits that are no readiness. */
    public static final int MODIFIERS = EPOLLEXCLUSIVE | EPOLLWAKEUP | EPOLLONESHOT | EPOLLET;

    public void put(byte[] bytes, int at) {
        LittleEndian.put32(bytes, at, events);
        LittleEndian.put64(bytes, at + 4, userData);
    }

    public static EpollEvent get(byte[] bytes, int at) {
        return new EpollEvent(LittleEndian.get32(bytes, at), LittleEndian.get64(bytes, at + 4));
    }
}
