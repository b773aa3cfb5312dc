package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;

/**
 * A general operand of any kind and width at run time, for the general ops. Reads give the value zero-extended to 64 bits; writes take the low bits (a 32-bit register is zero-extended, narrower ones keep
 * the rest of the register).
 */
abstract class Access {
    abstract long read(Cpu c);

    abstract void write(Cpu c, long value);

    /** Makes sure that the write to come cannot fault. */
    void checkWrite(Cpu c) {}

    static Access of(Instruction i, int operand) {
        return of(i.operand(operand));
    }

    static Access of(Operand operand) {
        return switch (operand) {
            case Operand.General(int number, int bits, boolean high) ->
                switch (bits) {
                    case 8 -> high ? new High8(number) : new Register8(number);
                    case 16 -> new Register16(number);
                    case 32 -> new Register32(number);
                    case 64 -> new Register64(number);
                    default -> throw new IllegalStateException("register of " + bits + " bits");
                };
            case Operand.InMemory(var place, int bits) ->
                switch (bits) {
                    case 8 -> new Memory8(new Address(place));
                    case 16 -> new Memory16(new Address(place));
                    case 32 -> new Memory32(new Address(place));
                    case 64 -> new Memory64(new Address(place));
                    default -> throw new IllegalStateException("memory of " + bits + " bits");
                };
            case Operand.Immediate(long value, int bits) -> new Constant(value);
            case Operand.Segment(int number, int bits) -> new Selector(number);
            case Operand.Vector v -> throw new IllegalStateException("not a general operand: " + v);
            case Operand.Mmx(int number, int bits) -> new MmxRegister(number);
            case Operand.Stack s -> throw new IllegalStateException("not a general operand: " + s);
        };
    }

    // spotless:off
    private static final class Register64 extends Access { final int n; Register64(int n) { this.n = n; } @Override long read(Cpu c) { return c.r[n]; } @Override void write(Cpu c, long x) { c.r[n] = x; } }
    private static final class Register32 extends Access { final int n; Register32(int n) { this.n = n; } @Override long read(Cpu c) { return c.r[n] & 0xffffffffL; } @Override void write(Cpu c, long x) { c.r[n] = x & 0xffffffffL; } }
    private static final class Register16 extends Access { final int n; Register16(int n) { this.n = n; } @Override long read(Cpu c) { return c.r[n] & 0xffff; } @Override void write(Cpu c, long x) { c.r[n] = c.r[n] & ~0xffffL | x & 0xffff; } }
    private static final class Register8 extends Access { final int n; Register8(int n) { this.n = n; } @Override long read(Cpu c) { return c.r[n] & 0xff; } @Override void write(Cpu c, long x) { c.r[n] = c.r[n] & ~0xffL | x & 0xff; } }
    private static final class High8 extends Access { final int n; High8(int n) { this.n = n; } @Override long read(Cpu c) { return c.r[n] >>> 8 & 0xff; } @Override void write(Cpu c, long x) { c.r[n] = c.r[n] & ~0xff00L | (x & 0xff) << 8; } }
    private static final class Memory64 extends InMemory { Memory64(Address a) { super(a, 8); } @Override long read(Cpu c) { return c.memory.load64(a.of(c)); } @Override void write(Cpu c, long x) { c.memory.store64(a.of(c), x); } }
    private static final class Memory32 extends InMemory { Memory32(Address a) { super(a, 4); } @Override long read(Cpu c) { return c.memory.load32(a.of(c)); } @Override void write(Cpu c, long x) { c.memory.store32(a.of(c), x); } }
    private static final class Memory16 extends InMemory { Memory16(Address a) { super(a, 2); } @Override long read(Cpu c) { return c.memory.load16(a.of(c)); } @Override void write(Cpu c, long x) { c.memory.store16(a.of(c), x); } }
    private static final class Memory8 extends InMemory { Memory8(Address a) { super(a, 1); } @Override long read(Cpu c) { return c.memory.load8(a.of(c)); } @Override void write(Cpu c, long x) { c.memory.store8(a.of(c), x); } }
    // spotless:on

    /** The significand of an x87 register; writing it makes sign and exponent all ones (SDM vol. 1, 9.2.1). */
    private static final class MmxRegister extends Access {
        private final int n;

        MmxRegister(int n) {
            this.n = n;
        }

        @Override
        long read(Cpu c) {
            return c.x87.significand[n];
        }

        @Override
        void write(Cpu c, long value) {
            c.x87.significand[n] = value;
            c.x87.signExponent[n] = 0xffff;
        }
    }

    private abstract static class InMemory extends Access {
        final Address a;
        private final int lengthBytes;

        InMemory(Address a, int lengthBytes) {
            this.a = a;
            this.lengthBytes = lengthBytes;
        }

        @Override
        void checkWrite(Cpu c) {
            c.memory.checkWrite(a.of(c), lengthBytes);
        }
    }

    private static final class Constant extends Access {
        final long value;

        Constant(long value) {
            this.value = value;
        }

        @Override
        long read(Cpu c) {
            return value;
        }

        @Override
        void write(Cpu c, long ignored) {
            throw new IllegalStateException("write to an immediate");
        }
    }

    private static final class Selector extends Access {
        final int n;

        Selector(int n) {
            this.n = n;
        }

        @Override
        long read(Cpu c) {
            return c.selectors[n];
        }

        @Override
        void write(Cpu c, long value) {
            Descriptors.load(c, n, value);
        }
    }
}
