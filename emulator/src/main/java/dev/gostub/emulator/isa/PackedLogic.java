package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** PXOR, POR, PAND, PANDN and their floating-point twins. */
public enum PackedLogic implements Family {
    PXOR,
    POR,
    PAND,
    PANDN;

    @Override
    public Op lower(Instruction i) {
        boolean vex = i.form().isVex();
        int lanes = i.operand(0).bits() / 64;
        Operand destination = i.operand(0);
        Lanes first = Lanes.of(i.operand(vex ? 1 : 0), lanes, false);
        Lanes second = Lanes.of(i.operand(vex ? 2 : 1), lanes, !vex);
        return new General(this, ((Operand.Vector) destination).number() * Cpu.LANES, first, second, lanes, vex);
    }

    private long apply(long a, long b) {
        return switch (this) {
            case PXOR -> a ^ b;
            case POR -> a | b;
            case PAND -> a & b;
            case PANDN -> ~a & b;
        };
    }

    private static final class General extends Op {
        private final PackedLogic f;
        private final int destination;
        private final Lanes first;
        private final Lanes second;
        private final int lanes;
        private final boolean vex;

        General(PackedLogic f, int destination, Lanes first, Lanes second, int lanes, boolean vex) {
            this.f = f;
            this.destination = destination;
            this.first = first;
            this.second = second;
            this.lanes = lanes;
            this.vex = vex;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int b = second.load(c);
            int a = first.load(c);
            for (int i = 0; i < lanes; i++) c.v[destination + i] = f.apply(c.v[a + i], c.v[b + i]);
            if (vex) c.clearAbove(destination, lanes);
            return next.exec(c);
        }
    }
}
