package dev.gostub.emulator.memory;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Page number to {@link Page}: an open-addressing table of leaves with 512 pages (2 MiB) each, in the manner of the processor's own last level. Looked up at every TLB
 * miss, so without boxing; the last leaf is remembered. Iteration is by address.
 */
final class PageTable {
    private static final int LEAF_SHIFT = 9;
    private static final int LEAF = 1 << LEAF_SHIFT;
    private static final long EMPTY = -1;

    private long[] keys = new long[256];
    private @Nullable Page[][] leaves = new Page[256][];
    private int size;
    private long lastKey = EMPTY;
    private @Nullable Page[] lastLeaf = new Page[0];

    PageTable() {
        Arrays.fill(keys, EMPTY);
    }

    @Nullable
    Page get(long number) {
        long key = number >>> LEAF_SHIFT;
        if (key == lastKey) return lastLeaf[(int) number & (LEAF - 1)];
        @Nullable Page[] leaf = leaves[slot(key)];
        if (leaf == null) return null;
        lastKey = key;
        lastLeaf = leaf;
        return leaf[(int) number & (LEAF - 1)];
    }

    void put(long number, Page page) {
        long key = number >>> LEAF_SHIFT;
        int slot = slot(key);
        @Nullable Page[] leaf = leaves[slot];
        if (leaf == null) {
            leaf = new Page[LEAF];
            keys[slot] = key;
            leaves[slot] = leaf;
            if (++size * 2 > keys.length) grow();
        }
        leaf[(int) number & (LEAF - 1)] = page;
    }

    /** Removes the pages from {@code first} to {@code last}, both included. */
    void remove(long first, long last) {
        forLeaves(first, last, part -> Arrays.fill(part.leaf, part.from, part.to, null));
    }

    /** Visits the pages that exist from {@code first} to {@code last}, both included; in no particular order. Costs what exists, whatever the distance. */
    void forEach(long first, long last, Visitor visitor) {
        forLeaves(first, last, part -> part.forEach(visitor));
    }

    /** Visits all pages by ascending number. */
    void forEach(Visitor visitor) {
        long[] sorted = Arrays.stream(keys).filter(key -> key != EMPTY).sorted().toArray();
        for (long key : sorted) {
            @Nullable Page[] leaf = leaves[slot(key)];
            if (leaf != null) new Part(key, leaf, 0, LEAF).forEach(visitor);
        }
    }

    void clear() {
        keys = new long[256];
        Arrays.fill(keys, EMPTY);
        leaves = new Page[256][];
        size = 0;
        lastKey = EMPTY;
    }

    /** Receives a page and its number. */
    interface Visitor {
        void visit(long number, Page page);
    }

    /** Places of a leaf; {@code to} is behind the last. */
    private record Part(long key, @Nullable Page[] leaf, int from, int to) {
        void forEach(Visitor visitor) {
            for (int i = from; i < to; i++) {
                Page page = leaf[i];
                if (page != null) visitor.visit(key << LEAF_SHIFT | i, page);
            }
        }
    }

    private void forLeaves(long first, long last, Consumer<Part> visitor) {
        long firstKey = first >>> LEAF_SHIFT;
        long lastLeafKey = last >>> LEAF_SHIFT;
        if (lastLeafKey - firstKey > keys.length) { // a sparse giant range: cheaper to look at what exists
            for (int slot = 0; slot < keys.length; slot++) {
                long key = keys[slot];
                if (key != EMPTY && key >= firstKey && key <= lastLeafKey) visitLeaf(key, first, last, visitor);
            }
        } else {
            for (long key = firstKey; key <= lastLeafKey; key++) visitLeaf(key, first, last, visitor);
        }
    }

    private void visitLeaf(long key, long first, long last, Consumer<Part> visitor) {
        @Nullable Page[] leaf = leaves[slot(key)];
        if (leaf == null) return;
        int from = key == first >>> LEAF_SHIFT ? (int) first & (LEAF - 1) : 0;
        int to = key == last >>> LEAF_SHIFT ? ((int) last & (LEAF - 1)) + 1 : LEAF;
        visitor.accept(new Part(key, leaf, from, to));
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * 0x9e3779b97f4a7c15L >>> 40) & mask;
        while (keys[slot] != key && keys[slot] != EMPTY) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Page[][] oldLeaves = leaves;
        keys = new long[oldKeys.length * 2];
        Arrays.fill(keys, EMPTY);
        leaves = new Page[keys.length][];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] == EMPTY) continue;
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            leaves[slot] = oldLeaves[i];
        }
    }
}
