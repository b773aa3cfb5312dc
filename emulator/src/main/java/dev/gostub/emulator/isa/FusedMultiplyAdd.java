package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.decode.Instruction;

/** FMA: the sign of the product, and whether the third operand is added or subtracted. The opcode says which operands are multiplied. */
public enum FusedMultiplyAdd implements Family {
    VFMADDSUB,
    VFMSUBADD,
    VFMADD,
    VFMSUB,
    VFNMADD,
    VFNMSUB;

    @Override
    public Op lower(Instruction i) {
        int order = i.opcode() >> 4; // 9: 132, A: 213, B: 231
        Element add = new Fused(order, false, false);
        Element subtract = new Fused(order, false, true);
        return switch (this) {
            case VFMADDSUB -> Elementwise.fused(subtract, add, i);
            case VFMSUBADD -> Elementwise.fused(add, subtract, i);
            case VFMADD -> Elementwise.fused(add, add, i);
            case VFMSUB -> Elementwise.fused(subtract, subtract, i);
            case VFNMADD -> negated(new Fused(order, true, false), i);
            case VFNMSUB -> negated(new Fused(order, true, true), i);
        };
    }

    private static Op negated(Element f, Instruction i) {
        return Elementwise.fused(f, f, i);
    }

    /**
     * One element.
     *
     * @param order 9, A, B: which operands are multiplied
     */
    private record Fused(int order, boolean negateProduct, boolean negateAddend) implements Element {
        @Override
        public long apply(Cpu c, FloatFormat f, long a, long b, long d) {
            return switch (order) {
                case 0x9 -> fused(c, f, d, b, a);
                case 0xa -> fused(c, f, a, d, b);
                default -> fused(c, f, a, b, d);
            };
        }

        private long fused(Cpu c, FloatFormat f, long x, long y, long w) {
            boolean wide = f == FloatFormat.DOUBLE;
            long sign = wide ? Long.MIN_VALUE : 1L << 31;
            long productSign = negateProduct ? sign : 0;
            long addendSign = negateAddend ? sign : 0;
            boolean fast = wide ? ScalarDouble.canMultiplyAdd(c, x, y, w) : ScalarSingle.canMultiplyAdd(c, x, y, w);
            if (fast) {
                long z = wide
                        ? ScalarDouble.multiplyAdd(x ^ productSign, y, w ^ addendSign)
                        : ScalarSingle.multiplyAdd(x ^ productSign, y, w ^ addendSign);
                if (wide ? ScalarDouble.clear(z) : ScalarSingle.clear((int) z)) return z;
            }
            return exact(c, f, x, y, w);
        }

        /** The specification. A NaN keeps its sign. */
        private long exact(Cpu c, FloatFormat f, long x, long y, long w) {
            SoftFloat s = c.soft;
            s.modes(c.mxcsr);
            s.unpack(s.a, x, f);
            s.unpack(s.b, y, f);
            s.unpack(s.c, w, f);
            if (s.a.isNaN() || s.b.isNaN() || s.c.isNaN()) {
                if (s.a.kind == UnpackedFloat.SIGNALLING
                        || s.b.kind == UnpackedFloat.SIGNALLING
                        || s.c.kind == UnpackedFloat.SIGNALLING) s.flags |= SoftFloat.INVALID;
                s.propagate(s.a.isNaN() ? s.a : s.b.isNaN() ? s.b : s.c);
                return s.pack(f);
            }
            s.a.negative ^= negateProduct;
            s.c.negative ^= negateAddend;
            s.multiplyAdd();
            return s.pack(f);
        }
    }
}
