package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** What moves elements across the two halves of a YMM register; for floating-point elements the tables have the same under other mnemonics. */
public enum VectorPermute implements Family {
    VPERMD,
    VPERMQ,
    VPERM2I128,
    VINSERTI128,
    VEXTRACTI128,
    VPBROADCASTB,
    VPBROADCASTW,
    VPBROADCASTD,
    VPBROADCASTQ,
    VBROADCASTI128;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case VEXTRACTI128 -> i.hasMemory() ? new StoreHalf(i) : new ExtractHalf(i);
            case VPBROADCASTB, VPBROADCASTW, VPBROADCASTD, VPBROADCASTQ -> new Broadcast(this, i);
            default -> new Permute(this, i);
        };
    }

    private long repeated(long x) {
        return switch (this) {
            case VPBROADCASTB -> (x & 0xff) * 0x0101010101010101L;
            case VPBROADCASTW -> (x & 0xffff) * 0x0001000100010001L;
            case VPBROADCASTD -> (x & 0xffffffffL) * 0x0000000100000001L;
            default -> x;
        };
    }

    /** The whole result from the whole sources: {@code Vqq,Hqq,Wqq} and {@code Vqq,Wqq}, with or without an immediate. */
    private static final class Permute extends VectorOp {
        private final VectorPermute f;
        private final int immediate;

        Permute(VectorPermute f, Instruction i) {
            super(i);
            this.f = f;
            immediate = (int) i.immediate();
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            switch (f) {
                case VPERMD -> doublewords(v, from);
                case VPERMQ ->
                    set(
                            v,
                            v[from + (immediate & 3)],
                            v[from + (immediate >> 2 & 3)],
                            v[from + (immediate >> 4 & 3)],
                            v[from + (immediate >> 6 & 3)]);
                case VPERM2I128 ->
                    set(
                            v,
                            half(v, from, immediate, 0),
                            half(v, from, immediate, 1),
                            half(v, from, immediate >> 4, 0),
                            half(v, from, immediate >> 4, 1));
                case VINSERTI128 -> {
                    boolean upper = (immediate & 1) != 0;
                    set(
                            v,
                            upper ? v[a] : v[from],
                            upper ? v[a + 1] : v[from + 1],
                            upper ? v[from] : v[a + 2],
                            upper ? v[from + 1] : v[a + 3]);
                }
                default -> set(v, v[from], v[from + 1], v[from], v[from + 1]);
            }
            return next.exec(c);
        }

        private void set(long[] v, long v0, long v1, long v2, long v3) {
            v[d] = v0;
            v[d + 1] = v1;
            v[d + 2] = v2;
            v[d + 3] = v3;
        }

        /** Lane {@code k} of the half that two bits of the immediate name; zero if bit 3 is set. */
        private long half(long[] v, int from, int selector, int k) {
            if ((selector & 8) != 0) return 0;
            return v[((selector & 2) == 0 ? a : from) + (selector & 1) * 2 + k];
        }

        private void doublewords(long[] v, int from) {
            set(v, pair(v, from, v[a]), pair(v, from, v[a + 1]), pair(v, from, v[a + 2]), pair(v, from, v[a + 3]));
        }

        private static long pair(long[] v, int from, long indices) {
            return doubleword(v, from, (int) indices) | doubleword(v, from, (int) (indices >>> 32)) << 32;
        }

        private static long doubleword(long[] v, int from, int k) {
            return v[from + (k >> 1 & 3)] >>> (k & 1) * 32 & 0xffffffffL;
        }
    }

    /** {@code Vx,Wb} and so on: the low element everywhere. */
    private static final class Broadcast extends VectorOp {
        private final VectorPermute f;

        Broadcast(VectorPermute f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long[] v = c.v;
            long value = f.repeated(v[b.load(c)]);
            for (int k = 0; k < lanes; k++) v[d + k] = value;
            if (lanes == 2) upper(v);
            return next.exec(c);
        }
    }

    /** {@code Wdq,Vqq,Ib} to a register. */
    private static final class ExtractHalf extends Op {
        private final int d;
        private final int from;

        ExtractHalf(Instruction i) {
            d = VectorOp.register(i.operand(0));
            from = VectorOp.register(i.operand(1)) + ((int) i.immediate() & 1) * 2;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            long[] v = c.v;
            v[d] = v[from];
            v[d + 1] = v[from + 1];
            v[d + 2] = 0;
            v[d + 3] = 0;
            return next.exec(c);
        }
    }

    /** The same to memory. */
    private static final class StoreHalf extends Op {
        private final Address address;
        private final int from;

        StoreHalf(Instruction i) {
            address = new Address(((Operand.InMemory) i.operand(0)).place());
            from = VectorOp.register(i.operand(1)) + ((int) i.immediate() & 1) * 2;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.memory.store128(address.of(c), c.v, from);
            return next.exec(c);
        }
    }
}
