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
