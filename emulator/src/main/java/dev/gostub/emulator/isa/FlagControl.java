package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** CLC, STC, CMC, CLD, STD, LAHF, SAHF, PUSHF, POPF. */
public enum FlagControl implements Family {
    CLC,
    STC,
    CMC,
    CLD,
    STD,
    LAHF,
    SAHF,
    PUSHF,
    POPF;

    /** The flags in the low byte of RFLAGS that LAHF and SAHF move. */
    private static final int LOW = Flags.SF | Flags.ZF | Flags.AF | Flags.PF | Flags.CF;

    @Override
    public Op lower(Instruction i) {
        return this == POPF ? new PopFlags(i.operandBits(), i.end()) : new General(this, i.operandBits());
    }

    private void apply(Cpu c, int bits) {
        Flags f = c.flags;
        switch (this) {
            case CLC -> f.setCarry(false);
            case STC -> f.setCarry(true);
            case CMC -> f.setCarry(!f.carry());
            case CLD -> f.control(Flags.DF, false);
            case STD -> f.control(Flags.DF, true);
            case LAHF -> c.r[Cpu.RAX] = c.r[Cpu.RAX] & ~0xff00L | (f.status() & LOW | 2) << 8;
            case SAHF -> f.change(LOW, (int) (c.r[Cpu.RAX] >>> 8));
            case PUSHF -> {
                long value = f.rflags() & ~(long) Flags.RF;
                long sp = c.r[Cpu.RSP] - bits / 8;
                if (bits == 64) c.memory.store64(sp, value);
                else c.memory.store16(sp, value);
                c.r[Cpu.RSP] = sp;
            }
            case POPF -> throw new IllegalStateException("POPF is an op of its own");
        }
    }

    /** Leaves the chain where what follows cannot be executed in one. */
    private static final class PopFlags extends Op.Exit {
        private final int bits;
        private final long end;

        PopFlags(int bits, long end) {
            this.bits = bits;
            this.end = end;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            Flags f = c.flags;
            long sp = c.r[Cpu.RSP];
            if (bits == 64) f.setRflags(c.memory.load64(sp));
            else f.setRflags(f.rflags() & ~0xffffL | c.memory.load16(sp));
            c.r[Cpu.RSP] = sp + bits / 8;
            return f.watchEach() ? go(c, null, end) : next.exec(c);
        }
    }

    private static final class General extends Op {
        private final FlagControl f;
        private final int bits;

        General(FlagControl f, int bits) {
            this.f = f;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            f.apply(c, bits);
            return next.exec(c);
        }
    }
}
