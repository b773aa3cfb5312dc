package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** PUSH, POP, XCHG, XADD, CMPXCHG, CMOVcc, SETcc, BSWAP, LEAVE, and the sign extensions of the accumulator. */
public enum DataTransfer implements Family {
    PUSH,
    POP,
    XCHG,
    XADD,
    CMPXCHG,
    CMOV,
    SET,
    BSWAP,
    LEAVE,
    /** CBW, CWDE, CDQE. */
    CBW,
    /** CWD, CDQ, CQO. */
    CWD;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case PUSH -> push(i);
            case POP ->
                i.operand(0) instanceof Operand.General(int d, int bits, boolean high) && bits == 64
                        ? new Pop(d)
                        : new PopAny(Access.of(i, 0), i.operandBits() / 8);
            case XCHG -> isNop(i) ? Processor.NOP.lower(i) : exchange(i);
            case XADD -> exchangeAdd(i);
            case CMPXCHG -> compareExchange(i);
            case CMOV -> cmov(i);
            case SET -> new Set(Access.of(i, 0), i.opcode() & 15);
            case BSWAP -> new ByteSwap(Access.of(i, 0), i.operandBits());
            case LEAVE -> new Leave(i.operandBits() / 8);
            case CBW -> new Widen(i.operandBits());
            case CWD -> new SignIntoRdx(i.operandBits());
        };
    }

    /** PAUSE, and 0x90 without REX.B: it does not even clear the upper half of RAX. */
    private static boolean isNop(Instruction i) {
        if (i.opcode() != 0x90) return false;
        if (i.repeat() == 0xf3) return true; // PAUSE
        return i.operand(0) instanceof Operand.General(int number, int bits, boolean high) && number == Cpu.RAX;
    }

    private static Op exchangeAdd(Instruction i) {
        Op hot = ReadModifyWrite.exchangeAdd(i);
        return hot != null ? hot : new ExchangeAdd(i);
    }

    private static Op compareExchange(Instruction i) {
        Op hot = ReadModifyWrite.compareExchange(i);
        return hot != null ? hot : generalCompareExchange(i);
    }

    private static Op generalCompareExchange(Instruction i) {
        return new CompareExchange(
                Access.of(i, 0), Access.of(i, 1), i.operand(0).bits());
    }

    private static Op exchange(Instruction i) {
        Op hot = ReadModifyWrite.exchange(i);
        return hot != null ? hot : new Exchange(Access.of(i, 0), Access.of(i, 1));
    }

    @Override
    public Op general(Instruction i) {
        return switch (this) {
            case XCHG -> isNop(i) ? lower(i) : new Exchange(Access.of(i, 0), Access.of(i, 1));
            case XADD -> new ExchangeAdd(i);
            case CMPXCHG -> generalCompareExchange(i);
            case PUSH -> new PushAny(Access.of(i, 0), i.operandBits() / 8);
            case POP -> new PopAny(Access.of(i, 0), i.operandBits() / 8);
            case CMOV -> new CMovAny(Access.of(i, 0), Access.of(i, 1), i.opcode() & 15);
            default -> lower(i);
        };
    }

    private static Op push(Instruction i) {
        if (i.operand(0) instanceof Operand.General(int s, int bits, boolean high) && bits == 64) return new Push(s);
        return new PushAny(Access.of(i, 0), i.operandBits() / 8);
    }

    private static Op cmov(Instruction i) {
        int condition = i.opcode() & 15;
        if (i.operand(0) instanceof Operand.General(int d, int bits, boolean h)
                && bits >= 32
                && i.operand(1) instanceof Operand.General(int s, int b2, boolean h2)) {
            return new CMovReg(d, s, condition, bits == 64 ? -1L : 0xffffffffL);
        }
        return new CMovAny(Access.of(i, 0), Access.of(i, 1), condition);
    }

    // spotless:off
    static final class Push extends Op { final byte s; Push(int s) { this.s = (byte) s; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.push(c.r[s]); return next.exec(c); } }
    static final class Pop extends Op { final byte d; Pop(int d) { this.d = (byte) d; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = c.pop(); return next.exec(c); } }
    private static final class CMovReg extends Op { final int d, s, condition; final long mask; CMovReg(int d, int s, int condition, long mask) { this.d = d; this.s = s; this.condition = condition; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[d] = (c.flags.test(condition) ? c.r[s] : c.r[d]) & mask; return next.exec(c); } }
    private static final class CMovAny extends Op { final Access d, s; final int condition; CMovAny(Access d, Access s, int condition) { this.d = d; this.s = s; this.condition = condition; } @Override public @Nullable Op exec(Cpu c) { c.index = index; long value = s.read(c); d.write(c, c.flags.test(condition) ? value : d.read(c)); return next.exec(c); } }
    private static final class Set extends Op { final Access d; final int condition; Set(Access d, int condition) { this.d = d; this.condition = condition; } @Override public @Nullable Op exec(Cpu c) { c.index = index; d.write(c, c.flags.test(condition) ? 1 : 0); return next.exec(c); } }
    private static final class Exchange extends Op { final Access a, b; Exchange(Access a, Access b) { this.a = a; this.b = b; } @Override public @Nullable Op exec(Cpu c) { c.index = index; a.checkWrite(c); long x = a.read(c), y = b.read(c); a.write(c, y); b.write(c, x); return next.exec(c); } }
    // spotless:on

    private static final class PushAny extends Op {
        private final Access source;
        private final int lengthBytes;

        PushAny(Access source, int lengthBytes) {
            this.source = source;
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long value = source.read(c);
            long sp = c.r[Cpu.RSP] - lengthBytes;
            if (lengthBytes == 8) c.memory.store64(sp, value);
            else c.memory.store16(sp, value);
            c.r[Cpu.RSP] = sp;
            return next.exec(c);
        }
    }

    private static final class PopAny extends Op {
        private final Access destination;
        private final int lengthBytes;

        PopAny(Access destination, int lengthBytes) {
            this.destination = destination;
            this.lengthBytes = lengthBytes;
        }

        /** The destination's address is computed with RSP already increased (SDM, POP). */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long sp = c.r[Cpu.RSP];
            long value = lengthBytes == 8 ? c.memory.load64(sp) : c.memory.load16(sp);
            c.r[Cpu.RSP] = sp + lengthBytes;
            try {
                destination.checkWrite(c);
            } catch (RuntimeException fault) {
                c.r[Cpu.RSP] = sp;
                throw fault;
            }
            destination.write(c, value);
            return next.exec(c);
        }
    }

    private static final class ExchangeAdd extends Op {
        private final Access destination;
        private final Access source;
        private final boolean memory;
        private final int bits;

        ExchangeAdd(Instruction i) {
            this.destination = Access.of(i, 0);
            this.source = Access.of(i, 1);
            this.memory = i.hasMemory();
            this.bits = i.operand(0).bits();
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.checkWrite(c);
            int shift = 64 - bits;
            long a = destination.read(c);
            long sum = BinaryArithmetic.add(c.flags, Flags.width(bits), a << shift, source.read(c) << shift) >>> shift;
            if (memory) {
                destination.write(c, sum); // first: the register may be part of the address
                source.write(c, a);
            } else {
                source.write(c, a); // first: with the same register twice the sum stays (SDM, XADD)
                destination.write(c, sum);
            }
            return next.exec(c);
        }
    }

    private static final class CompareExchange extends Op {
        private final Access destination;
        private final Access source;
        private final Access accumulator;
        private final int bits;

        CompareExchange(Access destination, Access source, int bits) {
            this.destination = destination;
            this.source = source;
            this.accumulator = Access.of(new Operand.General(Cpu.RAX, bits, false));
            this.bits = bits;
        }

        /** The destination is written in either case (SDM, CMPXCHG): so it must be writable. */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.checkWrite(c);
            int shift = 64 - bits;
            long old = destination.read(c);
            BinaryArithmetic.sub(c.flags, Flags.width(bits), accumulator.read(c) << shift, old << shift);
            if (c.flags.zero()) destination.write(c, source.read(c));
            else accumulator.write(c, old);
            return next.exec(c);
        }
    }

    private static final class ByteSwap extends Op {
        private final Access operand;
        private final int bits;

        ByteSwap(Access operand, int bits) {
            this.operand = operand;
            this.bits = bits;
        }

        /** With 16 bits the result is undefined; processors clear the word. */
        @Override
        public @Nullable Op exec(Cpu c) {
            operand.write(c, bits == 16 ? 0 : Long.reverseBytes(operand.read(c)) >>> 64 - bits);
            return next.exec(c);
        }
    }

    private static final class Leave extends Op {
        private final int lengthBytes;

        Leave(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long sp = c.r[Cpu.RBP];
            if (lengthBytes == 8) c.r[Cpu.RBP] = c.memory.load64(sp);
            else c.r[Cpu.RBP] = c.r[Cpu.RBP] & ~0xffffL | c.memory.load16(sp);
            c.r[Cpu.RSP] = sp + lengthBytes;
            return next.exec(c);
        }
    }

    private static final class Widen extends Op {
        private final Access from;
        private final Access to;
        private final int unused;

        Widen(int bits) {
            this.from = Access.of(new Operand.General(Cpu.RAX, bits / 2, false));
            this.to = Access.of(new Operand.General(Cpu.RAX, bits, false));
            this.unused = 64 - bits / 2;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            to.write(c, from.read(c) << unused >> unused);
            return next.exec(c);
        }
    }

    private static final class SignIntoRdx extends Op {
        private final Access rdx;
        private final int unused;

        SignIntoRdx(int bits) {
            this.rdx = Access.of(new Operand.General(Cpu.RDX, bits, false));
            this.unused = 64 - bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            rdx.write(c, c.r[Cpu.RAX] << unused >> 63);
            return next.exec(c);
        }
    }
}
