package dev.gostub.emulator.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one process.
 *
 * <pre>
 * AddressSpace ── Mappings (what may be touched), Pages ── PageTable ── Page (what was touched), Watches
 *      └ Memory: the two TLBs in front of it
 * </pre>
 *
 * It answers TLB misses, and keeps the TLBs true to what is done to mappings, pages and watches. Addresses are unsigned 64-bit values; user space ends at {@link #END}. Sizes and
 * addresses given to the mapping methods are page-aligned; that is the caller's duty.
 */
public final class AddressSpace extends Memory {
    /** First address behind user space on amd64 with four-level paging. */
    public static final long END = 0x7ffffffff000L;

    /** Where the search for a free range from above starts: 128 MiB, the room kept for the stack, below the end (mmap_base). */
    public static final long MMAP_BASE = 0x7ffff7fff000L;

    public static final int PAGE_SIZE = Page.SIZE;

    private final Mappings mappings = new Mappings();
    private final Pages pages = new Pages(this, mappings);
    private final Watches watches = new Watches();
    private boolean stepping;

    /** Registers the one party that keeps decoded code. */
    public void listen(CodeListener listener) {
        pages.listen(listener);
    }

    // ---- mappings

    /** Maps a range, replacing what was there, as mmap(2) with MAP_FIXED does. */
    public void map(Mapping mapping) {
        unmap(mapping.start(), mapping.end());
        mappings.add(mapping);
    }

    /** Removes whatever is mapped in the range. */
    public void unmap(long start, long end) {
        mappings.remove(start, end);
        discard(start, end);
    }

    /**
     * Changes the protection of a range.
     *
     * @return false, with nothing changed behind the hole, if part of the range is not mapped (ENOMEM of mprotect(2))
     */
    public boolean protect(long start, long end, int protection) {
        long hole = mappings.firstHole(start, end);
        for (Mapping changed : mappings.change(start, hole, each -> each.withProtection(protection))) {
            pages.protect(changed.start(), changed.end(), protection);
            forget(changed.start(), changed.end());
        }
        return hole == end;
    }

    /** Sets and clears marks of whatever is mapped in a range. */
    public void mark(long start, long end, int set, int cleared) {
        mappings.change(start, end, each -> each.withMarks(each.marks() & ~cleared | set));
    }

    /** Forgets the content of a range: the next touch finds the backing's again, as after madvise(2) with MADV_DONTNEED. */
    public void discard(long start, long end) {
        pages.drop(start, end);
        forget(start, end);
    }

    /** Moves a mapped range with its content to where nothing is mapped, as mremap(2) does; a range longer than the old one continues its backing. */
    public void move(long from, long lengthBytes, long to, long newLengthBytes) {
        Mapping old = mappings.at(from);
        if (old == null || old.end() < from + lengthBytes)
            throw new IllegalStateException("move of an unmapped range: " + Long.toHexString(from));
        List<Pages.Placed> moved = pages.copies(from, from + Math.min(lengthBytes, newLengthBytes));
        long offset = old.offsetBytes() + (from - old.start());
        unmap(from, from + lengthBytes);
        map(new Mapping(to, to + newLengthBytes, old.protection(), old.shared(), old.backing(), offset, old.marks()));
        pages.put(to, moved);
        forgetAll();
    }

    /** The same, but what was there stays mapped, and is empty ({@code MREMAP_DONTUNMAP}). */
    public void moveContent(long from, long lengthBytes, long to) {
        Mapping old = mappings.at(from);
        if (old == null) throw new IllegalStateException("move of an unmapped range: " + Long.toHexString(from));
        move(from, lengthBytes, to, lengthBytes);
        map(old.part(from, from + lengthBytes).withMarks(old.marks() & ~Mapping.LOCKED));
    }

    private void forget(long start, long end) {
        long first = start >>> Page.SHIFT;
        long last = end - 1 >>> Page.SHIFT;
        if (last - first > 512) {
            forgetAll();
            return;
        }
        for (long number = first; number <= last; number++) {
            forgetReadable(number);
            forgetWritable(number);
        }
    }

    /** The mapping that holds an address; null if none does. */
    public @Nullable Mapping mappingAt(long address) {
        return mappings.at(address);
    }

    /** All mappings by ascending address. */
    public List<Mapping> mappings() {
        return mappings.all();
    }

    /** The mappings that have a part in a range, by ascending address. */
    public List<Mapping> mappingsIn(long start, long end) {
        return mappings.overlapping(start, end);
    }

    /** The first address in the range that is not mapped; {@code end} if all of it is. */
    public long firstHole(long start, long end) {
        return mappings.firstHole(start, end);
    }

    /** True if nothing is mapped in the range. */
    public boolean isFree(long start, long end) {
        return mappings.isFree(start, end);
    }

    /**
     * The highest free range of a length that ends at or below {@code top} (Linux's top-down search).
     *
     * @return its start, or -1 if there is none at or above {@code bottom}
     */
    public long findFree(long lengthBytes, long bottom, long top) {
        return mappings.findFree(lengthBytes, bottom, top);
    }

    // ---- frames that others have as well

    /** Somebody has decoded code from a frame. */
    void frameDecoded(long number) {
        forgetWritable(number);
    }

    /** Somebody changes a frame that holds code. */
    void frameChanged(long number) {
        pages.codeChanged(number);
    }

    /** A frame is gone from its object. */
    void frameRemoved(long number) {
        discard(number << Page.SHIFT, number + 1 << Page.SHIFT);
    }

    // ---- watched ranges and single steps

    /** Watches a range from now on. A hit is found when the access is stepped; see {@link #takeHit()}. */
    public void watch(Watch watch) {
        watches.add(watch);
        watching = true;
        forgetAll();
    }

    public void unwatch(Watch watch) {
        watches.remove(watch);
        watching = !watches.isEmpty();
    }

    /** What the instructions stepped since the last call have hit, the watch that was set first if there are several; null for nothing. */
    public @Nullable Watch takeHit() {
        return watches.takeHit();
    }

    /**
     * While a single instruction is stepped, writes to pages with decoded code take effect (and drop that code) instead of asking for a step.
     */
    public void beginStep() {
        stepping = true;
    }

    public void endStep() {
        stepping = false;
    }

    @Override
    void accessed(long address, int lengthBytes, boolean write) {
        if (stepping) watches.note(address, lengthBytes, write);
    }

    /** Pages with a watched range on them stay out of the TLB that the watch is about, so that every access comes here. */
    private boolean isWatched(long address, boolean write) {
        return watching && watches.touched(address & ~(long) Page.MASK, Page.SIZE, write) != null;
    }

    // ---- page faults

    @Override
    byte[] readable(long address) {
        Page page = pages.demand(address, Protection.READ, GuestFault.Access.READ);
        if (!isWatched(address, false)) enterReadable(address >>> Page.SHIFT, page.bytes);
        else if (!stepping) throw new SteppedAccess();
        return page.bytes;
    }

    @Override
    byte[] writable(long address) {
        Page page = pages.demand(address, Protection.WRITE, GuestFault.Access.WRITE);
        boolean watched = isWatched(address, true);
        if ((page.holdsCode() || watched) && !stepping) throw new SteppedAccess();
        byte[] bytes = ownForWrite(address >>> Page.SHIFT, page);
        if (!watched) enterWritable(address >>> Page.SHIFT, bytes);
        return bytes;
    }

    private byte[] ownForWrite(long number, Page page) {
        if (page.copyOnWrite) forgetReadable(number);
        return pages.own(number, page);
    }

    // ---- access by the machine rather than by the guest's instructions

    /**
     * Reads for the kernel, with the guest's rights.
     *
     * @return bytes that could be read before the first unreadable page: fewer than {@code lengthBytes} means EFAULT behind them
     */
    public int copyIn(long address, byte[] target, int from, int lengthBytes) {
        return pageByPage(address, lengthBytes, (at, done, count) -> {
            Page page = pages.accessible(at, Protection.READ);
            if (page == null) return false;
            System.arraycopy(page.bytes, (int) at & Page.MASK, target, from + done, count);
            return true;
        });
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
        return pageByPage(address, lengthBytes, (at, done, count) -> {
            byte[] content = pages.content(at);
            if (content == null) return false;
            System.arraycopy(content, (int) at & Page.MASK, target, from + done, count);
            return true;
        });
    }

    /** Writes for a debugger, into read-only text as well, as ptrace(2) allows it; returns the number of bytes written. */
    public int poke(long address, byte[] source, int from, int lengthBytes) {
        return write(address, source, from, lengthBytes, Protection.NONE);
    }

    private int write(long address, byte[] source, int from, int lengthBytes, int right) {
        return pageByPage(address, lengthBytes, (at, done, count) -> {
            Page page = pages.accessible(at, right);
            if (page == null) return false;
            if (page.copyOnWrite) forgetWritable(at >>> Page.SHIFT);
            byte[] bytes = ownForWrite(at >>> Page.SHIFT, page);
            System.arraycopy(source, from + done, bytes, (int) at & Page.MASK, count);
            return true;
        });
    }

    /**
     * Fetches instruction bytes and remembers that code was decoded from their pages.
     *
     * @return bytes fetched before the first page that cannot be executed, at least 1
     * @throws GuestFault if not even the first byte can be executed
     */
    public int fetch(long address, byte[] target, int lengthBytes) {
        return pageByPage(address, lengthBytes, (at, done, count) -> {
            Page page = done == 0
                    ? pages.demand(at, Protection.EXECUTE, GuestFault.Access.EXECUTE)
                    : pages.accessible(at, Protection.EXECUTE);
            if (page == null) return false;
            if (!page.code) {
                pages.decode(page);
                forgetWritable(at >>> Page.SHIFT);
            }
            System.arraycopy(page.bytes, (int) at & Page.MASK, target, done, count);
            return true;
        });
    }

    /** What is done with the part of a range that lies on one page; false if that page refuses it. */
    private interface OnOnePage {
        boolean copy(long at, int done, int count);
    }

    /** Does it page after page until one refuses; returns the bytes done by then. */
    private static int pageByPage(long address, int lengthBytes, OnOnePage part) {
        int done = 0;
        while (done < lengthBytes) {
            long at = address + done;
            int count = Math.min(Page.SIZE - ((int) at & Page.MASK), lengthBytes - done);
            if (!part.copy(at, done, count)) return done;
            done += count;
        }
        return done;
    }

    // ---- the whole of it

    public AddressSpaceSnapshot capture() {
        forgetAllWritable();
        return pages.capture();
    }

    /** Makes this the address space that was captured; decoded code is dropped where the pages differ. */
    public void restore(AddressSpaceSnapshot snapshot) {
        clear();
        mappings.restore(snapshot.mappings());
        pages.restore(snapshot);
    }

    /** An address space of its own with the same content ({@code fork(2)}); pages are copied when one of the two writes them, but for those of shared mappings. */
    public AddressSpace fork() {
        AddressSpace child = new AddressSpace();
        child.restore(capture());
        for (Mapping each : child.mappings()) {
            if (each.has(Mapping.DONT_FORK)) child.unmap(each.start(), each.end());
            else if (each.has(Mapping.WIPE_ON_FORK)) child.discard(each.start(), each.end());
            child.mark(each.start(), each.end(), 0, Mapping.LOCKED); // locks are not inherited (mlock(2))
        }
        return child;
    }

    private void clear() {
        mappings.clear();
        forgetAll();
        pages.clear();
    }

    /** Hash of mappings and contents, equal for equal states; costs the pages written since the last call. */
    public long hash() {
        forgetAllWritable();
        return pages.hash() + mappings.hash();
    }

    /** Was the page of an address touched: read, written or executed. */
    public boolean isResident(long address) {
        return pages.isResident(address >>> Page.SHIFT);
    }

    /** Bytes in pages that hold content of their own: what the process keeps resident. */
    public long residentBytes() {
        return pages.residentBytes();
    }

    /**
     * Bytes of a mapping that may differ from what is behind it: zeros, or a file. For a file that can be written this counts every page
     * that was touched, as a page shared with a snapshot does not tell whether it was changed.
     */
    public long privateBytes(Mapping mapping) {
        return pages.privateBytes(mapping);
    }
}
