package dev.gostub.emulator.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of one address space by address: they never overlap, and neighbours that continue each other are one, as the lines of /proc/PID/maps are. What may be touched, and nothing of what was:
 * the pages are {@link Pages}' business.
 */
final class Mappings {
    private final TreeMap<Long, Mapping> byStart = new TreeMap<>();

    /** Adds a mapping where there is none. */
    void add(Mapping mapping) {
        byStart.put(mapping.start(), mapping);
        merge(mapping.start());
        merge(mapping.end());
    }

    /** Removes whatever is mapped in the range. */
    void remove(long start, long end) {
        for (Mapping old : overlapping(start, end)) {
            byStart.remove(old.start());
            if (old.start() < start) byStart.put(old.start(), old.part(old.start(), start));
            if (old.end() > end) byStart.put(end, old.part(end, old.end()));
        }
    }

    /**
     * Changes whatever is mapped in the range.
     *
     * @return the parts that were different, as they are now
     */
    List<Mapping> change(long start, long end, UnaryOperator<Mapping> how) {
        List<Mapping> changed = new ArrayList<>();
        for (Mapping old : overlapping(start, end)) {
            long from = Math.max(old.start(), start);
            long to = Math.min(old.end(), end);
            Mapping before = old.part(from, to);
            Mapping part = how.apply(before);
            if (part.protection() == before.protection() && part.marks() == before.marks()) continue;
            byStart.remove(old.start());
            if (old.start() < from) byStart.put(old.start(), old.part(old.start(), from));
            if (old.end() > to) byStart.put(to, old.part(to, old.end()));
            byStart.put(from, part);
            merge(from);
            merge(to);
            changed.add(part);
        }
        return changed;
    }

    void clear() {
        byStart.clear();
    }

    /** Adds what {@link #all} said, where nothing is mapped. */
    void restore(List<Mapping> captured) {
        for (Mapping each : captured) byStart.put(each.start(), each);
    }

    /** The mapping that holds an address; null if none does. */
    @Nullable
    Mapping at(long address) {
        Map.Entry<Long, Mapping> entry = byStart.floorEntry(address);
        return entry != null && address < entry.getValue().end() && address >= 0 ? entry.getValue() : null;
    }

    /** All of them by ascending address. */
    List<Mapping> all() {
        return List.copyOf(byStart.values());
    }

    /** True if nothing is mapped in the range. */
    boolean isFree(long start, long end) {
        return overlapping(start, end).isEmpty();
    }

    /** The first address in the range that is not mapped; {@code end} if all of it is. */
    long firstHole(long start, long end) {
        long at = start;
        for (Mapping each : overlapping(start, end)) {
            if (each.start() > at) return at;
            at = each.end();
        }
        return Math.min(at, end);
    }

    /** See {@link AddressSpace#findFree}. */
    long findFree(long lengthBytes, long bottom, long top) {
        long end = top;
        Map.Entry<Long, Mapping> below = byStart.lowerEntry(top);
        while (below != null) {
            Mapping mapping = below.getValue();
            if (mapping.end() <= end - lengthBytes) break;
            end = Math.min(end, mapping.start());
            below = byStart.lowerEntry(mapping.start());
        }
        return end - lengthBytes >= bottom ? end - lengthBytes : -1;
    }

    /** Equal for equal ranges and protections. */
    long hash() {
        long hash = 0;
        for (Mapping m : byStart.values())
            hash += Hash.mix(m.start() * 31 + m.end() * 7 + m.protection() + ((long) m.marks() << 40));
        return hash;
    }

    /** Those that have a part in a range, by ascending address. */
    List<Mapping> overlapping(long start, long end) {
        List<Mapping> found = new ArrayList<>();
        if (start >= end) return found; // an empty range inside a mapping overlaps nothing
        Map.Entry<Long, Mapping> before = byStart.lowerEntry(start);
        if (before != null && before.getValue().end() > start) found.add(before.getValue());
        found.addAll(byStart.subMap(start, true, end, false).values());
        return found;
    }

    /** Makes one mapping of the two that meet at an address, if the second continues the first. */
    private void merge(long boundary) {
        Mapping after = byStart.get(boundary);
        Map.Entry<Long, Mapping> before = byStart.lowerEntry(boundary);
        if (after == null || before == null || !after.continues(before.getValue())) return;
        byStart.remove(boundary);
        byStart.put(before.getKey(), before.getValue().upTo(after.end()));
    }
}
