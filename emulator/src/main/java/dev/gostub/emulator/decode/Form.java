package dev.gostub.emulator.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of an opcode map: mnemonic and operand codes as text, what selects the form beside its opcode, the manual's constraints, and the semantics. Built by the
 * chained calls of the tables and not changed afterwards.
 */
public final class Form {
    /** Opcode maps, numbered as VEX.mmmmm does; 0 is the one-byte map. */
    public static final int ONE_BYTE = 0, MAP_0F = 1, MAP_0F38 = 2, MAP_0F3A = 3;

    /** Mandatory prefix of a form. */
    enum Prefix {
        /** None is mandatory: 66 is the operand size, F2 and F3 repeat or are ignored. */
        ANY,
        /** 66 is the operand size, F2 and F3 are not allowed. */
        UNREPEATED,
        NP,
        P66,
        F3,
        F2
    }

    /** What ModRM.mod must say. */
    enum Mod {
        ANY,
        REGISTER,
        MEMORY
    }

    private static final int EITHER = -1;

    private final int opcode;
    private final String mnemonic;
    private final OperandCode[] operands;
    private final Semantics semantics;
    private Prefix prefix = Prefix.ANY;
    private Mod mod = Mod.ANY;
    private int reg = EITHER;
    private int rm = EITHER;
    private int w = EITHER;
    private int l = EITHER;
    private boolean vex;
    private boolean lockable;
    private boolean default64;
    private boolean forced64;
    private boolean modRm;
    private boolean vvvv;
    private boolean vsib;

    Form(int opcode, String text, Semantics semantics) {
        int blank = text.indexOf(' ');
        this.opcode = opcode;
        this.mnemonic = blank < 0 ? text : text.substring(0, blank);
        this.operands = blank < 0 ? new OperandCode[0] : parse(text.substring(blank + 1));
        this.semantics = semantics;
        for (OperandCode operand : operands) {
            modRm |= operand.usesModRm();
            switch (operand.method()) {
                case M -> mod = Mod.MEMORY;
                case R, U, N -> mod = Mod.REGISTER;
                case H, B -> vvvv = true;
                default -> {}
            }
        }
    }

    private static OperandCode[] parse(String text) {
        List<OperandCode> codes = new ArrayList<>(4);
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            codes.add(OperandCode.parse(text.substring(from, comma)));
            from = comma + 1;
        }
        codes.add(OperandCode.parse(text.substring(from)));
        return codes.toArray(OperandCode[]::new);
    }

    // ---- what the tables say

    /** LOCK is allowed when the destination is memory. */
    public Form lockable() {
        lockable = true;
        return this;
    }

    /** The operand size is 64 bits without REX.W, 16 with 66 (SDM: D64, F64). */
    public Form default64() {
        default64 = true;
        return this;
    }

    /** The operand size is 64 bits whatever the prefixes (SDM: F64). */
    public Form forced64() {
        forced64 = true;
        return this;
    }

    /** 66 is the operand size, F2 and F3 belong to other instructions or to none. */
    public Form unrepeated() {
        prefix = Prefix.UNREPEATED;
        return this;
    }

    /** No 66, F2 or F3. */
    public Form np() {
        prefix = Prefix.NP;
        return this;
    }

    public Form p66() {
        prefix = Prefix.P66;
        return this;
    }

    public Form f3() {
        prefix = Prefix.F3;
        return this;
    }

    public Form f2() {
        prefix = Prefix.F2;
        return this;
    }

    /** Encoded with VEX (not with the legacy prefixes); the mandatory prefix is VEX.pp. */
    public Form vex() {
        vex = true;
        if (prefix == Prefix.ANY) prefix = Prefix.NP;
        return this;
    }

    /** Opcode extension in ModRM.reg. */
    public Form reg(int value) {
        reg = value;
        modRm = true;
        return this;
    }

    /** Register form with a fixed ModRM.rm, for opcodes that ModRM as a whole extends. */
    public Form rm(int value) {
        rm = value;
        mod = Mod.REGISTER;
        modRm = true;
        return this;
    }

    /** Memory forms only. */
    public Form memory() {
        mod = Mod.MEMORY;
        modRm = true;
        return this;
    }

    /** Register forms only. */
    public Form register() {
        mod = Mod.REGISTER;
        modRm = true;
        return this;
    }

    /** Memory with a vector register as index (SDM vol. 2, 2.3.12). */
    public Form vsib() {
        vsib = true;
        return this;
    }

    public Form w0() {
        w = 0;
        return this;
    }

    public Form w1() {
        w = 1;
        return this;
    }

    /** 128 bits (or scalar, where the manual demands L=0). */
    public Form l0() {
        l = 0;
        return this;
    }

    /** 256 bits. */
    public Form l1() {
        l = 1;
        return this;
    }

    // ---- what decoding and lowering ask

    public int opcode() {
        return opcode;
    }

    public String mnemonic() {
        return mnemonic;
    }

    public Semantics semantics() {
        return semantics;
    }

    public int operandCount() {
        return operands.length;
    }

    public OperandCode operand(int index) {
        return operands[index];
    }

    public boolean isVex() {
        return vex;
    }

    boolean isLockable() {
        return lockable;
    }

    boolean isDefault64() {
        return default64;
    }

    boolean isForced64() {
        return forced64;
    }

    boolean hasModRm() {
        return modRm;
    }

    boolean isVsib() {
        return vsib;
    }

    boolean mandatory66() {
        return prefix == Prefix.P66;
    }

    /** More specific forms are tried first. */
    int specificity() {
        return (prefix != Prefix.ANY ? 8 : 0)
                + (rm != EITHER ? 4 : 0)
                + (reg != EITHER ? 2 : 0)
                + (mod != Mod.ANY ? 1 : 0);
    }

    boolean matches(Encoding e) {
        if (e.vex != vex || vex && !vvvv && e.vvvv != 0) return false;
        if (vsib && (e.modRm & 7) != 4) return false;
        boolean prefixFits = switch (prefix) {
            case ANY -> true;
            case UNREPEATED -> e.repeat == 0;
            case NP -> !e.prefix66 && e.repeat == 0;
            case P66 -> e.prefix66 && e.repeat == 0;
            case F3 -> e.repeat == 0xf3;
            case F2 -> e.repeat == 0xf2;
        };
        if (!prefixFits || w != EITHER && w != (e.rexW ? 1 : 0) || l != EITHER && l != e.vexL) return false;
        if (reg != EITHER && reg != (e.modRm >> 3 & 7) || rm != EITHER && rm != (e.modRm & 7)) return false;
        return mod == Mod.ANY || (mod == Mod.REGISTER) == (e.modRm >= 0xc0);
    }

    /** Two lines that would answer to the very same encodings. */
    boolean collidesWith(Form o) {
        return vex == o.vex && prefix == o.prefix && mod == o.mod && reg == o.reg && rm == o.rm && w == o.w && l == o.l;
    }

    /** Mnemonic and operand codes as in the table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(mnemonic);
        for (int i = 0; i < operands.length; i++)
            text.append(i == 0 ? ' ' : ',').append(operands[i].text());
        return text.toString();
    }
}
