package dev.gostub.emulator.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watched ranges of one address space, in the order in which they were set, and which of them was hit first. */
final class Watches {
    private final List<Watch> all = new ArrayList<>();
    private @Nullable Watch hit;

    void add(Watch watch) {
        if (!all.contains(watch)) all.add(watch);
    }

    void remove(Watch watch) {
        all.remove(watch);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The watch that was set first among those that an access touches; null for none. */
    @Nullable
    Watch touched(long address, int lengthBytes, boolean write) {
        for (Watch each : all) {
            if ((write ? each.writes() : each.reads()) && each.touches(address, lengthBytes)) return each;
        }
        return null;
    }

    /** Notes what an access hits, unless something else was hit before it. */
    void note(long address, int lengthBytes, boolean write) {
        if (hit == null) hit = touched(address, lengthBytes, write);
    }

    /** What was hit since the last call; null for nothing. */
    @Nullable
    Watch takeHit() {
        Watch taken = hit;
        hit = null;
        return taken;
    }
}
