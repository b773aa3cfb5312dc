package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.Poll;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is between the ends of a pipe ({@code pipe(7)}, {@code fs/pipe.c}): a number of slots, each with a part of one page. A pipe is full when all slots are taken, however little is in them; a
 * write adds to the last page where all of its odd bytes fit there, and pages that came by {@code splice(2)} take nothing in.
 */
final class Pipe implements Stateful {
    static final int PAGE_BYTES = Fcntl.PIPE_BUF;
    /** {@code /proc/sys/fs/pipe-max-size}. */
    static final int LARGEST_BYTES = 1 << 20;

    private static final int USUAL_SLOTS = 16;
    /** A page begins with so much room, and grows when more is written into it. */
    private static final int SMALLEST_ROOM = 64;

    private final Activity activity;
    private final ArrayDeque<Slot> taken = new ArrayDeque<>();
    private int slots = USUAL_SLOTS;
    private int used;
    private int readers;
    private int writers;

    Pipe(Activity activity) {
        this.activity = activity;
    }

    /** Part of a page. What is before {@code end} never changes, so that two pipes may have the same page ({@code tee(2)}). */
    private static final class Slot {
        private byte[] page;
        private int from;
        private int end;
        /** More can be written behind the end: {@code PIPE_BUF_FLAG_CAN_MERGE}. */
        private final boolean merges;

        Slot(byte[] page, int from, int end, boolean merges) {
            this.page = page;
            this.from = from;
            this.end = end;
            this.merges = merges;
        }

        int length() {
            return end - from;
        }

        void append(byte[] bytes, int at, int length) {
            if (end + length > page.length) {
                page = Arrays.copyOf(page, Math.min(PAGE_BYTES, Math.max(end + length, 2 * page.length)));
            }
            System.arraycopy(bytes, at, page, end, length);
            end += length;
        }

        /** The first bytes of it, for another pipe. */
        Slot part(int length) {
            return new Slot(page, from, from + length, false);
        }

        Slot copy() {
            return new Slot(Arrays.copyOf(page, end), from, end, merges);
        }
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

    int usedBytes() {
        return used;
    }

    int capacityBytes() {
        return slots * PAGE_BYTES;
    }

    int freeSlots() {
        return Math.max(slots - taken.size(), 0);
    }

    // ---- bytes

    long read(byte[] into, int at, int length) {
        if (length == 0) {
            return 0;
        }
        if (used == 0) {
            return writers == 0 ? 0 : Errno.EAGAIN.result();
        }
        int count = peek(into, at, length, Integer.MAX_VALUE);
        skip(count);
        return count;
    }

    /** Copies what comes next, of so many slots at most; a count. */
    int peek(byte[] into, int at, int length, int mostSlots) {
        int done = 0;
        int seen = 0;
        for (Slot slot : taken) {
            if (done == length || seen++ == mostSlots) {
                break;
            }
            int piece = Math.min(length - done, slot.length());
            System.arraycopy(slot.page, slot.from, into, at + done, piece);
            done += piece;
        }
        return done;
    }

    /** Takes so many bytes out. */
    void skip(int count) {
        boolean wasFull = freeSlots() == 0;
        used -= count;
        for (int left = count; left > 0; ) {
            Slot first = taken.getFirst();
            int piece = Math.min(left, first.length());
            first.from += piece;
            left -= piece;
            if (first.length() == 0) {
                taken.removeFirst();
            }
        }
        noteRoom(wasFull);
    }

    private void noteRoom(boolean wasFull) {
        if (wasFull && freeSlots() > 0) {
            activity.noteWritable();
        }
    }

