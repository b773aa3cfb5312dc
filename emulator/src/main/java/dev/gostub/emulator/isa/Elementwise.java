package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/**
 * The general op of floating-point SIMD: applies an {@link Element} to the elements of its operands. Scalar forms do so to the lowest and take the rest of the low 128 bits from the first source; legacy encodings keep the
 * upper half of the destination, VEX clears it. The mnemonic's last letters say which of PS, PD, SS, SD it is.
 */
final class Elementwise extends Op {
    private final Element f;
    /** What the odd elements get; mostly the same. */
    private final Element odd;

    private final FloatFormat format;
    private final boolean vex;
    private final boolean scalar;
    private final int lanes;
    private final int destination;
    private final Lanes first;
    private final Lanes second;

    /** Scalar forms keep the rest of the destination even with VEX: FMA. */
    private final boolean keepsRest;

    private Elementwise(Element f, Element odd, Instruction i, boolean keepsRest) {
        Form form = i.form();
        int sources = form.operand(1).method() == OperandCode.Method.H ? 1 : 0;
        this.f = f;
        this.odd = odd;
        this.keepsRest = keepsRest;
        this.format = format(form);
        this.vex = form.isVex();
        this.scalar = scalar(form);
        this.lanes = i.vectorBits() / 64;
        this.destination = VectorOp.register(i.operand(0));
        this.first = Lanes.of(i.operand(sources), false);
        this.second = Lanes.of(i.operand(sources + 1), !vex);
    }

    static Op of(Element f, Instruction i) {
        return new Elementwise(f, f, i, false);
    }

    static Op alternating(Element even, Element odd, Instruction i) {
        return new Elementwise(even, odd, i, false);
    }

    static Op fused(Element even, Element odd, Instruction i) {
        return new Elementwise(even, odd, i, true);
    }

    static FloatFormat format(Form form) {
        return form.mnemonic().endsWith("S") ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
    }

    static boolean scalar(Form form) {
        return form.mnemonic().charAt(form.mnemonic().length() - 2) == 'S';
    }

    @Override
    public @Nullable Op exec(Cpu c) {
        c.index = index;
        int b = second.load(c);
        int a = first.load(c);
        if (scalar) scalar(c, a, b);
        else packed(c, a, b);
        return next.exec(c);
    }

    private void scalar(Cpu c, int a, int b) {
        long[] v = c.v;
        int rest = keepsRest ? destination : a;
        long result;
        if (format == FloatFormat.DOUBLE) result = f.apply(c, format, v[a], v[b], v[destination]);
        else
            result = v[rest] & ~0xffffffffL
                    | f.apply(c, format, v[a] & 0xffffffffL, v[b] & 0xffffffffL, v[destination] & 0xffffffffL);
        raise(c);
        v[destination] = result;
        if (!vex) return;
        v[destination + 1] = v[rest + 1];
        c.clearAbove(destination, 2);
    }

    private void packed(Cpu c, int a, int b) {
        for (int k = 0; k < lanes; k++) {
            c.v[Lanes.RESULT + k] = format == FloatFormat.DOUBLE
                    ? ((k & 1) == 0 ? f : odd).apply(c, format, c.v[a + k], c.v[b + k], c.v[destination + k])
                    : pair(c, c.v[a + k], c.v[b + k], c.v[destination + k]);
        }
        raise(c);
        System.arraycopy(c.v, Lanes.RESULT, c.v, destination, lanes);
        if (vex) c.clearAbove(destination, lanes);
    }

    private long pair(Cpu c, long a, long b, long d) {
        long low = f.apply(c, format, a & 0xffffffffL, b & 0xffffffffL, d & 0xffffffffL);
        return low | odd.apply(c, format, a >>> 32, b >>> 32, d >>> 32) << 32;
    }

    /**
     * Moves the exceptions of an instruction to MXCSR; #XM if one of them is not masked. Those that are found before the computation keep it from happening, so that it reports none of its own (SDM vol. 1, 11.5.2).
     */
    static void raise(Cpu c) {
        int flags = c.soft.flags;
        if (flags == 0) return;
        c.soft.flags = 0;
        int unmasked = flags & ~(c.mxcsr >> 7);
        if ((unmasked & (SoftFloat.INVALID | SoftFloat.DENORMAL | SoftFloat.DIVIDE_BY_ZERO)) != 0) flags &= 7;
        c.mxcsr |= flags;
        if (unmasked != 0) throw GuestFault.instruction(GuestFault.Kind.SIMD);
    }
}
