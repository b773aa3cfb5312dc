package dev.gostub.emulator.cpu;

/**
 * RFLAGS, the status flags of which are kept as the last operation's kind, operands and result and are computed when read. Operands and result are shifted left so that the
 * sign bit of the operation's width is bit 63, so that one set of formulas serves all widths; the kind carries the shift for the two flags that look at low bits (PF, AF).
 *
 * <p>The canonical RFLAGS of the manual (SDM vol. 1, 3.4.3) is {@link #rflags()}: it alone is what snapshots, hashes and debuggers see.
 */
public final class Flags {
    /** Bits of RFLAGS. */
    public static final int CF = 1,
            PF = 1 << 2,
            AF = 1 << 4,
            ZF = 1 << 6,
            SF = 1 << 7,
            TF = 1 << 8,
            IF = 1 << 9,
            DF = 1 << 10,
            OF = 1 << 11;

    public static final int RF = 1 << 16, AC = 1 << 18, ID = 1 << 21;
    public static final int STATUS = CF | PF | AF | ZF | SF | OF;

    /** What a program at privilege level 3 can change with POPF, beside the status flags. */
    private static final int USER_CONTROL = TF | DF | AC | ID | 1 << 14; // NT

    // Kinds of the last operation. In bits 8 and up: 64 - width.
    public static final int LOGIC = 0, ADD = 1, SUB = 2, ADC = 3, SBB = 4, INC = 5, DEC = 6, SHIFT = 7, EXPLICIT = 8;
    public static final int W64 = 0, W32 = 32 << 8, W16 = 48 << 8, W8 = 56 << 8;

    private int kind = LOGIC;
    private long a;
    private long b;
    private long result = 1;
    /** All bits but the status flags. Bit 1 is always set, and so is IF. */
    private int control = 2 | IF;

    /** The width part of a kind for an operand width in bits. */
    public static int width(int bits) {
        return 64 - bits << 8;
    }

    /** Records an addition, subtraction and so on of operands that are shifted to the top of 64 bits. */
    public void set(int kind, long a, long b, long result) {
        this.kind = kind;
        this.a = a;
        this.b = b;
        this.result = result;
    }

    /** Records a result that clears CF, OF and AF; kind is {@link #LOGIC} with a width. */
    public void logic(int kind, long result) {
        this.kind = kind;
        this.result = result;
    }

    /** INC and DEC leave CF alone. */
    public void incDec(int kind, long a, long result) {
        long carry = carry() ? 1 : 0;
        this.kind = kind;
        this.a = a;
        this.b = carry;
        this.result = result;
    }

    /** Records a result with given CF and OF, AF clear. */
    public void shift(int width, long result, boolean carry, boolean overflow) {
        this.kind = SHIFT | width;
        this.a = (carry ? 1 : 0) | (overflow ? 2 : 0);
        this.result = result;
    }

    /** Records new CF and OF and leaves the other flags as they are: rotates. */
    public void rotated(boolean carry, boolean overflow) {
        if (kind == EXPLICIT) {
            a = a & ~(CF | OF) | (carry ? CF : 0) | (overflow ? OF : 0);
        } else {
            boolean auxiliary = auxiliary();
            kind = SHIFT | kind & ~0xff;
            a = (carry ? 1 : 0) | (overflow ? 2 : 0) | (auxiliary ? 4 : 0);
        }
    }

    /** Records CF of BT and kin: ZF, SF and PF stay, OF and AF are undefined and cleared. */
    public void bitTested(boolean carry) {
        if (kind == EXPLICIT) {
            a = a & ~CF | (carry ? CF : 0);
        } else {
            kind = SHIFT | kind & ~0xff;
            a = carry ? 1 : 0;
        }
    }

    /** Changes CF and nothing else: STC, CLC. */
    public void setCarry(boolean carry) {
        rotated(carry, overflow());
    }

    /** Sets the six status flags from bits in RFLAGS positions. */
    public void setStatus(int bits) {
        kind = EXPLICIT;
        a = bits & STATUS;
    }

