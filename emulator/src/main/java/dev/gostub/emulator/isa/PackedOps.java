package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** The specialised operations of the packed families, for what Go's runtime and libraries lean on: one line each; the general ops are their specification. */
final class PackedOps {
    private PackedOps() {}

    static @Nullable Op logic(PackedLogic f, Instruction i) {
        if (!isVector(i)) return null;
        boolean registers = registers128(i);
        if (f == PackedLogic.PXOR
                && !i.hasMemory()
                && i.operand(i.operandCount() - 1).equals(i.operand(i.operandCount() - 2))) {
            return registers ? new Zero128(i) : new Zero256(i);
        }
        return switch (f) {
            case PXOR -> registers ? new Pxor128(i) : new PxorAny(i);
            case POR -> registers ? new Por128(i) : new PorAny(i);
            case PAND -> registers ? new Pand128(i) : new PandAny(i);
            case PANDN -> registers ? new Pandn128(i) : new PandnAny(i);
        };
    }

    static @Nullable Op arithmetic(PackedArithmetic f, Instruction i) {
        if (!isVector(i)) return null;
        boolean registers = registers128(i);
        return switch (f) {
            case PADDB -> registers ? new Paddb128(i) : new PaddbAny(i);
            case PADDD -> registers ? new Paddd128(i) : new PadddAny(i);
            case PADDQ -> registers ? new Paddq128(i) : new PaddqAny(i);
            case PSUBB -> registers ? new Psubb128(i) : new PsubbAny(i);
            default -> null;
        };
    }

    static @Nullable Op compare(PackedCompare f, Instruction i) {
        if (!isVector(i)) return null;
        boolean registers = registers128(i);
        return switch (f) {
            case PCMPEQB -> registers ? new Pcmpeqb128(i) : new PcmpeqbAny(i);
            case PCMPEQD -> registers ? new Pcmpeqd128(i) : new PcmpeqdAny(i);
            case PMINUB -> registers ? new Pminub128(i) : new PminubAny(i);
            default -> null;
        };
    }

    static @Nullable Op shuffle(PackedShuffle f, Instruction i) {
        if (!isVector(i) || i.operand(0).bits() != 128) return null;
        return switch (f) {
            case PSHUFB -> new Pshufb128(i);
            case PSHUFD -> new Pshufd128(i);
            case PUNPCKLQDQ -> new Punpcklqdq128(i);
            case PALIGNR -> new Palignr128(i);
            default -> null;
        };
    }

    static @Nullable Op aes(Aes f, Instruction i) {
        return switch (f) {
            case AESENC -> new Aesenc(i);
            case AESDEC -> new Aesdec(i);
            default -> null;
        };
    }

    /** Logical shifts by an immediate: a shift of the whole lane, and a mask for what crossed into another element. */
    static @Nullable Op shift(PackedShift f, Instruction i) {
        if (!isVector(i) || !(i.operand(i.operandCount() - 1) instanceof Operand.Immediate)) return null;
        int count = (int) i.immediate() & 0xff;
        if (count > 63) return null;
        long mask = f.lane(-1L, count);
        return switch (f) {
            case PSLLW, PSLLD, PSLLQ -> new ShiftLeft(i, count, mask);
            case PSRLW, PSRLD, PSRLQ -> new ShiftRight(i, count, mask);
            case PSRAW, PSRAD -> null;
        };
    }

    private static boolean isVector(Instruction i) {
        return i.operand(0) instanceof Operand.Vector;
    }

    private static boolean registers128(Instruction i) {
        return !i.hasMemory() && i.operand(0).bits() == 128;
    }

    /** Two registers of 128 bits and a third or one of them as destination. */
    abstract static class Registers128 extends Op {
        final int d, a, b;
        private final long keep;

        Registers128(Instruction i) {
            int operands = i.operandCount();
            d = VectorOp.register(i.operand(0));
            a = VectorOp.register(i.operand(operands - 2));
            b = VectorOp.register(i.operand(operands - 1));
            keep = i.form().isVex() ? 0 : -1L;
        }

        final void upper(long[] v) {
            v[d + 2] &= keep;
            v[d + 3] &= keep;
        }
    }

