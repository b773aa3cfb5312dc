package dev.gostub.emulator.engine;

import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.Blocks;
import dev.gostub.emulator.isa.ControlTransfer;
import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.Neighbours;
import dev.gostub.emulator.isa.Op;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.GuestFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one range of addresses, each with links to its successors among them. No block begins outside the range or at a breakpoint, and none reaches past its end: what leads there leaves the chain, with RIP there.
 * So a run that is to end where RIP leaves a range needs no test on its way, and one without a range pays nothing for those that have one.
 */
final class Chains extends Blocks {
    private static final long PAGE_MASK = -AddressSpace.PAGE_SIZE;

    private final Code code;
    private final BlockCache blocks = new BlockCache(this);
    private long start;
    /** Last address of the range. */
    private long last;

    /** Everywhere. */
    Chains(Code code) {
        this.code = code;
        this.last = -1;
    }

    /** Changes the range to {@code [newStart, newEnd)} (unsigned). */
    void enclose(long newStart, long newEnd) {
        if (start == newStart && last == newEnd - 1) return;
        blocks.clear();
        start = newStart;
        last = newEnd - 1;
    }

    boolean holds(long address) {
        return Long.compareUnsigned(address - start, last - start) <= 0;
    }

    /** Why a run cannot go on at an address, null if it can. */
    Engine.@Nullable Stop stopAt(long address) {
        if (!holds(address)) return Engine.Stop.LEFT;
        return code.breakpoints.contains(address) ? Engine.Stop.BREAKPOINT : null;
    }

    @Nullable
    Block get(long address) {
        return blocks.get(address);
    }

    @Override
    protected @Nullable Op link(long address, Op.Exit from) {
        Op op = first(address);
        if (op == null) return null;
        Block block = blocks.get(address);
        if (block != null) block.addLink(from);
        return op;
    }

    @Override
    protected @Nullable Op first(long address) {
        try {
            return at(address);
        } catch (GuestFault fetch) {
            return null; // the chain is left with RIP there, and the next fetch reports it
        }
    }

    /** The first op at an address, null where a breakpoint is or the range is left; throws the fault of fetching it. */
    @Nullable
    Op at(long address) {
        Block block = blocks.get(address);
        if (block == null) {
            if (stopAt(address) != null) return null;
            block = new Builder().build(address);
            blocks.put(block);
        }
        return block.first();
    }

    void dropPage(long pageNumber) {
        blocks.dropPage(pageNumber);
    }

    void dropAround(long address) {
        blocks.dropAround(address);
    }

    void clear() {
        blocks.clear();
    }

    /** Strings the ops of one block together, fusing neighbours. */
    private final class Builder {
        private final List<Op> ops = new ArrayList<>();
        private int lastPosition;

        Block build(long start) {
            long pc = start;
            for (int index = 0; ; index++) {
                Instruction instruction;
                try {
                    instruction = code.decode(pc);
                } catch (GuestFault fetch) {
                    if (index == 0) throw fetch;
                    return goOn(start, pc, index);
                }
                append(Family.lowered(instruction), index);
                pc = instruction.end();
                if (!ops.isEmpty() && ops.getLast() instanceof Op.Last) return finish(start, pc, index + 1);
                boolean full = index == Engine.LONGEST_BLOCK - 1;
                boolean pageEnd = (pc & PAGE_MASK) != (start & PAGE_MASK);
                if (full || pageEnd || stopAt(pc) != null) return goOn(start, pc, index + 1);
            }
        }

        private void append(Op op, int index) {
            if (op instanceof Op.Nothing) return;
            // With a NOP between them, a fused op could not tell its instructions' positions.
            boolean adjacent = !ops.isEmpty() && index == lastPosition + 1;
            Op fused = adjacent ? Neighbours.fuse(ops.getLast(), op) : null;
            if (fused != null) {
                push(fused, ops.removeLast().index, index);
            } else {
                push(op, index, index);
            }
        }

        /** @param position of the op's last instruction in the block */
        private void push(Op op, int index, int position) {
            op.index = (byte) index;
            if (op instanceof Op.Exit exit) {
                exit.count = (byte) (position + 1);
                exit.blocks = Chains.this;
            }
            if (!ops.isEmpty()) ops.getLast().next = op;
            ops.add(op);
            lastPosition = position;
        }

        /** Ends a block that was cut: the next one begins behind it. */
        private Block goOn(long start, long end, int count) {
            push(new ControlTransfer.Jump(end), count, count - 1);
            return finish(start, end, count);
        }

        private Block finish(long start, long end, int count) {
            return new Block(start, end, ops.toArray(Op[]::new), count);
        }
    }
}
