package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a block's chain. {@code exec} does the work and calls the next operation of the block; the last one returns the first operation of the next block to the run loop, or null to leave
 * the chain with RIP set. Calling instead of returning gives HotSpot a call site per operation class to predict and inline: a quarter faster than a loop that calls each op.
 *
 * <p>An op that may fault stores its {@link #index} in the {@link Cpu} first and changes nothing before the last thing that can fault.
 */
public abstract class Op {
    /** Instructions of the block before this one. */
    public byte index;
    /** The next operation of the block; the last one has none. */
    public Op next = End.OF_CHAIN;

    public abstract @Nullable Op exec(Cpu c);

    /** An op through which a block can be left: charges what was executed of the block, then goes to another block or leaves the chain. */
    public abstract static class Exit extends Op {
        /** Instructions of the block up to this one, which is included. */
        public byte count;

        public Blocks blocks = NoBlocks.HERE;

        /** Goes to {@code target}; {@code linked} is null if the chain has to be left there. */
        protected final @Nullable Op go(Cpu c, @Nullable Op linked, long target) {
            c.rip = target;
            c.left -= count;
            return c.left < 0 ? null : linked;
        }

        protected final @Nullable Op link(long target) {
            return blocks.link(target, this);
        }

        /** Forgets a link to a block that is dropped; does nothing in ops that keep none. */
        public void unlink(Op first) {}
    }

    /** Does nothing, and is left out of blocks; only its count remains. */
    public static final class Nothing extends Op {
        @Override
        public @Nullable Op exec(Cpu c) {
            return next.exec(c);
        }
    }

    /** The op that ends a block: it has no next one. */
    public abstract static class Last extends Exit {}

    /** Stands behind an op that has no successor yet. */
    private static final class End extends Op {
        static final End OF_CHAIN = new End();

        @Override
        public Op exec(Cpu c) {
            throw new IllegalStateException("chain without a last op at " + Long.toHexString(c.rip));
        }
    }

    /** Stands in for the engine before a block is finished, and while single instructions are stepped. */
    private static final class NoBlocks extends Blocks {
        static final NoBlocks HERE = new NoBlocks();

        @Override
        protected @Nullable Op link(long address, Exit from) {
            return null;
        }

        @Override
        protected @Nullable Op first(long address) {
            return null;
        }
    }
}
