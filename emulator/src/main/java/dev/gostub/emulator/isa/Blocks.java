package dev.gostub.emulator.isa;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where an op that leaves its block finds the next one. Branches with a fixed target ask once, by {@link #link}, and keep the answer; computed ones (returns, indirect calls and jumps) keep two answers and ask for all other targets every time, by
 * {@link #find}: a direct-mapped table of recent targets answers most of them. A profile of JSON in Go showed one return in twelve to miss an inline cache, and each miss to cost a link that had to be undone later.
 */
public abstract class Blocks {
    private static final int SIZE = 1 << 12;

    private final long[] targets = new long[SIZE];
    private final @Nullable Op[] firsts = new Op[SIZE];

    protected Blocks() {
        Arrays.fill(targets, -1);
    }

    /**
     * The first op of the block at an address, remembered as a link of {@code from} that {@link Op.Exit#unlink} will cut when the block is dropped; null where the chain must be left
     * instead, with RIP at that address: a breakpoint, or memory that cannot be executed.
     */
    protected abstract @Nullable Op link(long address, Op.Exit from);

    /** The same without a link: the answer holds for this moment only. */
    protected abstract @Nullable Op first(long address);

    /** The first op of the block at a computed address; null as for {@link #link}. */
    final @Nullable Op find(long target) {
        int slot = slot(target);
        return targets[slot] == target ? firsts[slot] : enter(target, slot);
    }

    /** Makes sure that {@link #find} does not answer with a block that was dropped. */
    public final void forget(long address) {
        int slot = slot(address);
        if (targets[slot] != address) return;
        targets[slot] = -1;
        firsts[slot] = null;
    }

    private @Nullable Op enter(long target, int slot) {
        Op op = first(target);
        if (op != null) {
            targets[slot] = target;
            firsts[slot] = op;
        }
        return op;
    }

    private static int slot(long address) {
        return (int) (address ^ address >>> 12) & (SIZE - 1);
    }
}
