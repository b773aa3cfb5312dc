package dev.gostub.emulator.host;

/** A regular file of a {@link HostFolder} that is open, with a name or no longer with one. */
public interface HostOpenFile extends HostFile {
    /** Writes bytes: how many, fewer only where there is no room for more. */
    int write(long offset, byte[] from, int at, int length) throws HostFailure;

    /** Writes bytes to the end of the file, wherever that is by now. */
    int append(byte[] from, int at, int length) throws HostFailure;

    long sizeBytes() throws HostFailure;

    /** Cuts the file off or lengthens it with a hole. */
    void truncate(long sizeBytes) throws HostFailure;

    /**
     * Brings the content to the disk.
     *
     * @param attributes and all that is known of it as well
     */
    void sync(boolean attributes) throws HostFailure;

    HostStat stat() throws HostFailure;

    void change(HostChange change) throws HostFailure;
}
