package dev.gostub.emulator.abi;

/**
 * One {@code struct linux_dirent64} ({@code linux/dirent.h}): inode, offset of the next entry, record length, type, name.
 *
 * @param type a {@code DT_*} number, see {@link FileMode#directoryType}
 */
public record DirectoryEntry(long inode, long nextOffset, byte type, String name) {
    private static final int NAME_OFFSET = 19;

    /** Length of the record: name, its zero byte, rounded up to 8. */
    public int lengthBytes() {
        return NAME_OFFSET + name.length() + 1 + 7 & ~7;
    }

    /** Makes {@code struct linux_dirent} of records: the name begins where the type was, which becomes the last byte. */
    public static void moveTypes(byte[] bytes, int usedBytes) {
        for (int at = 0; at < usedBytes; ) {
            int length = bytes[at + 16] & 0xff | (bytes[at + 17] & 0xff) << 8;
            byte type = bytes[at + NAME_OFFSET - 1];
            System.arraycopy(bytes, at + NAME_OFFSET, bytes, at + NAME_OFFSET - 1, length - NAME_OFFSET);
            bytes[at + length - 1] = type;
            at += length;
        }
    }

    /** Writes the record and returns its length. */
    public int put(byte[] bytes, int at) {
        byte[] text = GuestText.bytes(name);
        int length = lengthBytes();
        LittleEndian.put64(bytes, at, inode);
        LittleEndian.put64(bytes, at + 8, nextOffset);
        LittleEndian.put16(bytes, at + 16, length);
        bytes[at + 18] = type;
        System.arraycopy(text, 0, bytes, at + NAME_OFFSET, text.length);
        for (int i = at + NAME_OFFSET + text.length; i < at + length; i++) {
            bytes[i] = 0;
        }
        return length;
    }
}
