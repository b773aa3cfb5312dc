package dev.gostub.emulator.engine;

import dev.gostub.emulator.isa.Op;
import java.util.ArrayList;
import java.util.List;

/** A straight run of decoded instructions, and the links of other blocks that lead to it. */
final class Block {
    final long start;
    /** Address behind the last instruction. */
    final long end;

    /**
     * The operations one after the other. Chains go from op to op without it; it is here so that the garbage collector, which copies what an array holds in the array's order, lays the ops of a
     * block side by side in memory, and not those that stand at the same place of all blocks.
     */
    private final Op[] ops;
    /** Instructions from start to end. */
    final int count;

    private final List<Op.Exit> incoming = new ArrayList<>(2);

    Block(long start, long end, Op[] ops, int count) {
        this.start = start;
        this.end = end;
        this.ops = ops;
        this.count = count;
    }

    Op first() {
        return ops[0];
    }

    /** Called once for each exit that leads here: exits keep what they were told. */
    void addLink(Op.Exit from) {
        incoming.add(from);
    }

    /** Cuts all links to this block, so that nobody can reach it. */
    void cut() {
        for (Op.Exit from : incoming) from.unlink(first());
        incoming.clear();
    }
}
