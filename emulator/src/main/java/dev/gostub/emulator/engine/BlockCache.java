package dev.gostub.emulator.engine;

import dev.gostub.emulator.isa.Blocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks of one address space by start address, and by the pages they lie on. */
final class BlockCache {
    private static final int PAGE_SHIFT = 12;

    private @Nullable Block[] table = new Block[1024];
    private int size;
    private final Map<Long, List<Block>> byPage = new HashMap<>();
    private final Blocks successors;

    /** @param successors told of each block that is dropped */
    BlockCache(Blocks successors) {
        this.successors = successors;
    }

    @Nullable
    Block get(long start) {
        int mask = table.length - 1;
        for (int slot = slot(start, mask); ; slot = slot + 1 & mask) {
            Block block = table[slot];
            if (block == null || block.start == start) return block;
        }
    }

    void put(Block block) {
        if (++size * 2 > table.length) grow();
        insert(block);
        long first = block.start >>> PAGE_SHIFT;
        long last = block.end - 1 >>> PAGE_SHIFT;
        byPage.computeIfAbsent(first, page -> new ArrayList<>()).add(block);
        if (last != first)
            byPage.computeIfAbsent(last, page -> new ArrayList<>()).add(block);
    }

    /** Drops the blocks that lie, even if partly, on a page. */
    void dropPage(long pageNumber) {
        List<Block> blocks = byPage.remove(pageNumber);
        if (blocks != null) drop(blocks);
    }

    /** Drops the blocks that contain an address. */
    void dropAround(long address) {
        List<Block> blocks = byPage.get(address >>> PAGE_SHIFT);
        if (blocks == null) return;
        List<Block> hit = new ArrayList<>();
        for (Block block : blocks) {
            if (block.start <= address && address < block.end) hit.add(block);
        }
        blocks.removeAll(hit);
        drop(hit);
    }

    void clear() {
        for (Block block : table) {
            if (block != null) cut(block);
        }
        table = new Block[1024];
        size = 0;
        byPage.clear();
    }

    private void drop(List<Block> blocks) {
        for (Block block : blocks) {
            cut(block);
            remove(block);
        }
    }

    private void cut(Block block) {
        block.cut();
        successors.forget(block.start);
    }

    /** Linear probing: what follows the hole is put in again. A block that lies on two pages may be asked for twice. */
    private void remove(Block block) {
        int mask = table.length - 1;
        int slot = slot(block.start, mask);
        while (table[slot] != block) {
            if (table[slot] == null) return;
            slot = slot + 1 & mask;
        }
        table[slot] = null;
        size--;
        for (slot = slot + 1 & mask; ; slot = slot + 1 & mask) {
            Block moved = table[slot];
            if (moved == null) return;
            table[slot] = null;
            insert(moved);
        }
    }

    private void insert(Block block) {
        int mask = table.length - 1;
        int slot = slot(block.start, mask);
        while (table[slot] != null) slot = slot + 1 & mask;
        table[slot] = block;
    }

    private void grow() {
        @Nullable Block[] old = table;
        table = new Block[old.length * 2];
        for (Block block : old) {
            if (block != null) insert(block);
        }
    }

    private static int slot(long start, int mask) {
        return (int) (start >>> 2) & mask;
    }
}
