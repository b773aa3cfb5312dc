package dev.gostub.emulator.abi;

/** Offsets in {@code struct msghdr} of amd64. */
public final class MessageHeader {
    public static final int BYTES = 56;

    /** {@code struct mmsghdr}: a header and how many bytes went. */
    public static final int MULTIPLE_BYTES = 64;

    public static final int MULTIPLE_LENGTH = 56;

    public static final int NAME = 0;
    public static final int NAME_LENGTH = 8;
    public static final int VECTOR = 16;
    public static final int VECTOR_LENGTH = 24;
    public static final int CONTROL = 32;
    public static final int CONTROL_LENGTH = 40;
    public static final int FLAGS = 48;

    private MessageHeader() {}
}