    /** Up to {@code PIPE_BUF} bytes go in together or not at all. */
    long write(byte[] from, int at, int length) {
        if (readers == 0) {
            return Errno.EPIPE.result();
        }
        if (length == 0) {
            return 0;
        }
        int done = 0;
        int odd = length % PAGE_BYTES;
        if (odd > 0 && !taken.isEmpty() && taken.getLast().merges && taken.getLast().end + odd <= PAGE_BYTES) {
            taken.getLast().append(from, at, odd);
            done = odd;
        }
        while (done < length && freeSlots() > 0) {
            Slot slot = new Slot(new byte[Math.min(SMALLEST_ROOM, length - done)], 0, 0, true);
            int piece = Math.min(PAGE_BYTES, length - done);
            slot.append(from, at + done, piece);
            taken.addLast(slot);
            done += piece;
        }
        return done == 0 ? Errno.EAGAIN.result() : added(done);
    }

    private int added(int count) {
        used += count;
        activity.noteReadable();
        return count;
    }

    // ---- pages

    /** Puts bytes into slots of their own, which must be free; the first begins so far into its page. */
    void fill(byte[] bytes, int length, int intoPage) {
        int at = 0;
        int room = PAGE_BYTES - intoPage;
        while (at < length) {
            int end = Math.min(length, at + room);
            taken.addLast(new Slot(Arrays.copyOfRange(bytes, at, end), 0, end - at, false));
            at = end;
            room = PAGE_BYTES;
        }
        if (length > 0) {
            added(length);
        }
    }

    /** Moves up to so many bytes to the end of another pipe, as far as that has slots ({@code splice_pipe_to_pipe}). */
    int moveTo(Pipe to, long most) {
        boolean wasFull = freeSlots() == 0;
        int done = 0;
        while (done < most && !taken.isEmpty() && to.freeSlots() > 0) {
            Slot first = taken.getFirst();
            if (first.length() <= most - done) {
                to.taken.addLast(taken.removeFirst());
                done += first.length();
            } else {
                int part = (int) (most - done);
                to.taken.addLast(first.part(part));
                first.from += part;
                done += part;
            }
        }
        if (done > 0) {
            used -= done;
            noteRoom(wasFull);
            to.added(done);
        }
        return done;
    }

    /** The same, but leaves the bytes here as well ({@code link_pipe}). */
    int copyTo(Pipe to, long most) {
        int done = 0;
        for (Slot slot : taken) {
            if (done == most || to.freeSlots() == 0) {
                break;
            }
            int part = (int) Math.min(slot.length(), most - done);
            to.taken.addLast(slot.part(part));
            done += part;
        }
        return done == 0 ? 0 : to.added(done);
    }

    /** {@code fcntl(F_SETPIPE_SZ)}: rounded up to a power of two pages; the size, or a negative errno. */
    long resize(int wanted) {
        if (wanted < 0) {
            return Errno.EINVAL.result();
        }
        if (wanted > LARGEST_BYTES) {
            return Errno.EPERM.result();
        }
        int size = Math.max(PAGE_BYTES, Integer.highestOneBit(Math.max(wanted - 1, 1)) << 1);
        if (size / PAGE_BYTES < taken.size()) {
            return Errno.EBUSY.result();
        }
        boolean wasFull = freeSlots() == 0;
        slots = size / PAGE_BYTES;
        noteRoom(wasFull);
        return size;
    }

    int readerReadiness() {
        return (used > 0 ? Poll.READABLE : 0) | (writers == 0 ? Poll.POLLHUP : 0);
    }

    int writerReadiness() {
        return (freeSlots() > 0 ? Poll.WRITABLE : 0) | (readers == 0 ? Poll.POLLERR : 0);
    }

    @Override
    public Saved capture() {
        List<Slot> content = new ArrayList<>();
        taken.forEach(slot -> content.add(slot.copy()));
        return new State(this, content, slots, readers, writers, activity.capture());
    }

    /** The slots are never changed after capture. */
    private record State(Pipe owner, List<Slot> content, int slots, int readers, int writers, Saved activity)
            implements Saved {
        @Override
        public void restore() {
            owner.taken.clear();
            owner.used = 0;
            for (Slot slot : content) {
                owner.taken.addLast(slot.copy());
                owner.used += slot.length();
            }
            owner.slots = slots;
            owner.readers = readers;
            owner.writers = writers;
            activity.restore();
        }
    }
}
