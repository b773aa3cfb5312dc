package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * MOVS, CMPS, STOS, LODS, SCAS with REP, REPE, REPNE. One instruction, however often it repeats. A fault in the middle leaves RSI, RDI and RCX where the next element is, as the manual says, so that the instruction
 * can be started again. MOVS and STOS work on whole pages at a time where both pages are in the TLB and nothing speaks against it.
 */
public enum StringOperation implements Family {
    MOVS,
    CMPS,
    STOS,
    LODS,
    SCAS;

    @Override
    public Op lower(Instruction i) {
        return new Strings(this, i);
    }

    private static final class Strings extends Op {
        private final StringOperation f;
        private final int bits;
        private final int lengthBytes;
        private final boolean repeated;
        private final boolean untilEqual;
        private final int segment;
        private final long mask;
        private final Access accumulator;

        Strings(StringOperation f, Instruction i) {
            this.f = f;
            this.bits = (i.opcode() & 1) == 0 ? 8 : i.operandBits();
            this.lengthBytes = bits / 8;
            this.repeated = i.repeat() != 0;
            this.untilEqual = i.repeat() == 0xf2;
            this.segment = i.segment();
            this.mask = i.address32() ? 0xffffffffL : -1L;
            this.accumulator = Access.of(new dev.gostub.emulator.decode.Operand.General(Cpu.RAX, bits, false));
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int step = c.flags.direction() ? -lengthBytes : lengthBytes;
            if (!repeated) {
                element(c, step);
                return next.exec(c);
            }
            if ((c.r[Cpu.RCX] & mask) != 0 && mask != -1) cut(c);
            if (f == CMPS || f == SCAS) search(c, step);
            else repeat(c, step);
            return next.exec(c);
        }

        private void repeat(Cpu c, int step) {
            while ((c.r[Cpu.RCX] & mask) != 0) {
                long done = f == LODS ? 0 : bulk(c, step);
                if (done == 0) {
                    element(c, step);
                    done = 1;
                }
                c.r[Cpu.RCX] = c.r[Cpu.RCX] - done & mask;
            }
        }

        /** Flags change when it ends: a fault in the middle leaves them as they were before the instruction (SDM, REP). */
        private void search(Cpu c, int step) {
            if ((c.r[Cpu.RCX] & mask) == 0) return;
            long a;
            long b;
            do {
                b = load(c, c.r[Cpu.RDI] & mask); // the first of CMPS to fault
                a = (f == CMPS ? load(c, source(c, c.r[Cpu.RSI] & mask)) : c.r[Cpu.RAX]) & Shift.mask(bits);
                advance(c, step);
                c.r[Cpu.RCX] = c.r[Cpu.RCX] - 1 & mask;
            } while ((c.r[Cpu.RCX] & mask) != 0 && (a == b) != untilEqual);
            compare(c, a, b);
        }

        /** With 32-bit addresses these upper halves go before the first access, even if that faults (observed: Intel). */
        private void cut(Cpu c) {
            c.r[Cpu.RCX] &= mask;
            if (f == MOVS) c.r[Cpu.RSI] &= mask;
            if (f == MOVS || f == STOS) c.r[Cpu.RDI] &= mask;
        }

        /** Many elements at once, as far as the pages go; returns their number. */
        private long bulk(Cpu c, int step) {
            long to = c.r[Cpu.RDI] & mask;
            long from = c.r[Cpu.RSI] & mask;
            int count = (int) Math.min(c.r[Cpu.RCX] & mask & Long.MAX_VALUE, Memory.LONGEST_RUN);
            int done = f == MOVS
                    ? c.memory.copyRun(to, source(c, from), step, count)
                    : c.memory.fillRun(to, c.r[Cpu.RAX], step, count);
            if (f == MOVS) c.r[Cpu.RSI] = advanced(c.r[Cpu.RSI], (long) done * step);
            c.r[Cpu.RDI] = advanced(c.r[Cpu.RDI], (long) done * step);
            return done;
        }

        private void element(Cpu c, int step) {
            long to = c.r[Cpu.RDI] & mask;
            long from = source(c, c.r[Cpu.RSI] & mask);
            switch (f) {
                case MOVS -> store(c, to, load(c, from));
                case STOS -> store(c, to, c.r[Cpu.RAX]);
                case LODS -> accumulator.write(c, load(c, from));
                case CMPS -> {
                    long b = load(c, to);
                    compare(c, load(c, from), b);
                }
                case SCAS -> compare(c, c.r[Cpu.RAX], load(c, to));
            }
            advance(c, step);
        }

        private void advance(Cpu c, int step) {
            if (f == MOVS || f == CMPS || f == LODS) c.r[Cpu.RSI] = advanced(c.r[Cpu.RSI], step);
            if (f != LODS) c.r[Cpu.RDI] = advanced(c.r[Cpu.RDI], step);
        }

        private long advanced(long register, long bytes) {
            return bytes == 0 ? register : register + bytes & mask;
        }

        private long source(Cpu c, long offset) {
            return segment == 4 ? c.fsBase + offset : segment == 5 ? c.gsBase + offset : offset;
        }

        private void compare(Cpu c, long a, long b) {
            BinaryArithmetic.sub(c.flags, Flags.width(bits), a << 64 - bits, b << 64 - bits);
        }

        private long load(Cpu c, long at) {
            return switch (lengthBytes) {
                case 1 -> c.memory.load8(at);
                case 2 -> c.memory.load16(at);
                case 4 -> c.memory.load32(at);
                default -> c.memory.load64(at);
            };
        }

        private void store(Cpu c, long at, long value) {
            switch (lengthBytes) {
                case 1 -> c.memory.store8(at, value);
                case 2 -> c.memory.store16(at, value);
                case 4 -> c.memory.store32(at, value);
                default -> c.memory.store64(at, value);
            }
        }
    }
}
