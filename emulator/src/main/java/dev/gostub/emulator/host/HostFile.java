package dev.gostub.emulator.host;

/** A regular file of the host, open for reading. */
public interface HostFile extends AutoCloseable {
    /**
     * Reads up to {@code length} bytes from {@code offset} into {@code into} at {@code at}.
     *
     * @return the number of bytes read; fewer than asked for only at the end of the file
     */
    int read(long offset, byte[] into, int at, int length) throws HostFailure;

    @Override
    void close();
}
