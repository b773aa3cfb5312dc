package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.memory.GuestFault;

/**
 * The x87 register stack and its exceptions (SDM vol. 1, 8.1, 8.4 and 8.5), as functions on a processor's state: what every x87 instruction is made of. An instruction begins with {@link #begin}, computes
 * into {@code c.soft.r}, asks {@link #proceeds} whether its result may be written, and ends with {@link #end}. An exception that is not masked is remembered in FSW and reported by the next x87 instruction that waits.
 */
final class X87Stack {
    /** Exceptions found before the computation: unmasked, they leave the operands alone. */
    private static final int BEFORE = SoftFloat.INVALID | SoftFloat.DENORMAL | SoftFloat.DIVIDE_BY_ZERO;

    private X87Stack() {}

    /** Reports a waiting exception, #MF. */
    static void check(Cpu c) {
        if ((c.x87.status & X87.ES) != 0) throw GuestFault.instruction(GuestFault.Kind.X87);
    }

    static SoftFloat begin(Cpu c) {
        SoftFloat s = c.soft;
        s.flags = 0;
        s.low = 0;
        s.roundedUp = false;
        s.modesX87(c.x87.control);
        return s;
    }

    /** Whether no exception that is found before the computation is unmasked. Drops those of the computation if one is. */
    static boolean proceeds(Cpu c) {
        SoftFloat s = c.soft;
        if ((s.flags & BEFORE & ~c.x87.control) == 0) return true;
        s.flags &= BEFORE | X87.SF;
        return false;
    }

    /** The same for FLD, which does load denormal numbers where #D is not masked (observed). */
    static boolean loads(Cpu c) {
        return (c.soft.flags & SoftFloat.INVALID & ~c.x87.control) == 0;
    }

    /** Makes sure that a store will succeed; if it does not, the instruction has raised nothing. */
    static void checkWrite(Cpu c, long at, int lengthBytes) {
        int flags = c.soft.flags;
        c.soft.flags = 0;
        c.memory.checkWrite(at, lengthBytes);
        c.soft.flags = flags;
    }

    static void checkWrite(Cpu c, Access destination) {
        int flags = c.soft.flags;
        c.soft.flags = 0;
        destination.checkWrite(c);
        c.soft.flags = flags;
    }

    /** Moves exceptions to FSW and sets C1. */
    static void end(Cpu c, boolean c1) {
        X87 x = c.x87;
        x.status = x.status & ~X87.C1 | (c1 ? X87.C1 : 0) | c.soft.flags;
        c.soft.flags = 0;
        x.summarise();
    }

    /** Ends with C1 as it was, unless the stack has underflowed: FCMOVcc, FCOMI (observed). */
    static void endKeeping(Cpu c, boolean underflow) {
        end(c, !underflow && (c.x87.status & X87.C1) != 0);
    }

    /** Ends with C1 telling whether a rounding was upward. */
    static void endRounded(Cpu c) {
        end(c, c.soft.roundedUp);
    }

    private static int physical(Cpu c, int i) {
        return c.x87.top + i & 7;
    }

    static boolean isEmpty(Cpu c, int i) {
        return (c.x87.occupied >> physical(c, i) & 1) == 0;
    }

    static void read(Cpu c, int i, UnpackedFloat u) {
        int n = physical(c, i);
        u.setExtended(c.x87.signExponent[n], c.x87.significand[n]);
    }

    /** Stack underflow: #IS with C1 clear; r becomes the indefinite. */
    static void underflow(Cpu c) {
        c.soft.flags |= X87.SF;
        c.soft.invalid();
        c.soft.roundedUp = false;
    }

    /** Stack overflow: #IS with C1 set. */
    static void overflow(Cpu c) {
        underflow(c);
        c.soft.roundedUp = true;
    }

    /** Writes {@code c.soft.r}, which is rounded, to ST(i). */
    static void write(Cpu c, int i) {
        writeRaw(c, i, c.soft.signExponent(), c.soft.r.significand);
    }

    static void writeRaw(Cpu c, int i, int signExponent, long significand) {
        int n = physical(c, i);
        c.x87.signExponent[n] = signExponent;
        c.x87.significand[n] = significand;
        c.x87.occupied |= 1 << n;
    }

    static int rawExponent(Cpu c, int i) {
        return c.x87.signExponent[physical(c, i)];
    }

    static long rawSignificand(Cpu c, int i) {
        return c.x87.significand[physical(c, i)];
    }

    static void free(Cpu c, int i) {
        c.x87.occupied &= ~(1 << physical(c, i));
    }

    static void pop(Cpu c) {
        free(c, 0);
        c.x87.top = c.x87.top + 1 & 7;
    }

    /** Makes room for a new ST(0), which the caller writes. */
    static void push(Cpu c) {
        c.x87.top = c.x87.top - 1 & 7;
    }

    /** Rounds to the precision that FCW asks for: ADD, SUB, MUL, DIV and SQRT do. */
    static void round(Cpu c) {
        int precision = switch (c.x87.control >> 8 & 3) {
            case 0 -> 24;
            case 2 -> 53;
            default -> 64;
        };
        round(c, precision);
    }

    static void round(Cpu c, int precision) {
        c.soft.roundExtended(precision);
    }

    /** The NaN of two operands one of which is a NaN or unsupported (SDM vol. 1, table 4-7). */
    static void propagate(SoftFloat s, UnpackedFloat a, UnpackedFloat b) {
        if (a.kind == UnpackedFloat.UNSUPPORTED || b.kind == UnpackedFloat.UNSUPPORTED) {
            s.invalid();
            return;
        }
        boolean signals = a.kind == UnpackedFloat.SIGNALLING || b.kind == UnpackedFloat.SIGNALLING;
        UnpackedFloat nan;
        if (!b.isNaN()) nan = a;
        else if (!a.isNaN()) nan = b;
        else if (a.kind != b.kind) nan = a.kind == UnpackedFloat.QUIET ? a : b;
        else nan = larger(a, b);
        s.propagate(nan);
        if (signals) s.flags |= SoftFloat.INVALID;
    }

    private static UnpackedFloat larger(UnpackedFloat a, UnpackedFloat b) {
        int order = Long.compareUnsigned(a.significand, b.significand);
        return order > 0 || order == 0 && !a.negative ? a : b;
    }

    /** The one operand if it is a NaN or unsupported: true, and r is the result. */
    static boolean propagates(SoftFloat s, UnpackedFloat u) {
        if (!u.isNaN()) return false;
        propagate(s, u, u);
        return true;
    }
}