    /** Changes some status flags and keeps the others. */
    public void change(int mask, int bits) {
        setStatus(status() & ~mask | bits & mask);
    }

    public boolean carry() {
        return switch (kind & 0xff) {
            case SUB -> Long.compareUnsigned(a, b) < 0;
            case ADD -> Long.compareUnsigned(result, a) < 0;
            case ADC -> ((a & b) | ((a | b) & ~result)) < 0;
            case SBB -> ((~a & b) | ((~a | b) & result)) < 0;
            case INC, DEC -> b != 0;
            case SHIFT, EXPLICIT -> (a & 1) != 0;
            default -> false;
        };
    }

    public boolean zero() {
        return kind == EXPLICIT ? (a & ZF) != 0 : result == 0;
    }

    public boolean sign() {
        return kind == EXPLICIT ? (a & SF) != 0 : result < 0;
    }

    public boolean overflow() {
        return switch (kind & 0xff) {
            case SUB, SBB -> ((a ^ b) & (a ^ result)) < 0;
            case ADD, ADC -> ((a ^ result) & (b ^ result)) < 0;
            case INC -> result == Long.MIN_VALUE;
            case DEC -> a == Long.MIN_VALUE;
            case SHIFT -> (a & 2) != 0;
            case EXPLICIT -> (a & OF) != 0;
            default -> false;
        };
    }

    public boolean parity() {
        if (kind == EXPLICIT) return (a & PF) != 0;
        return (Integer.bitCount((int) (result >>> (kind >>> 8)) & 0xff) & 1) == 0;
    }

    public boolean auxiliary() {
        int shift = kind >>> 8;
        return switch (kind & 0xff) {
            case ADD, SUB, ADC, SBB -> ((a ^ b ^ result) >>> shift & 0x10) != 0;
            case INC, DEC -> ((a ^ result) >>> shift & 0x10) != 0; // the operand is 1: bit 4 is clear
            case SHIFT -> (a & 4) != 0;
            case EXPLICIT -> (a & AF) != 0;
            default -> false;
        };
    }

    /** SDM vol. 1, table B-1: the condition encoded in the low four bits of Jcc, SETcc and CMOVcc. */
    public boolean test(int condition) {
        boolean value = switch (condition >>> 1) {
            case 0 -> overflow();
            case 1 -> carry();
            case 2 -> zero();
            case 3 -> carry() || zero();
            case 4 -> sign();
            case 5 -> parity();
            case 6 -> sign() != overflow();
            default -> zero() || sign() != overflow();
        };
        return value != ((condition & 1) != 0);
    }

    /** The status flags in RFLAGS positions. */
    public int status() {
        if (kind == EXPLICIT) return (int) a;
        return (carry() ? CF : 0)
                | (parity() ? PF : 0)
                | (auxiliary() ? AF : 0)
                | (zero() ? ZF : 0)
                | (sign() ? SF : 0)
                | (overflow() ? OF : 0);
    }

    /** The canonical register. */
    public long rflags() {
        return control | status();
    }

    /** Sets everything, as a signal return or a debugger may; bit 1 and IF stay set. */
    public void setRflags(long value) {
        setStatus((int) value);
        control = 2 | IF | (int) value & USER_CONTROL;
    }

    public boolean direction() {
        return (control & DF) != 0;
    }

    /** Is there a trap behind each instruction. */
    public boolean trap() {
        return (control & TF) != 0;
    }

    /** Is each access checked for its alignment (Linux sets CR0.AM). */
    public boolean alignmentCheck() {
        return (control & AC) != 0;
    }

    /** Does each instruction have to be executed for itself. */
    public boolean watchEach() {
        return (control & (TF | AC)) != 0;
    }

    /** Sets or clears bits of RFLAGS that are not status flags (CLD, STD, signal delivery). */
    public void control(int mask, boolean set) {
        control = set ? control | mask : control & ~mask;
    }
}
