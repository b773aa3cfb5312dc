package dev.gostub.emulator.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one process.
 *
 * <pre>
 * AddressSpace ── mappings (what may be touched), PageTable ── Page (what was touched)
 *      └ Memory: the two TLBs in front of it
 * </pre>
 *
 * Pages come into being when they are first touched, from their mapping's {@link Backing}. Addresses are unsigned 64-bit values; user space ends at {@link #END}. Sizes and
 * addresses given to the mapping methods are page-aligned; that is the caller's duty.
 */
public final class AddressSpace extends Memory {
    /** First address behind user space on amd64 with four-level paging. */
    public static final long END = 0x7ffffffff000L;

    public static final int PAGE_SIZE = Page.SIZE;

    private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
    private final PageTable pages = new PageTable();
    private @Nullable CodeListener codeListener;
    private final List<Watch> watches = new ArrayList<>();
    private @Nullable Watch hit;
    private boolean stepping;

    /** Registers the one party that keeps decoded code. */
    public void listen(CodeListener listener) {
        this.codeListener = listener;
    }

    // ---- mappings

    /** Maps a range, replacing what was there, as mmap(2) with MAP_FIXED does. */
    public void map(Mapping mapping) {
        unmap(mapping.start(), mapping.end());
        Mapping merged = mapping;
        Mapping before = endingAt(mapping.start());
        if (before != null && mapping.continues(before)) {
            mappings.remove(before.start());
            merged = new Mapping(
                    before.start(),
                    mapping.end(),
                    before.protection(),
                    before.shared(),
                    before.backing(),
                    before.offsetBytes());
        }
        Mapping after = mappings.get(mapping.end());
        if (after != null && after.continues(merged)) {
            mappings.remove(after.start());
            merged = new Mapping(
                    merged.start(),
                    after.end(),
                    merged.protection(),
                    merged.shared(),
                    merged.backing(),
                    merged.offsetBytes());
        }
        mappings.put(merged.start(), merged);
    }

    /** Removes whatever is mapped in the range. */
    public void unmap(long start, long end) {
        for (Mapping old : overlapping(start, end)) {
            mappings.remove(old.start());
            if (old.start() < start) mappings.put(old.start(), old.part(old.start(), start));
            if (old.end() > end) mappings.put(end, old.part(end, old.end()));
        }
        dropPages(start, end);
    }

    /**
     * Changes the protection of a range.
     *
     * @return false, with nothing changed behind the hole, if part of the range is not mapped (ENOMEM of mprotect(2))
     */
    public boolean protect(long start, long end, int protection) {
        long at = start;
        for (Mapping old : overlapping(start, end)) {
            if (old.start() > at) return false;
            at = old.end();
            if (old.protection() == protection) continue;
            long from = Math.max(old.start(), start);
            long to = Math.min(old.end(), end);
            mappings.remove(old.start());
            if (old.start() < from) mappings.put(old.start(), old.part(old.start(), from));
            if (old.end() > to) mappings.put(to, old.part(to, old.end()));
            mappings.put(from, old.part(from, to).withProtection(protection));
            protectPages(from, to, protection);
            merge(from);
            merge(to);
        }
        return at >= end;
    }

    /** Forgets the content of a range: the next touch finds the backing's again, as after madvise(2) with MADV_DONTNEED. */
    public void discard(long start, long end) {
        dropPages(start, end);
    }

    /** Moves a mapped range with its content to where nothing is mapped, as mremap(2) does; a range longer than the old one continues its backing. */
    public void move(long from, long lengthBytes, long to, long newLengthBytes) {
        Mapping old = mappingAt(from);
        if (old == null || old.end() < from + lengthBytes)
            throw new IllegalStateException("move of an unmapped range: " + Long.toHexString(from));
        List<Page> moved = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (long a = from; a < from + Math.min(lengthBytes, newLengthBytes); a += PAGE_SIZE) {
            Page page = pages.get(a >>> Page.SHIFT);
            if (page == null) continue;
            moved.add(new Page(page.bytes, page.protection, page.copyOnWrite));
            numbers.add(a - from + to >>> Page.SHIFT);
        }
        long offset = old.offsetBytes() + (from - old.start());
        unmap(from, from + lengthBytes);
        map(new Mapping(to, to + newLengthBytes, old.protection(), old.shared(), old.backing(), offset));
        for (int i = 0; i < moved.size(); i++) pages.put(numbers.get(i), moved.get(i));
        forgetAll();
    }

    /** The mapping that holds an address; null if none does. */
    public @Nullable Mapping mappingAt(long address) {
        Map.Entry<Long, Mapping> entry = mappings.floorEntry(address);
        return entry != null && address < entry.getValue().end() && address >= 0 ? entry.getValue() : null;
    }

