package dev.gostub.emulator.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one address space that exist: they come into being when they are first touched, from the {@link Backing} of their mapping, and go when they are unmapped. Whoever keeps decoded code is told here when a page with
 * code changes. Which pages the TLBs hold is not known here: what a change makes stale is the caller's to forget.
 */
final class Pages {
    private final AddressSpace space;
    private final Mappings mappings;
    private final PageTable table = new PageTable();
    private @Nullable CodeListener codeListener;

    Pages(AddressSpace space, Mappings mappings) {
        this.space = space;
        this.mappings = mappings;
    }

    void listen(CodeListener listener) {
        codeListener = listener;
    }

    // ---- one page

    /**
     * The page around an address, brought into being if need be.
     *
     * @param right {@link Protection} bits of which one is enough
     * @throws GuestFault if there can be none or it does not grant the right
     */
    Page demand(long address, int right, GuestFault.Access access) {
        Page page = table.get(address >>> Page.SHIFT);
        if (page == null) page = touch(address, access);
        if ((page.protection & right) == 0) throw GuestFault.memory(GuestFault.Kind.PROTECTION, access, address);
        return page;
    }

    private Page touch(long address, GuestFault.Access access) {
        Mapping mapping = mappings.at(address);
        if (mapping == null) {
            boolean canonical = address << 16 >> 16 == address;
            throw canonical
                    ? GuestFault.memory(GuestFault.Kind.NOT_MAPPED, access, address)
                    : GuestFault.memory(GuestFault.Kind.GENERAL_PROTECTION, access, 0);
        }
        if (!mapping.reachesBacking(address)) {
            throw GuestFault.memory(
                    mapping.protection() == 0 ? GuestFault.Kind.PROTECTION : GuestFault.Kind.BEYOND_FILE,
                    access,
                    address);
        }
        Page page = page(mapping, address);
        put(address >>> Page.SHIFT, page);
        return page;
    }

    private void put(long number, Page page) {
        Frame frame = page.frame();
        if (frame != null) frame.enter(space, number);
        table.put(number, page);
    }

    private static Page page(Mapping mapping, long address) {
        Optional<Frame> shared = mapping.sharedContent(address);
        if (shared.isPresent()) return Page.shared(shared.get(), mapping.protection());
        Optional<Frame> cached = mapping.cachedContent(address);
        if (cached.isPresent()) return Page.borrowed(cached.get(), mapping.protection());
        return new Page(mapping.firstContent(address), mapping.protection(), true);
    }

    /** The page if it exists or can be brought into being and grants the right (NONE asks for nothing); else null. */
    @Nullable
    Page accessible(long address, int right) {
        Page page = table.get(address >>> Page.SHIFT);
        if (page == null) {
            Mapping mapping = mappings.at(address);
            if (mapping == null || !mapping.reachesBacking(address)) return null;
            page = touch(address, GuestFault.Access.READ);
        }
        return (page.protection & right) == right ? page : null;
    }

    /** What the page there holds, or would hold if it were touched; null if touching it is a fault. No page comes into being. */
    byte @Nullable [] content(long address) {
        Page page = table.get(address >>> Page.SHIFT);
        if (page != null) return page.bytes;
        Mapping mapping = mappings.at(address);
        return mapping != null && mapping.reachesBacking(address) ? mapping.firstContent(address) : null;
    }

    /** The bytes of an existing page, its own from now on, to be written; code decoded from it is dropped. */
    byte[] own(long number, Page page) {
        if (page.code) codeChanged(number, page);
        Frame frame = page.frame();
        if (frame != null && page.copyOnWrite) frame.leave(space, number);
        else if (frame != null) frame.change();
        return page.own();
    }

    /** Operations are decoded from the page. */
    void decode(Page page) {
        page.code = true;
        Frame frame = page.frame();
        if (frame != null) frame.decode();
    }

    /** What was decoded from the page here, if anything, is dropped. */
    void codeChanged(long number) {
        Page page = table.get(number);
        if (page != null && page.code) codeChanged(number, page);
    }

    private void codeChanged(long number, Page page) {
        page.code = false;
        if (codeListener != null) codeListener.codeChanged(number);
    }

    // ---- ranges, all page-aligned

