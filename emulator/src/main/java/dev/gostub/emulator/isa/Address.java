package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Place;

/** Computes an effective address of any shape at run time: segment base + base + (index * 2^scale) + displacement. */
final class Address {
    private final int base;
    private final int index;
    private final int scale;
    private final int segment;
    private final long displacement;
    private final boolean plain;
    private final long mask;

    Address(Place place) {
        base = place.base();
        index = place.index();
        scale = place.scale();
        segment = place.segment();
        displacement = place.displacement();
        plain = place.plain();
        mask = place.address32() ? 0xffffffffL : -1L;
    }

    /** The linear address. */
    long of(Cpu c) {
        long offset = c.r[base] + (c.r[index] << scale) + displacement;
        return plain ? offset : segmented(c, offset & mask);
    }

    /** The linear address of what lies {@code away} bytes behind the operand: bit strings, gathers. */
    long of(Cpu c, long away) {
        long offset = c.r[base] + (c.r[index] << scale) + displacement + away;
        return plain ? offset : segmented(c, offset & mask);
    }

    /** The address without the segment's base: LEA. */
    long offset(Cpu c) {
        return c.r[base] + (c.r[index] << scale) + displacement & mask;
    }

    private long segmented(Cpu c, long offset) {
        return segment == 4 ? c.fsBase + offset : segment == 5 ? c.gsBase + offset : offset;
    }
}
