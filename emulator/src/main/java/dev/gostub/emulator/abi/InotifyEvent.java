package dev.gostub.emulator.abi;

import java.util.Arrays;

/** {@code struct inotify_event} and the bits of {@code inotify(7)} ({@code linux/inotify.h}). */
public record InotifyEvent(int descriptor, int mask, int cookie, byte[] name) {
    // spotless:off
    public static final int IN_ACCESS = 1, IN_MODIFY = 2, IN_ATTRIB = 4, IN_CLOSE_WRITE = 8, IN_CLOSE_NOWRITE = 0x10, IN_OPEN = 0x20,
            IN_MOVED_FROM = 0x40, IN_MOVED_TO = 0x80, IN_CREATE = 0x100, IN_DELETE = 0x200, IN_DELETE_SELF = 0x400, IN_MOVE_SELF = 0x800,
            IN_ALL_EVENTS = 0xfff;
    public static final int IN_UNMOUNT = 0x2000, IN_Q_OVERFLOW = 0x4000, IN_IGNORED = 0x8000;
    public static final int IN_ONLYDIR = 0x0100_0000, IN_DONT_FOLLOW = 0x0200_0000, IN_EXCL_UNLINK = 0x0400_0000, IN_MASK_CREATE = 0x1000_0000,
            IN_MASK_ADD = 0x2000_0000, IN_ISDIR = 0x4000_0000, IN_ONESHOT = 0x8000_0000;
    /** ALL_INOTIFY_BITS of the kernel's linux/inotify.h: a watch must have one of them. */
    public static final int ALL_BITS = IN_ALL_EVENTS | IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK
            | IN_MASK_CREATE | IN_MASK_ADD | IN_ISDIR | IN_ONESHOT;
    // spotless:on
    public static final int IN_CLOEXEC = OpenFlags.O_CLOEXEC;
    public static final int IN_NONBLOCK = OpenFlags.O_NONBLOCK;

    private static final int HEADER_BYTES = 16;

    /** Says the same of the same thing, so that the second can be left out (event_compare of fs/notify/inotify/inotify_fsnotify.c). */
    public boolean repeats(InotifyEvent before) {
        return (before.mask & IN_IGNORED) == 0
                && mask == before.mask
                && descriptor == before.descriptor
                && Arrays.equals(name, before.name);
    }

    /** With the name, which zeros fill up to a multiple of the header's length. */
    public int lengthBytes() {
        return HEADER_BYTES + nameBytes();
    }

    private int nameBytes() {
        return name.length == 0 ? 0 : (name.length / HEADER_BYTES + 1) * HEADER_BYTES;
    }

    public void put(byte[] into, int at) {
        LittleEndian.put32(into, at, descriptor);
        LittleEndian.put32(into, at + 4, mask);
        LittleEndian.put32(into, at + 8, cookie);
        LittleEndian.put32(into, at + 12, nameBytes());
        Arrays.fill(into, at + HEADER_BYTES, at + lengthBytes(), (byte) 0);
        System.arraycopy(name, 0, into, at + HEADER_BYTES, name.length);
    }
}
