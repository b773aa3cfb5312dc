package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/**
 * ROL, ROR, RCL, RCR, SHL, SHR, SAL, SAR, in encoding order (SDM vol. 2, group 2). OF is undefined for counts other than 1; it is computed by the same formula for all counts, as the processors do.
 */
public enum Shift implements Family {
    ROL,
    ROR,
    RCL,
    RCR,
    SHL,
    SHR,
    SAL,
    SAR;

    @Override
    public Op lower(Instruction i) {
        int bits = i.operand(0).bits();
        if (bits >= 32
                && i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                && i.operand(1) instanceof Operand.Immediate(long value, int b2)) {
            int n = (int) value & bits - 1;
            if (n == 0) return new General(this, Access.of(i, 0), Access.of(i, 1), bits);
            boolean wide = bits == 64;
            switch (this) {
                case SHL, SAL -> {
                    return wide ? new Shl64(d, n) : new Shl32(d, n);
                }
                case SHR -> {
                    return wide ? new Shr64(d, n) : new Shr32(d, n);
                }
                case SAR -> {
                    return wide ? new Sar64(d, n) : new Sar32(d, n);
                }
                case ROL -> {
                    return wide ? new Rol64(d, n) : new Rol32(d, n);
                }
                case ROR -> {
                    return wide ? new Ror64(d, n) : new Ror32(d, n);
                }
                default -> {}
            }
        }
        if (bits >= 32
                && i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                && i.operand(1) instanceof Operand.General) {
            boolean wide = bits == 64;
            switch (this) {
                case SHL, SAL -> {
                    return wide ? new Shl64Cl(d) : new Shl32Cl(d);
                }
                case SHR -> {
                    return wide ? new Shr64Cl(d) : new Shr32Cl(d);
                }
                case SAR -> {
                    return wide ? new Sar64Cl(d) : new Sar32Cl(d);
                }
                default -> {}
            }
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        return new General(this, Access.of(i, 0), Access.of(i, 1), i.operand(0).bits());
    }

    /** The specification: value and result zero-extended, count already masked to 5 or 6 bits. */
    long apply(Flags flags, int bits, long value, int count) {
        if (count == 0) return value;
        return switch (this) {
            case ROL -> rotateLeft(flags, bits, value, count % bits);
            case ROR -> rotateRight(flags, bits, value, count % bits);
            case RCL -> rotateThroughCarry(flags, bits, value, count % (bits + 1));
            case RCR -> rotateRightThroughCarry(flags, bits, value, count % (bits + 1));
            case SHL, SAL -> left(flags, bits, value, count);
            case SHR -> right(flags, bits, value, count);
            case SAR -> arithmetic(flags, bits, value, count);
        };
    }

    static long mask(int bits) {
        return -1L >>> 64 - bits;
    }

    private static boolean bit(long value, int n) {
        return (value >>> n & 1) != 0;
    }

    private static long left(Flags flags, int bits, long value, int count) {
        boolean carry = count <= bits && bit(value, bits - count);
        long result = count >= bits ? 0 : value << count & mask(bits);
        flags.shift(Flags.width(bits), result << 64 - bits, carry, carry != bit(result, bits - 1));
        return result;
    }

    private static long right(Flags flags, int bits, long value, int count) {
        boolean carry = count <= bits && bit(value, count - 1);
        long result = count >= bits ? 0 : value >>> count;
        // the manual's formula for one bit; for more the processors keep the rule "sign of the operand" only where the
        // count is 1
        flags.shift(Flags.width(bits), result << 64 - bits, carry, bit(result << 1 ^ result, bits - 1));
        return result;
    }

    private static long arithmetic(Flags flags, int bits, long value, int count) {
        long extended = value << 64 - bits >> 64 - bits;
        int n = Math.min(count, 63);
        boolean carry = count > 63 ? extended < 0 : bit(extended, count - 1);
        long result = extended >> n & mask(bits);
        flags.shift(Flags.width(bits), result << 64 - bits, carry, false);
        return result;
    }

    private static long rotateLeft(Flags flags, int bits, long value, int n) {
        long result = n == 0 ? value : (value << n | value >>> bits - n) & mask(bits);
        flags.rotated(bit(result, 0), bit(result, 0) != bit(result, bits - 1));
        return result;
    }

    private static long rotateRight(Flags flags, int bits, long value, int n) {
        long result = n == 0 ? value : (value >>> n | value << bits - n) & mask(bits);
        flags.rotated(bit(result, bits - 1), bit(result, bits - 1) != bit(result, bits - 2));
        return result;
    }

    private static long rotateThroughCarry(Flags flags, int bits, long value, int n) {
        long result = value;
        boolean carry = flags.carry();
        for (int k = 0; k < n; k++) {
            boolean out = bit(result, bits - 1);
            result = (result << 1 | (carry ? 1 : 0)) & mask(bits);
            carry = out;
        }
        flags.rotated(carry, carry != bit(result, bits - 1));
        return result;
    }

    private static long rotateRightThroughCarry(Flags flags, int bits, long value, int n) {
        long result = value;
        boolean carry = flags.carry();
        for (int k = 0; k < n; k++) {
            boolean out = bit(result, 0);
            result = result >>> 1 | (carry ? 1L << bits - 1 : 0);
            carry = out;
        }
        flags.rotated(carry, bit(result, bits - 1) != bit(result, bits - 2));
        return result;
    }

    private static final class General extends Op {
        private final Shift f;
        private final Access operand;
        private final Access count;
        private final int bits;

        General(Shift f, Access operand, Access count, int bits) {
            this.f = f;
            this.operand = operand;
            this.count = count;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int n = (int) count.read(c) & (bits == 64 ? 63 : 31);
            operand.checkWrite(c);
            operand.write(c, f.apply(c.flags, bits, operand.read(c), n));
            return next.exec(c);
        }
    }

    /** By a constant from 1 to width - 1. */
    abstract static class ByConstant extends Op {
        final byte d, n;

        ByConstant(int d, int n) {
            this.d = (byte) d;
            this.n = (byte) n;
        }
    }

    abstract static class ByCl extends Op {
        final byte d;

        ByCl(int d) {
            this.d = (byte) d;
        }
    }

    // spotless:off
    static final class Shl64 extends ByConstant { Shl64(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], x = a << n; boolean carry = (a << n - 1) < 0; c.flags.shift(Flags.W64, x, carry, carry != x < 0); c.r[d] = x; return next.exec(c); } }
    static final class Shl32 extends ByConstant { Shl32(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d] << 32, x = a << n; boolean carry = (a << n - 1) < 0; c.flags.shift(Flags.W32, x, carry, carry != x < 0); c.r[d] = x >>> 32; return next.exec(c); } }
    static final class Shr64 extends ByConstant { Shr64(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], x = a >>> n; c.flags.shift(Flags.W64, x, (a >>> n - 1 & 1) != 0, (x << 1 ^ x) < 0); c.r[d] = x; return next.exec(c); } }
    static final class Shr32 extends ByConstant { Shr32(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d] & 0xffffffffL, x = a >>> n; c.flags.shift(Flags.W32, x << 32, (a >>> n - 1 & 1) != 0, (x << 1 ^ x) << 32 < 0); c.r[d] = x; return next.exec(c); } }
    static final class Sar64 extends ByConstant { Sar64(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], x = a >> n; c.flags.shift(Flags.W64, x, (a >>> n - 1 & 1) != 0, false); c.r[d] = x; return next.exec(c); } }
    static final class Sar32 extends ByConstant { Sar32(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long a = (int) c.r[d], x = a >> n; c.flags.shift(Flags.W32, x << 32, (a >>> n - 1 & 1) != 0, false); c.r[d] = x & 0xffffffffL; return next.exec(c); } }
    static final class Rol64 extends ByConstant { Rol64(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long x = Long.rotateLeft(c.r[d], n); c.flags.rotated((x & 1) != 0, (x & 1) != x >>> 63); c.r[d] = x; return next.exec(c); } }
    static final class Rol32 extends ByConstant { Rol32(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long x = Integer.rotateLeft((int) c.r[d], n) & 0xffffffffL; c.flags.rotated((x & 1) != 0, (x & 1) != x >>> 31); c.r[d] = x; return next.exec(c); } }
    static final class Ror64 extends ByConstant { Ror64(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { long x = Long.rotateRight(c.r[d], n); c.flags.rotated(x < 0, (x ^ x << 1) < 0); c.r[d] = x; return next.exec(c); } }
    static final class Ror32 extends ByConstant { Ror32(int d, int n) { super(d, n); } @Override public @Nullable Op exec(Cpu c) { int x = Integer.rotateRight((int) c.r[d], n); c.flags.rotated(x < 0, (x ^ x << 1) < 0); c.r[d] = x & 0xffffffffL; return next.exec(c); } }
    static final class Shl64Cl extends ByCl { Shl64Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 63; if (n != 0) { long a = c.r[d], x = a << n; boolean carry = (a << n - 1) < 0; c.flags.shift(Flags.W64, x, carry, carry != x < 0); c.r[d] = x; } return next.exec(c); } }
    static final class Shr64Cl extends ByCl { Shr64Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 63; if (n != 0) { long a = c.r[d], x = a >>> n; c.flags.shift(Flags.W64, x, (a >>> n - 1 & 1) != 0, (x << 1 ^ x) < 0); c.r[d] = x; } return next.exec(c); } }
    static final class Sar64Cl extends ByCl { Sar64Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 63; if (n != 0) { long a = c.r[d], x = a >> n; c.flags.shift(Flags.W64, x, (a >>> n - 1 & 1) != 0, false); c.r[d] = x; } return next.exec(c); } }
    static final class Shl32Cl extends ByCl { Shl32Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 31; long a = c.r[d] & 0xffffffffL, x = a << n & 0xffffffffL; if (n != 0) { boolean carry = (a >>> 32 - n & 1) != 0; c.flags.shift(Flags.W32, x << 32, carry, carry != x << 32 < 0); } c.r[d] = x; return next.exec(c); } }
    static final class Shr32Cl extends ByCl { Shr32Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 31; long a = c.r[d] & 0xffffffffL, x = a >>> n; if (n != 0) c.flags.shift(Flags.W32, x << 32, (a >>> n - 1 & 1) != 0, (x << 1 ^ x) << 32 < 0); c.r[d] = x; return next.exec(c); } }
    static final class Sar32Cl extends ByCl { Sar32Cl(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { int n = (int) c.r[1] & 31; long a = (int) c.r[d], x = a >> n; if (n != 0) c.flags.shift(Flags.W32, x << 32, (a >>> n - 1 & 1) != 0, false); c.r[d] = x & 0xffffffffL; return next.exec(c); } }
    // spotless:on
}
