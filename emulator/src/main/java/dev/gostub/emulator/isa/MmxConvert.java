package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** Conversions between two doublewords in an MMX register and floats or doubles in an XMM register: CVTPI2PS and kin. */
public enum MmxConvert implements Family {
    CVTPI2PS,
    CVTPI2PD,
    CVTPS2PI,
    CVTTPS2PI,
    CVTPD2PI,
    CVTTPD2PI;

    @Override
    public Op lower(Instruction i) {
        return this == CVTPI2PS || this == CVTPI2PD ? new FromMmx(i, this == CVTPI2PS) : new ToMmx(this, i);
    }

    private static final class FromMmx extends Op {
        private final int d;
        private final Access source;
        private final boolean single;
        private final boolean leavesX87;

        FromMmx(Instruction i, boolean single) {
            this.d = VectorOp.register(i.operand(0));
            this.source = Access.of(i, 1);
            this.single = single;
            this.leavesX87 =
                    i.hasMemory(); // SDM vol. 2, CVTPI2PD: no transition to MMX operation; observed for CVTPI2PS, too
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (!leavesX87) MmxOp.check(c);
            long x = source.read(c);
            FloatFormat to = single ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
            long low = FloatConvert.fromInteger(c, to, x << 32 >> 32);
            long high = FloatConvert.fromInteger(c, to, x >> 32);
            if (!leavesX87) MmxOp.enter(c); // even if #XM follows (observed)
            Elementwise.raise(c);
            c.v[d] = single ? low | high << 32 : low;
            if (!single) c.v[d + 1] = high;
            return next.exec(c);
        }
    }

    private static final class ToMmx extends Op {
        private final Access destination;
        private final Lanes source;
        private final boolean single;
        private final boolean truncate;

        ToMmx(MmxConvert f, Instruction i) {
            this.destination = Access.of(i, 0);
            this.single = f == CVTPS2PI || f == CVTTPS2PI;
            this.truncate = f == CVTTPS2PI || f == CVTTPD2PI;
            this.source = Lanes.of(i.operand(1), true);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            MmxOp.check(c);
            int s = source.load(c);
            FloatFormat from = single ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
            long low = FloatConvert.toInteger(c, from, single ? c.v[s] & 0xffffffffL : c.v[s], 32, truncate);
            long high = FloatConvert.toInteger(c, from, single ? c.v[s] >>> 32 : c.v[s + 1], 32, truncate);
            MmxOp.enter(c);
            Elementwise.raise(c);
            destination.write(c, low & 0xffffffffL | high << 32);
            return next.exec(c);
        }
    }
}
