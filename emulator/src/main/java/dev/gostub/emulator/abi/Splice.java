package dev.gostub.emulator.abi;

/** Flags of {@code splice(2)}: {@code linux/splice.h}. */
public final class Splice {
    public static final int SPLICE_F_NONBLOCK = 2;
    /** Those and SPLICE_F_MOVE, SPLICE_F_MORE, SPLICE_F_GIFT, which are hints. */
    public static final int SPLICE_F_ALL = 0xF;
    /** {@code PIPE_DEF_BUFFERS}: what a socket takes from a pipe in one go. */
    public static final int PIPE_DEF_BUFFERS = 16;

    private Splice() {}
}
