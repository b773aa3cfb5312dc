package dev.gostub.emulator.cpu;

import java.util.Arrays;

/**
 * The x87 register file and its control state (SDM vol. 1, chapter 8), MMX registers included: they are the significands. Registers are kept as the 64-bit significand and the 16 bits of
 * sign and exponent, by physical number; ST(i) is physical {@code (top + i) & 7}.
 */
public final class X87 {
    /** FCW after FNINIT: all exceptions masked, extended precision, round to nearest. */
    public static final int CONTROL_DEFAULT = 0x37f;

    /** The bits of FCW that exist, and the one that is always set. */
    public static final int CONTROL_BITS = 0x1f7f, CONTROL_FIXED = 0x40;

    /** Bits of FSW: stack fault, exception summary, condition codes, busy. */
    public static final int SF = 1 << 6, ES = 1 << 7, C0 = 1 << 8, C1 = 1 << 9, C2 = 1 << 10, C3 = 1 << 14, B = 1 << 15;

    public final long[] significand = new long[8];
    /** Sign in bit 15, biased exponent below. */
    public final int[] signExponent = new int[8];

    public int control = CONTROL_DEFAULT;
    /** Status word without TOP. */
    public int status;

    public int top;
    /** One bit per physical register, set where it holds something: the abridged tag word of FXSAVE. */
    public int occupied;

    public int opcode;
    public long instructionPointer;
    public long dataPointer;

    /** FSW with TOP in bits 11 to 13. */
    public int statusWord() {
        return status & ~0x3800 | top << 11;
    }

    public void setStatusWord(int word) {
        status = word & ~0x3800;
        top = word >>> 11 & 7;
    }

    /** Sets ES and B by the exceptions in FSW that FCW does not mask. */
    public void summarise() {
        boolean pending = (status & ~control & 0x3f) != 0;
        status = pending ? status | ES | B : status & ~(ES | B);
    }

    public void reset() {
        control = CONTROL_DEFAULT;
        status = 0;
        top = 0;
        occupied = 0;
        opcode = 0;
        instructionPointer = 0;
        dataPointer = 0;
    }

    public Snapshot capture() {
        return new Snapshot(
                significand.clone(),
                signExponent.clone(),
                control,
                statusWord(),
                occupied,
                opcode,
                instructionPointer,
                dataPointer);
    }

    public void restore(Snapshot s) {
        System.arraycopy(s.significand, 0, significand, 0, 8);
        System.arraycopy(s.signExponent, 0, signExponent, 0, 8);
        control = s.control;
        setStatusWord(s.statusWord);
        occupied = s.occupied;
        opcode = s.opcode;
        instructionPointer = s.instructionPointer;
        dataPointer = s.dataPointer;
    }

    /** The x87 state at one moment. */
    public record Snapshot(
            long[] significand,
            int[] signExponent,
            int control,
            int statusWord,
            int occupied,
            int opcode,
            long instructionPointer,
            long dataPointer) {
        @Override
        public int hashCode() {
            int hash = Arrays.hashCode(significand) * 31 + Arrays.hashCode(signExponent);
            return hash * 31 + control * 7 + statusWord * 5 + occupied;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snapshot s
                    && Arrays.equals(significand, s.significand)
                    && Arrays.equals(signExponent, s.signExponent)
                    && control == s.control
                    && statusWord == s.statusWord
                    && occupied == s.occupied
                    && opcode == s.opcode
                    && instructionPointer == s.instructionPointer
                    && dataPointer == s.dataPointer;
        }
    }
}
