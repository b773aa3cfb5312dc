package dev.gostub.emulator.abi;

/** {@code struct flock} of {@code fcntl(F_GETLK)} on amd64: 16-bit type and whence, 64-bit start and length, pid. */
public record FileLock(int type, int whence, long start, long length, int pid) {
    public static final int BYTES = 32;

    public byte[] toBytes() {
        byte[] b = new byte[BYTES];
        LittleEndian.put16(b, 0, type);
        LittleEndian.put16(b, 2, whence);
        LittleEndian.put64(b, 8, start);
        LittleEndian.put64(b, 16, length);
        LittleEndian.put32(b, 24, pid);
        return b;
    }

    public static FileLock of(byte[] b) {
        return new FileLock(
                (short) LittleEndian.get16(b, 0),
                (short) LittleEndian.get16(b, 2),
                LittleEndian.get64(b, 8),
                LittleEndian.get64(b, 16),
                LittleEndian.get32(b, 24));
    }
}
