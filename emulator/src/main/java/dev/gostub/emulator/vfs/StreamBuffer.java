package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.Poll;
import java.util.Arrays;

/** The bytes under way in one direction of a connection. */
final class StreamBuffer implements Stateful {
    private static final int FIRST_BYTES = 4096;
    private static final int USUAL_BYTES = 65536;
    /** A packet may need more than the usual size. */
    private static final int LARGEST_BYTES = 1 << 20;

    private final Activity activity;
    /** Grows as bytes come, up to the capacity. */
    private byte[] ring = new byte[FIRST_BYTES];

    private int capacity = USUAL_BYTES;
    private int start;
    private int used;
    private int readers;
    private int writers;

    StreamBuffer(Activity activity) {
        this.activity = activity;
    }

    Activity activity() {
        return activity;
    }

    void addReader() {
        readers++;
        activity.noteBoth();
    }

    void addWriter() {
        writers++;
        activity.noteBoth();
    }

    void removeReader() {
        readers--;
        activity.noteBoth();
    }

    void removeWriter() {
        writers--;
        activity.noteBoth();
    }

    boolean hasReaders() {
        return readers > 0;
    }

    boolean hasWriters() {
        return writers > 0;
    }

    long read(byte[] into, int at, int length) {
        if (length == 0) {
            return 0;
        }
        if (used == 0) {
            return writers == 0 ? 0 : Errno.EAGAIN.result();
        }
        boolean wasFull = !hasRoom();
        int count = copyOut(into, at, length);
        start = (start + count) % ring.length;
        used -= count;
        if (wasFull && hasRoom()) {
            activity.noteWritable();
        }
        return count;
    }

    /** Like {@link #read}, but leaves the bytes where they are ({@code MSG_PEEK}). */
    long peek(byte[] into, int at, int length) {
        if (used == 0) {
            return writers == 0 ? 0 : Errno.EAGAIN.result();
        }
        return copyOut(into, at, length);
    }

    private int copyOut(byte[] into, int at, int length) {
        int count = Math.min(length, used);
        int first = Math.min(count, ring.length - start);
        System.arraycopy(ring, start, into, at, first);
        System.arraycopy(ring, 0, into, at + first, count - first);
        return count;
    }

    /** Up to {@code PIPE_BUF} bytes go in together or not at all. */
    long write(byte[] from, int at, int length) {
        if (readers == 0) {
            return Errno.EPIPE.result();
        }
        if (length == 0) {
            return 0;
        }
        int room = capacity - used;
        if (room == 0 || length <= Fcntl.PIPE_BUF && room < length) {
            return Errno.EAGAIN.result();
        }
        int count = Math.min(length, room);
        hold(used + count);
        int end = (start + used) % ring.length;
        int first = Math.min(count, ring.length - end);
        System.arraycopy(from, at, ring, end, first);
        System.arraycopy(from, at + first, ring, 0, count - first);
        used += count;
        activity.noteReadable();
        return count;
    }

    int usedBytes() {
        return used;
    }

    int capacityBytes() {
        return capacity;
    }

    private void hold(int bytes) {
        if (bytes > ring.length) {
            lay(Math.min(capacity, Integer.highestOneBit(bytes - 1) << 1));
        }
    }

    /** Makes the ring so big; what is in it begins at its start. */
    private void lay(int size) {
        byte[] content = content();
        ring = Arrays.copyOf(content, size);
        start = 0;
    }

    /** Makes room for so many bytes, rounded up to a power of two: the size, or a negative errno. */
    long resize(int wanted) {
        if (wanted < 0) {
            return Errno.EINVAL.result();
        }
        if (wanted > LARGEST_BYTES) {
            return Errno.EPERM.result();
        }
        int size = Math.max(Fcntl.PIPE_BUF, Integer.highestOneBit(Math.max(wanted - 1, 1)) << 1);
        if (size < used) {
            return Errno.EBUSY.result();
        }
        capacity = size;
        if (ring.length > size) {
            lay(size);
        }
        return size;
    }

    private boolean hasRoom() {
        return capacity - used >= Fcntl.PIPE_BUF;
    }

    int readerReadiness() {
        return (used > 0 ? Poll.READABLE : 0) | (writers == 0 ? Poll.POLLHUP : 0);
    }

    int writerReadiness() {
        return (hasRoom() ? Poll.WRITABLE : 0) | (readers == 0 ? Poll.POLLERR : 0);
    }

    private byte[] content() {
        byte[] content = new byte[used];
        copyOut(content, 0, used);
        return content;
    }

    @Override
    public Saved capture() {
        return new State(this, content(), capacity, readers, writers, activity.capture());
    }

    private record State(StreamBuffer owner, byte[] content, int capacity, int readers, int writers, Saved activity)
            implements Saved {
        @Override
        public void restore() {
            owner.capacity = capacity;
            owner.ring = Arrays.copyOf(content, Math.max(content.length, FIRST_BYTES));
            owner.start = 0;
            owner.used = content.length;
            owner.readers = readers;
            owner.writers = writers;
            activity.restore();
        }
    }
}