    /** The pages of the range go, with their content. */
    void drop(long start, long end) {
        long first = start >>> Page.SHIFT;
        long last = end - 1 >>> Page.SHIFT;
        codeChanged(first, last);
        leaveFrames(first, last);
        table.remove(first, last);
    }

    private void leaveFrames(long first, long last) {
        table.forEach(first, last, (number, page) -> {
            Frame frame = page.frame();
            if (frame != null) frame.leave(space, number);
        });
    }

    void protect(long start, long end, int protection) {
        long first = start >>> Page.SHIFT;
        long last = end - 1 >>> Page.SHIFT;
        codeChanged(first, last);
        table.forEach(first, last, (_, page) -> page.protection = protection);
    }

    private void codeChanged(long first, long last) {
        table.forEach(first, last, (number, page) -> {
            if (page.code) codeChanged(number, page);
        });
    }

    boolean isResident(long number) {
        return table.get(number) != null;
    }

    /** See {@link AddressSpace#privateBytes}. */
    long privateBytes(Mapping mapping) {
        boolean any = mapping.backing().anonymous() || (mapping.protection() & Protection.WRITE) != 0;
        long[] count = {0};
        table.forEach(mapping.start() >>> Page.SHIFT, (mapping.end() - 1) >>> Page.SHIFT, (_, page) -> {
            if (page.bytes != Page.ZERO && (any || !page.copyOnWrite)) count[0] += Page.SIZE;
        });
        return count[0];
    }

    /** A page and how many pages behind the start of a range it lies. */
    record Placed(long distance, Page page) {}

    /** New pages with the content of those that exist in the range. */
    List<Placed> copies(long start, long end) {
        List<Placed> copies = new ArrayList<>();
        long first = start >>> Page.SHIFT;
        table.forEach(
                first, end - 1 >>> Page.SHIFT, (number, page) -> copies.add(new Placed(number - first, page.again())));
        return copies;
    }

    /** Puts {@link #copies} where there are no pages. */
    void put(long start, List<Placed> copies) {
        for (Placed each : copies) put((start >>> Page.SHIFT) + each.distance(), each.page());
    }

    // ---- all of them

    void clear() {
        leaveFrames(0, -1L >>> Page.SHIFT);
        table.clear();
        if (codeListener != null) codeListener.allCodeChanged();
    }

    /** The mappings and the pages; these share their content with the snapshot from now on. */
    AddressSpaceSnapshot capture() {
        List<Long> numbers = new ArrayList<>();
        List<Page> captured = new ArrayList<>();
        table.forEach((number, page) -> {
            if (!page.isShared()) page.copyOnWrite = true;
            numbers.add(number);
            captured.add(page);
        });
        byte[] protections = new byte[captured.size()];
        for (int i = 0; i < protections.length; i++) protections[i] = (byte) captured.get(i).protection;
        return new AddressSpaceSnapshot(
                mappings.all(),
                numbers.stream().mapToLong(Long::longValue).toArray(),
                captured.stream()
                        .map(page -> page.isShared() ? AddressSpaceSnapshot.SHARED : page.bytes)
                        .toArray(byte[][]::new),
                protections);
    }

    /** Puts the pages of a snapshot where there are none. Those of files come from the files, which must be restored already. */
    void restore(AddressSpaceSnapshot snapshot) {
        for (int i = 0; i < snapshot.numbers().length; i++) {
            long number = snapshot.numbers()[i];
            byte[] content = snapshot.pages()[i];
            if (content == AddressSpaceSnapshot.SHARED) {
                touch(number << Page.SHIFT, GuestFault.Access.READ).protection = snapshot.protections()[i];
            } else {
                table.put(number, new Page(content, snapshot.protections()[i], true));
            }
        }
    }

    /** Hash of the contents, to which pages of zeros add nothing; costs the pages written since the last call. */
    long hash() {
        long[] hash = {0};
        table.forEach((number, page) -> {
            long content = page.hash();
            if (content != 0) hash[0] += Hash.mix(content ^ number * 0x9e3779b97f4a7c15L);
        });
        return hash[0];
    }

    /** Bytes in pages that hold content of their own. */
    long residentBytes() {
        long[] count = {0};
        table.forEach((number, page) -> {
            if (page.bytes != Page.ZERO) count[0] += Page.SIZE;
        });
        return count[0];
    }
}
