package dev.gostub.emulator.vfs;

import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostOpenFile;
import dev.gostub.emulator.memory.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pages of a file of the host that mappings share. Nobody is told when the guest stores into them, nor when the host writes its file; but with each page goes what both had last, and so it can be said, byte by
 * byte, who has changed what: bytes that the guest stored are written to the file, and only those, and all others become what they are there. Where both changed a byte the guest's wins.
 */
final class SharedPages {
    private static final int PAGE_BYTES = FileContent.PAGE_BYTES;

    private TreeMap<Long, Shared> pages = new TreeMap<>();

    /**
     * A page.
     *
     * @param last what it was when it was brought together last
     */
    private record Shared(Frame frame, byte[] last) {
        static Shared of(byte[] bytes) {
            return new Shared(new Frame(bytes), bytes.clone());
        }
    }

    /** Opens the file, or has it open. */
    @FunctionalInterface
    interface Handle {
        HostOpenFile get() throws HostFailure;
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    Optional<Frame> known(long offset) {
        return Optional.ofNullable(pages.get(offset / PAGE_BYTES)).map(Shared::frame);
    }

    /** The page at a position, as it was when somebody first wanted it here and has been changed since. */
    Frame page(long offset, Handle reader) throws HostFailure {
        long number = offset / PAGE_BYTES;
        Shared known = pages.get(number);
        if (known == null) {
            byte[] bytes = new byte[PAGE_BYTES];
            reader.get().read(number * PAGE_BYTES, bytes, 0, PAGE_BYTES);
            known = Shared.of(bytes);
            pages.put(number, known);
        }
        return known.frame;
    }

    /** Brings the pages that have a part in a range together with the file. */
    void meet(long offset, long length, HostOpenFile reader, Handle writer) throws HostFailure {
        long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        SortedMap<Long, Shared> touched = pages.subMap(offset / PAGE_BYTES, (end - 1) / PAGE_BYTES + 1);
        for (Map.Entry<Long, Shared> each : touched.entrySet()) {
            meet(each.getKey() * PAGE_BYTES, each.getValue(), reader, writer);
        }
    }

    private static void meet(long start, Shared page, HostOpenFile reader, Handle writer) throws HostFailure {
        byte[] there = new byte[PAGE_BYTES];
        int within = reader.read(start, there, 0, PAGE_BYTES);
        byte[] here = page.frame.bytes();
        for (int at = 0; at < within; ) {
            int from = Arrays.mismatch(here, at, within, page.last, at, within);
            if (from < 0) {
                break;
            }
            from += at;
            int to = from;
            while (to < within && here[to] != page.last[to]) {
                there[to] = here[to];
                to++;
            }
            writer.get().write(start + from, here, from, to - from);
            at = to;
        }
        if (!Arrays.equals(here, 0, within, there, 0, within)) {
            page.frame.change();
            System.arraycopy(there, 0, here, 0, within);
        }
        System.arraycopy(here, 0, page.last, 0, PAGE_BYTES);
    }

    /** The file has become shorter: behind its end there is nothing, and zeros on its last page. */
    void cut(long size) {
        long keep = (size + PAGE_BYTES - 1) / PAGE_BYTES;
        SortedMap<Long, Shared> cut = pages.tailMap(keep);
        List.copyOf(cut.values()).forEach(page -> page.frame.remove());
        cut.clear();
        int tail = (int) (size % PAGE_BYTES);
        Shared last = pages.get(size / PAGE_BYTES);
        if (tail != 0 && last != null) {
            last.frame.change();
            Arrays.fill(last.frame.bytes(), tail, PAGE_BYTES, (byte) 0);
            Arrays.fill(last.last, tail, PAGE_BYTES, (byte) 0);
        }
    }

    void clear() {
        pages.clear();
    }

    /** The bytes as they are now, for frames of their own: address spaces ask for their pages again when they are restored. */
    Saved capture() {
        List<Kept> kept = new ArrayList<>();
        pages.forEach(
                (number, page) -> kept.add(new Kept(number, page.frame.bytes().clone(), page.last.clone())));
        return () -> {
            pages = new TreeMap<>();
            for (Kept each : kept) {
                Frame frame = new Frame(each.bytes.clone());
                pages.put(each.number, new Shared(frame, each.last.clone()));
            }
        };
    }

    private record Kept(long number, byte[] bytes, byte[] last) {}
}