    /** All mappings by ascending address. */
    public List<Mapping> mappings() {
        return List.copyOf(mappings.values());
    }

    /** True if nothing is mapped in the range. */
    public boolean isFree(long start, long end) {
        return overlapping(start, end).isEmpty();
    }

    /**
     * The highest free range of a length that ends at or below {@code top} (Linux's top-down search).
     *
     * @return its start, or -1 if there is none at or above {@code bottom}
     */
    public long findFree(long lengthBytes, long bottom, long top) {
        long end = top;
        Map.Entry<Long, Mapping> below = mappings.lowerEntry(top);
        while (below != null) {
            Mapping mapping = below.getValue();
            if (mapping.end() <= end - lengthBytes) break;
            end = Math.min(end, mapping.start());
            below = mappings.lowerEntry(mapping.start());
        }
        return end - lengthBytes >= bottom ? end - lengthBytes : -1;
    }

    // ---- watched ranges

    /** Watches a range from now on. A hit is found when the access is stepped; see {@link #takeHit()}. */
    public void watch(Watch watch) {
        if (!watches.contains(watch)) watches.add(watch);
        watching = true;
        forgetAll();
    }

    public void unwatch(Watch watch) {
        watches.remove(watch);
        watching = !watches.isEmpty();
    }

    /** What the instructions stepped since the last call have hit, the watch that was set first if there are several; null for nothing. */
    public @Nullable Watch takeHit() {
        Watch taken = hit;
        hit = null;
        return taken;
    }

    @Override
    void accessed(long address, int lengthBytes, boolean write) {
        if (!stepping || hit != null) return;
        for (Watch each : watches) {
            if ((write ? each.writes() : each.reads()) && each.touches(address, lengthBytes)) {
                hit = each;
                return;
            }
        }
    }

    /** Pages with a watched range on them stay out of the TLB that the watch is about, so that every access comes here. */
    private boolean isWatched(long address, boolean write) {
        if (!watching) return false;
        long page = address & ~(long) Page.MASK;
        for (Watch each : watches) {
            if ((write ? each.writes() : each.reads()) && each.touches(page, Page.SIZE)) return true;
        }
        return false;
    }

    // ---- access by the machine rather than by the guest's instructions

    /**
     * While a single instruction is stepped, writes to pages with decoded code take effect (and drop that code) instead of asking for a step.
     */
    public void beginStep() {
        stepping = true;
    }

    public void endStep() {
        stepping = false;
    }

    /**
     * Reads for the kernel, with the guest's rights.
     *
     * @return bytes that could be read before the first unreadable page: fewer than {@code lengthBytes} means EFAULT behind them
     */
    public int copyIn(long address, byte[] target, int from, int lengthBytes) {
        return read(address, target, from, lengthBytes, Protection.READ);
    }

    /** Writes for the kernel, with the guest's rights; the same return value as {@link #copyIn}. */
    public int copyOut(long address, byte[] source, int from, int lengthBytes) {
        return write(address, source, from, lengthBytes, Protection.WRITE);
    }

