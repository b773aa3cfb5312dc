package dev.gostub.emulator.isa;

import org.jspecify.annotations.Nullable;

/** Where an op that leaves its block finds the next one. */
public interface Blocks {
    /**
     * The first op of the block at an address, remembered as a link of {@code from} that {@link Op.Exit#unlink} will cut when the block is dropped; null where the chain must be left
     * instead, with RIP at that address: a breakpoint, or memory that cannot be executed.
     */
    @Nullable
    Op link(long address, Op.Exit from);
}