    // spotless:off
    static final class Pxor128 extends Registers128 { Pxor128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[a] ^ v[b]; v[d + 1] = v[a + 1] ^ v[b + 1]; upper(v); return next.exec(c); } }
    static final class Por128 extends Registers128 { Por128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[a] | v[b]; v[d + 1] = v[a + 1] | v[b + 1]; upper(v); return next.exec(c); } }
    static final class Pand128 extends Registers128 { Pand128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[a] & v[b]; v[d + 1] = v[a + 1] & v[b + 1]; upper(v); return next.exec(c); } }
    static final class Pandn128 extends Registers128 { Pandn128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = ~v[a] & v[b]; v[d + 1] = ~v[a + 1] & v[b + 1]; upper(v); return next.exec(c); } }
    static final class Paddb128 extends Registers128 { Paddb128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.add(v[a], v[b], Swar.H8); v[d + 1] = Swar.add(v[a + 1], v[b + 1], Swar.H8); upper(v); return next.exec(c); } }
    static final class Paddd128 extends Registers128 { Paddd128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.add(v[a], v[b], Swar.H32); v[d + 1] = Swar.add(v[a + 1], v[b + 1], Swar.H32); upper(v); return next.exec(c); } }
    static final class Paddq128 extends Registers128 { Paddq128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[a] + v[b]; v[d + 1] = v[a + 1] + v[b + 1]; upper(v); return next.exec(c); } }
    static final class Psubb128 extends Registers128 { Psubb128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.sub(v[a], v[b], Swar.H8); v[d + 1] = Swar.sub(v[a + 1], v[b + 1], Swar.H8); upper(v); return next.exec(c); } }
    static final class Pcmpeqb128 extends Registers128 { Pcmpeqb128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.equal(v[a], v[b], Swar.H8, 7); v[d + 1] = Swar.equal(v[a + 1], v[b + 1], Swar.H8, 7); upper(v); return next.exec(c); } }
    static final class Pcmpeqd128 extends Registers128 { Pcmpeqd128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.equal(v[a], v[b], Swar.H32, 31); v[d + 1] = Swar.equal(v[a + 1], v[b + 1], Swar.H32, 31); upper(v); return next.exec(c); } }
    static final class Pminub128 extends Registers128 { Pminub128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = Swar.select(Swar.below(v[a], v[b], Swar.H8, 7), v[a], v[b]); v[d + 1] = Swar.select(Swar.below(v[a + 1], v[b + 1], Swar.H8, 7), v[a + 1], v[b + 1]); upper(v); return next.exec(c); } }
    static final class PxorAny extends VectorOp { PxorAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = v[a] ^ v[s]; v[d + 1] = v[a + 1] ^ v[s + 1]; if (lanes == 2) { upper(v); } else { v[d + 2] = v[a + 2] ^ v[s + 2]; v[d + 3] = v[a + 3] ^ v[s + 3]; } return next.exec(c); } }
    static final class PorAny extends VectorOp { PorAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = v[a] | v[s]; v[d + 1] = v[a + 1] | v[s + 1]; if (lanes == 2) { upper(v); } else { v[d + 2] = v[a + 2] | v[s + 2]; v[d + 3] = v[a + 3] | v[s + 3]; } return next.exec(c); } }
    static final class PandAny extends VectorOp { PandAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = v[a] & v[s]; v[d + 1] = v[a + 1] & v[s + 1]; if (lanes == 2) { upper(v); } else { v[d + 2] = v[a + 2] & v[s + 2]; v[d + 3] = v[a + 3] & v[s + 3]; } return next.exec(c); } }
    static final class PandnAny extends VectorOp { PandnAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = ~v[a] & v[s]; v[d + 1] = ~v[a + 1] & v[s + 1]; if (lanes == 2) { upper(v); } else { v[d + 2] = ~v[a + 2] & v[s + 2]; v[d + 3] = ~v[a + 3] & v[s + 3]; } return next.exec(c); } }
    static final class PaddbAny extends VectorOp { PaddbAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.add(v[a], v[s], Swar.H8); v[d + 1] = Swar.add(v[a + 1], v[s + 1], Swar.H8); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.add(v[a + 2], v[s + 2], Swar.H8); v[d + 3] = Swar.add(v[a + 3], v[s + 3], Swar.H8); } return next.exec(c); } }
    static final class PadddAny extends VectorOp { PadddAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.add(v[a], v[s], Swar.H32); v[d + 1] = Swar.add(v[a + 1], v[s + 1], Swar.H32); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.add(v[a + 2], v[s + 2], Swar.H32); v[d + 3] = Swar.add(v[a + 3], v[s + 3], Swar.H32); } return next.exec(c); } }
    static final class PaddqAny extends VectorOp { PaddqAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = v[a] + v[s]; v[d + 1] = v[a + 1] + v[s + 1]; if (lanes == 2) { upper(v); } else { v[d + 2] = v[a + 2] + v[s + 2]; v[d + 3] = v[a + 3] + v[s + 3]; } return next.exec(c); } }
    static final class PsubbAny extends VectorOp { PsubbAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.sub(v[a], v[s], Swar.H8); v[d + 1] = Swar.sub(v[a + 1], v[s + 1], Swar.H8); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.sub(v[a + 2], v[s + 2], Swar.H8); v[d + 3] = Swar.sub(v[a + 3], v[s + 3], Swar.H8); } return next.exec(c); } }
    static final class PcmpeqbAny extends VectorOp { PcmpeqbAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.equal(v[a], v[s], Swar.H8, 7); v[d + 1] = Swar.equal(v[a + 1], v[s + 1], Swar.H8, 7); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.equal(v[a + 2], v[s + 2], Swar.H8, 7); v[d + 3] = Swar.equal(v[a + 3], v[s + 3], Swar.H8, 7); } return next.exec(c); } }
    static final class PcmpeqdAny extends VectorOp { PcmpeqdAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.equal(v[a], v[s], Swar.H32, 31); v[d + 1] = Swar.equal(v[a + 1], v[s + 1], Swar.H32, 31); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.equal(v[a + 2], v[s + 2], Swar.H32, 31); v[d + 3] = Swar.equal(v[a + 3], v[s + 3], Swar.H32, 31); } return next.exec(c); } }
    static final class PminubAny extends VectorOp { PminubAny(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; v[d] = Swar.select(Swar.below(v[a], v[s], Swar.H8, 7), v[a], v[s]); v[d + 1] = Swar.select(Swar.below(v[a + 1], v[s + 1], Swar.H8, 7), v[a + 1], v[s + 1]); if (lanes == 2) { upper(v); } else { v[d + 2] = Swar.select(Swar.below(v[a + 2], v[s + 2], Swar.H8, 7), v[a + 2], v[s + 2]); v[d + 3] = Swar.select(Swar.below(v[a + 3], v[s + 3], Swar.H8, 7), v[a + 3], v[s + 3]); } return next.exec(c); } }
    static final class Zero128 extends Registers128 { Zero128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = 0; v[d + 1] = 0; upper(v); return next.exec(c); } }
    static final class Zero256 extends VectorOp { Zero256(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = 0; v[d + 1] = 0; v[d + 2] = 0; v[d + 3] = 0; return next.exec(c); } }
    static final class ShiftLeft extends VectorOp { final int n; final long mask; ShiftLeft(Instruction i, int n, long mask) { super(i); this.n = n; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { int s = b.load(c); long[] v = c.v; v[d] = v[s] << n & mask; v[d + 1] = v[s + 1] << n & mask; if (lanes == 2) { upper(v); } else { v[d + 2] = v[s + 2] << n & mask; v[d + 3] = v[s + 3] << n & mask; } return next.exec(c); } }
    static final class ShiftRight extends VectorOp { final int n; final long mask; ShiftRight(Instruction i, int n, long mask) { super(i); this.n = n; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { int s = b.load(c); long[] v = c.v; v[d] = v[s] >>> n & mask; v[d + 1] = v[s + 1] >>> n & mask; if (lanes == 2) { upper(v); } else { v[d + 2] = v[s + 2] >>> n & mask; v[d + 3] = v[s + 3] >>> n & mask; } return next.exec(c); } }
    static final class Aesenc extends VectorOp { Aesenc(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long a0 = v[a], a1 = v[a + 1], b1 = v[s + 1]; v[d] = Aes.encrypt(a0, a1) ^ v[s]; v[d + 1] = Aes.encrypt(a1, a0) ^ b1; upper(v); return next.exec(c); } }
    static final class Aesdec extends VectorOp { Aesdec(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long a0 = v[a], a1 = v[a + 1], b1 = v[s + 1]; v[d] = Aes.decrypt(a0, a1) ^ v[s]; v[d + 1] = Aes.decrypt(a1, a0) ^ b1; upper(v); return next.exec(c); } }
    static final class Pshufb128 extends VectorOp { Pshufb128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long a0 = v[a], a1 = v[a + 1], b1 = v[s + 1]; v[d] = PackedShuffle.bytes(a0, a1, v[s]); v[d + 1] = PackedShuffle.bytes(a0, a1, b1); upper(v); return next.exec(c); } }
    static final class Pshufd128 extends VectorOp { final int i; Pshufd128(Instruction i) { super(i); this.i = (int) i.immediate() & 0xff; } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long b0 = v[s], b1 = v[s + 1]; v[d] = PackedShuffle.doublewords(b0, b1, i); v[d + 1] = PackedShuffle.doublewords(b0, b1, i >> 4); upper(v); return next.exec(c); } }
    static final class Punpcklqdq128 extends VectorOp { Punpcklqdq128(Instruction i) { super(i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long low = v[s]; v[d] = v[a]; v[d + 1] = low; upper(v); return next.exec(c); } }
    static final class Palignr128 extends VectorOp { final int i; Palignr128(Instruction i) { super(i); this.i = (int) i.immediate() & 0xff; } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long a0 = v[a], a1 = v[a + 1], b0 = v[s], b1 = v[s + 1]; v[d] = PackedShuffle.shifted(b0, b1, a0, a1, i); v[d + 1] = PackedShuffle.shifted(b0, b1, a0, a1, i + 8); upper(v); return next.exec(c); } }
    static final class Pclmulqdq extends VectorOp { final int x, y; Pclmulqdq(Instruction i) { super(i); x = a + ((int) i.immediate() & 1); y = (int) i.immediate() >> 4 & 1; } @Override public @Nullable Op exec(Cpu c) { c.index = index; int s = b.load(c); long[] v = c.v; long p = v[x], q = v[s + y]; v[d] = CarrylessMultiply.low(p, q); v[d + 1] = CarrylessMultiply.high(p, q); upper(v); return next.exec(c); } }
    // spotless:on
}