    /**
     * Reads for a debugger: whatever is mapped, whatever its protection; returns the number of bytes that exist. No page comes into being, so
     * that the state, and what the process keeps resident, is that of a run without a debugger.
     */
    public int peek(long address, byte[] target, int from, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            long at = address + done;
            byte[] content = content(at);
            if (content == null) return done;
            int offset = (int) at & Page.MASK;
            int count = Math.min(Page.SIZE - offset, lengthBytes - done);
            System.arraycopy(content, offset, target, from + done, count);
            done += count;
        }
        return done;
    }

    /** What the page there holds, or would hold if it were touched; null if touching it is a fault. */
    private byte @Nullable [] content(long address) {
        Page page = pages.get(address >>> Page.SHIFT);
        if (page != null) return page.bytes;
        Mapping mapping = mappingAt(address);
        if (mapping == null) return null;
        long offset = mapping.offsetBytes() + ((address & ~(long) Page.MASK) - mapping.start());
        return offset < mapping.backing().lengthBytes() ? mapping.backing().page(offset) : null;
    }

    /** Writes for a debugger, into read-only text as well, as ptrace(2) allows it; returns the number of bytes written. */
    public int poke(long address, byte[] source, int from, int lengthBytes) {
        return write(address, source, from, lengthBytes, Protection.NONE);
    }

    /**
     * Fetches instruction bytes and remembers that code was decoded from their pages.
     *
     * @return bytes fetched before the first page that cannot be executed, at least 1
     * @throws GuestFault if not even the first byte can be executed
     */
    public int fetch(long address, byte[] target, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            long at = address + done;
            Page page = done == 0
                    ? pageFor(at, Protection.EXECUTE, GuestFault.Access.EXECUTE)
                    : accessible(at, Protection.EXECUTE);
            if (page == null) return done;
            if (!page.code) {
                page.code = true;
                forgetWritable(at >>> Page.SHIFT);
            }
            int offset = (int) at & Page.MASK;
            int count = Math.min(Page.SIZE - offset, lengthBytes - done);
            System.arraycopy(page.bytes, offset, target, done, count);
            done += count;
        }
        return done;
    }

    // ---- snapshots

    public AddressSpaceSnapshot capture() {
        List<Long> numbers = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        List<Page> captured = new ArrayList<>();
        pages.forEach((number, page) -> {
            page.copyOnWrite = true;
            numbers.add(number);
            contents.add(page.bytes);
            captured.add(page);
        });
        forgetAllWritable();
        byte[] protections = new byte[captured.size()];
        for (int i = 0; i < protections.length; i++) protections[i] = (byte) captured.get(i).protection;
        return new AddressSpaceSnapshot(
                mappings(),
                numbers.stream().mapToLong(Long::longValue).toArray(),
                contents.toArray(byte[][]::new),
                protections);
    }

    /** Makes this the address space that was captured; decoded code is dropped where the pages differ. */
    public void restore(AddressSpaceSnapshot snapshot) {
        clear();
        for (Mapping mapping : snapshot.mappings()) mappings.put(mapping.start(), mapping);
        for (int i = 0; i < snapshot.numbers().length; i++) {
            pages.put(snapshot.numbers()[i], new Page(snapshot.pages()[i], snapshot.protections()[i], true));
        }
    }

    /** Unmaps everything, as execve(2) does. */
    public void clear() {
        mappings.clear();
        pages.clear();
        forgetAll();
        if (codeListener != null) codeListener.allCodeChanged();
    }

    /** Hash of mappings and contents, equal for equal states; costs the pages written since the last call. */
    public long hash() {
        forgetAllWritable();
        long[] hash = {0};
        pages.forEach((number, page) -> {
            long content = page.hash();
            if (content != 0) hash[0] += Hash.mix(content ^ number * 0x9e3779b97f4a7c15L);
        });
        for (Mapping m : mappings.values()) hash[0] += Hash.mix(m.start() * 31 + m.end() * 7 + m.protection());
        return hash[0];
    }

    /** Bytes in pages that hold content of their own: what the process keeps resident. */
    public long residentBytes() {
        long[] count = {0};
        pages.forEach((number, page) -> {
            if (page.bytes != Page.ZERO) count[0] += PAGE_SIZE;
        });
        return count[0];
    }

    /**
     * Bytes of a mapping that may differ from what is behind it: zeros, or a file. For a file that can be written this counts every page
     * that was touched, as a page shared with a snapshot does not tell whether it was changed.
     */
    public long privateBytes(Mapping mapping) {
        boolean any = mapping.backing().anonymous() || (mapping.protection() & Protection.WRITE) != 0;
        long[] count = {0};
        pages.forEach(mapping.start() >>> Page.SHIFT, (mapping.end() - 1) >>> Page.SHIFT, page -> {
            if (page.bytes != Page.ZERO && (any || !page.copyOnWrite)) count[0] += PAGE_SIZE;
        });
        return count[0];
    }

    // ---- page faults

    @Override
    byte[] readable(long address) {
        Page page = pageFor(address, Protection.READ, GuestFault.Access.READ);
        if (!isWatched(address, false)) enterReadable(address >>> Page.SHIFT, page.bytes);
        else if (!stepping) throw new SteppedAccess();
        return page.bytes;
    }

    @Override
    byte[] writable(long address) {
        Page page = pageFor(address, Protection.WRITE, GuestFault.Access.WRITE);
        boolean watched = isWatched(address, true);
        if ((page.code || watched) && !stepping) throw new SteppedAccess();
        byte[] bytes = ownForWrite(address >>> Page.SHIFT, page);
        if (!watched) enterWritable(address >>> Page.SHIFT, bytes);
        return bytes;
    }

    private byte[] ownForWrite(long number, Page page) {
        if (page.code) {
            page.code = false;
            if (codeListener != null) codeListener.codeChanged(number);
        }
        boolean copied = page.copyOnWrite;
        byte[] bytes = page.own();
        if (copied) forgetReadable(number);
        return bytes;
    }

    private Page pageFor(long address, int right, GuestFault.Access access) {
        Page page = pages.get(address >>> Page.SHIFT);
        if (page == null) page = touch(address, access);
        if ((page.protection & right) == 0) throw GuestFault.memory(GuestFault.Kind.PROTECTION, access, address);
        return page;
    }

    /** Brings the page into being. */
    private Page touch(long address, GuestFault.Access access) {
        Mapping mapping = mappingAt(address);
        if (mapping == null) {
            boolean canonical = address << 16 >> 16 == address;
            throw canonical
                    ? GuestFault.memory(GuestFault.Kind.NOT_MAPPED, access, address)
                    : GuestFault.memory(GuestFault.Kind.GENERAL_PROTECTION, access, 0);
        }
        long start = address & ~(long) Page.MASK;
        long offset = mapping.offsetBytes() + (start - mapping.start());
        if (offset >= mapping.backing().lengthBytes()) {
            throw GuestFault.memory(
                    mapping.protection() == 0 ? GuestFault.Kind.PROTECTION : GuestFault.Kind.BEYOND_FILE,
                    access,
                    address);
        }
        Page page = new Page(mapping.backing().page(offset), mapping.protection(), true);
        pages.put(address >>> Page.SHIFT, page);
        return page;
    }

    /** The page if it exists or can be brought into being and grants the right (NONE asks for nothing); else null. */
    private @Nullable Page accessible(long address, int right) {
        Page page = pages.get(address >>> Page.SHIFT);
        if (page == null) {
            Mapping mapping = mappingAt(address);
            if (mapping == null) return null;
            long offset = mapping.offsetBytes() + ((address & ~(long) Page.MASK) - mapping.start());
            if (offset >= mapping.backing().lengthBytes()) return null;
            page = touch(address, GuestFault.Access.READ);
        }
        return (page.protection & right) == right ? page : null;
    }

    private int read(long address, byte[] target, int from, int lengthBytes, int right) {
        int done = 0;
        while (done < lengthBytes) {
            long at = address + done;
            Page page = accessible(at, right);
            if (page == null) return done;
            int offset = (int) at & Page.MASK;
            int count = Math.min(Page.SIZE - offset, lengthBytes - done);
            System.arraycopy(page.bytes, offset, target, from + done, count);
            done += count;
        }
        return done;
    }

    private int write(long address, byte[] source, int from, int lengthBytes, int right) {
        int done = 0;
        while (done < lengthBytes) {
            long at = address + done;
            Page page = accessible(at, right);
            if (page == null) return done;
            int offset = (int) at & Page.MASK;
            int count = Math.min(Page.SIZE - offset, lengthBytes - done);
            boolean alreadyWritable = !page.copyOnWrite;
            byte[] bytes = ownForWrite(at >>> Page.SHIFT, page);
            if (!alreadyWritable) forgetWritable(at >>> Page.SHIFT);
            System.arraycopy(source, from + done, bytes, offset, count);
            done += count;
        }
        return done;
    }

    // ---- bookkeeping

    private List<Mapping> overlapping(long start, long end) {
        List<Mapping> found = new ArrayList<>();
        Map.Entry<Long, Mapping> before = mappings.lowerEntry(start);
        if (before != null && before.getValue().end() > start) found.add(before.getValue());
        found.addAll(mappings.subMap(start, true, end, false).values());
        return found;
    }

    private @Nullable Mapping endingAt(long address) {
        Map.Entry<Long, Mapping> before = mappings.lowerEntry(address);
        return before != null && before.getValue().end() == address ? before.getValue() : null;
    }

    private void merge(long boundary) {
        Mapping after = mappings.get(boundary);
        Mapping before = endingAt(boundary);
        if (after == null || before == null || !after.continues(before)) return;
        mappings.remove(boundary);
        mappings.put(
                before.start(),
                new Mapping(
                        before.start(),
                        after.end(),
                        before.protection(),
                        before.shared(),
                        before.backing(),
                        before.offsetBytes()));
    }

    private void dropPages(long start, long end) {
        long first = start >>> Page.SHIFT;
        long last = end - 1 >>> Page.SHIFT;
        codeChanged(first, last);
        pages.remove(first, last);
        forget(first, last);
    }

    private void protectPages(long start, long end, int protection) {
        long first = start >>> Page.SHIFT;
        long last = end - 1 >>> Page.SHIFT;
        codeChanged(first, last);
        pages.forEach(first, last, page -> page.protection = protection);
        forget(first, last);
    }

    private void codeChanged(long first, long last) {
        boolean[] code = {false};
        pages.forEach(first, last, page -> code[0] |= page.code);
        if (!code[0]) return;
        for (long number = first; number <= last; number++) {
            Page page = pages.get(number);
            if (page == null || !page.code) continue;
            page.code = false;
            if (codeListener != null) codeListener.codeChanged(number);
        }
    }

    private void forget(long first, long last) {
        if (last - first > 512) {
            forgetAll();
            return;
        }
        for (long number = first; number <= last; number++) {
            forgetReadable(number);
            forgetWritable(number);
        }
    }
}
