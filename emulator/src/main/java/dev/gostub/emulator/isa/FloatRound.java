package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Instruction;

/** ROUNDPS, ROUNDPD, ROUNDSS, ROUNDSD: to an integral value, by a rounding mode of the immediate's or MXCSR's. */
public enum FloatRound implements Family {
    ROUND;

    @Override
    public Op lower(Instruction i) {
        return Elementwise.of(new Mode((int) i.immediate() & 15), i);
    }

    /**
     * One of the immediates.
     *
     * @param control rounding mode in bits 0 and 1, bit 2 to use MXCSR's, bit 3 to keep #P quiet
     */
    private record Mode(int control) implements Element {
        @Override
        public long apply(Cpu c, FloatFormat f, long a, long b, long d) {
            SoftFloat s = c.soft;
            s.modes(c.mxcsr);
            s.unpack(s.b, b, f);
            if (s.b.isNaN()) {
                s.propagate(s.b);
                return s.pack(f);
            }
            int before = s.flags;
            s.toIntegral(s.b, (control & 4) != 0 ? s.rounding : control & 3);
            if ((control & 8) != 0) s.flags = before;
            return s.pack(f);
        }
    }
}
