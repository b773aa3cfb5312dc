package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFile;
import dev.gostub.emulator.memory.Frame;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes of a regular file: pages in memory over the host's bytes.
 *
 * <p>Invariants: a page that is {@link #HOLE} reads as the host's bytes below {@code hostBytes} and as zeros above; bytes of a page
 * in memory beyond the file's size are zero; a page not in {@code owned} may be part of a snapshot and is copied before a write; a page in
 * {@code mapped} is part of an address space as well and stays the same array, so that it is always owned and a snapshot gets the copy.
 */
final class FileContent implements Content {
    static final int PAGE_BYTES = 4096;
    /** Pages are found through one array, so a file cannot be written arbitrarily far out. */
    static final long LARGEST_BYTES = 1L << 34;

    private static final byte[] HOLE = new byte[0];

    private final Optional<HostOrigin> host;
    private Optional<HostFile> opened = Optional.empty();
    private byte[][] pages = new byte[0][];
    private BitSet owned = new BitSet();
    private final TreeMap<Integer, Frame> mapped = new TreeMap<>();
    private long sizeBytes;
    private long hostBytes;

    /** An empty file. */
    FileContent() {
        this.host = Optional.empty();
    }

    /** A file of the host, of which {@code sizeBytes} are known. */
    FileContent(HostOrigin host, long sizeBytes) {
        this.host = Optional.of(host);
        this.sizeBytes = sizeBytes;
        this.hostBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public long read(long offset, byte[] into, int at, int length) {
        if (offset >= sizeBytes || length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, sizeBytes - offset);
        try {
            int done = 0;
            while (done < count) {
                done += readPiece(offset + done, into, at + done, count - done);
            }
            return count;
        } catch (HostFailure failure) {
            return FileFailure.errno(failure).result();
        }
    }

    @Override
    public long write(long offset, byte[] from, int at, int length) {
        if (offset > LARGEST_BYTES - length) {
            return Errno.EFBIG.result();
        }
        try {
            int done = 0;
            while (done < length) {
                long position = offset + done;
                int within = (int) (position % PAGE_BYTES);
                int piece = Math.min(length - done, PAGE_BYTES - within);
                byte[] page = writablePage(position);
                changed((int) (position / PAGE_BYTES));
                System.arraycopy(from, at + done, page, within, piece);
                done += piece;
            }
        } catch (HostFailure failure) {
            return FileFailure.errno(failure).result();
        }
        sizeBytes = Math.max(sizeBytes, offset + length);
        return length;
    }

    @Override
    public Optional<Frame> sharedPage(long offset) {
        if (offset >= LARGEST_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] page = writablePage(offset);
            return Optional.of(mapped.computeIfAbsent((int) (offset / PAGE_BYTES), _ -> new Frame(page)));
        } catch (HostFailure failure) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Frame> cachedPage(long offset) {
        return isPage(offset / PAGE_BYTES) ? sharedPage(offset) : Optional.empty();
    }

    @Override
    public long truncate(long size) {
        int tail = (int) (size % PAGE_BYTES);
        if (size < sizeBytes && tail != 0 && isPage(size / PAGE_BYTES)) {
            changed((int) (size / PAGE_BYTES));
            Arrays.fill(ownedPage((int) (size / PAGE_BYTES)), tail, PAGE_BYTES, (byte) 0);
        }
        if (size < sizeBytes) {
            int keep = (int) Math.min(pages.length, (size + PAGE_BYTES - 1) / PAGE_BYTES);
            pages = Arrays.copyOf(pages, keep);
            owned.clear(keep, Math.max(keep, owned.length()));
            SortedMap<Integer, Frame> cut = mapped.tailMap(keep);
            cut.values().forEach(Frame::remove);
            cut.clear();
        }
        hostBytes = Math.min(hostBytes, size);
        sizeBytes = size;
        return 0;
    }

    /** Is it another than the host has at that path: pages that were only mapped are in memory as well. */
    boolean differsFrom(String path) throws HostFailure {
        if (host.isEmpty() || sizeBytes != hostBytes || !host.get().path().equals(path)) {
            return true;
        }
        byte[] there = new byte[PAGE_BYTES];
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != HOLE) {
                readBeneath((long) i * PAGE_BYTES, there, 0, PAGE_BYTES);
                if (!Arrays.equals(there, pages[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void closeHost() {
        opened.ifPresent(HostFile::close);
        opened = Optional.empty();
    }

    @Override
    public Saved capture() {
        owned = new BitSet();
        byte[][] saved = pages.clone();
        for (int index : mapped.keySet()) {
            owned.set(index);
            saved[index] = saved[index].clone();
        }
        return new ContentSnapshot(this, saved, sizeBytes, hostBytes);
    }

    private void restore(ContentSnapshot snapshot) {
        pages = snapshot.pages().clone();
        owned = new BitSet();
        mapped.clear(); // address spaces ask for their pages again when they are restored
        sizeBytes = snapshot.sizeBytes();
        hostBytes = snapshot.hostBytes();
    }

    /** A page that is mapped somewhere may hold code there. */
    private void changed(int index) {
        Frame frame = mapped.get(index);
        if (frame != null) frame.change();
    }

    private boolean isPage(long index) {
        return index < pages.length && pages[(int) index] != HOLE;
    }

    private int readPiece(long offset, byte[] into, int at, int length) throws HostFailure {
        long index = offset / PAGE_BYTES;
        int within = (int) (offset % PAGE_BYTES);
        if (isPage(index)) {
            int piece = Math.min(length, PAGE_BYTES - within);
            System.arraycopy(pages[(int) index], within, into, at, piece);
            return piece;
        }
        if (pages.length == 0) {
            // Nothing was ever written: the host may answer in one go.
            readBeneath(offset, into, at, length);
            return length;
        }
        int piece = Math.min(length, PAGE_BYTES - within);
        readBeneath(offset, into, at, piece);
        return piece;
    }

    private void readBeneath(long offset, byte[] into, int at, int length) throws HostFailure {
        int fromHost = (int) Math.clamp(hostBytes - offset, 0L, (long) length);
        int got = 0;
        if (fromHost > 0 && host.isPresent()) {
            if (opened.isEmpty()) {
                opened = Optional.of(host.get().files().open(host.get().path()));
            }
            got = opened.get().read(offset, into, at, fromHost);
        }
        // The host's file may have become shorter since its size was asked: the rest reads as zeros.
        Arrays.fill(into, at + got, at + length, (byte) 0);
    }

    private byte[] writablePage(long position) throws HostFailure {
        int index = (int) (position / PAGE_BYTES);
        if (index >= pages.length) {
            int grown = Math.max(index + 1, pages.length + pages.length / 2);
            byte[][] more = Arrays.copyOf(pages, grown);
            Arrays.fill(more, pages.length, grown, HOLE);
            pages = more;
        }
        if (pages[index] == HOLE) {
            byte[] fresh = new byte[PAGE_BYTES];
            readBeneath((long) index * PAGE_BYTES, fresh, 0, PAGE_BYTES);
            pages[index] = fresh;
            owned.set(index);
        }
        return ownedPage(index);
    }

    private byte[] ownedPage(int index) {
        if (!owned.get(index)) {
            pages[index] = pages[index].clone();
            owned.set(index);
        }
        return pages[index];
    }

    /** The pages are shared with the file and never written. */
    private record ContentSnapshot(FileContent owner, byte[][] pages, long sizeBytes, long hostBytes) implements Saved {
        @Override
        public void restore() {
            owner.restore(this);
        }
    }
}
