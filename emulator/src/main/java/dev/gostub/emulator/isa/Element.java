package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;

/** What an instruction does to one element of its operands: the part that scalar and packed, legacy and VEX forms share. Exceptions are left in {@code c.soft.flags}. */
interface Element {
    /**
     * @param a element of the first source: the destination, or VEX.vvvv
     * @param b element of the second source
     * @param d element of the destination (FMA)
     */
    long apply(Cpu c, FloatFormat f, long a, long b, long d);
}
