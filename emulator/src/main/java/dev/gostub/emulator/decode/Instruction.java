package dev.gostub.emulator.decode;

import org.jspecify.annotations.Nullable;

/** One decoded instruction: its form and everything that its bytes say. Immutable. */
public final class Instruction {
    private final long address;
    private final int lengthBytes;
    private final Form form;
    private final int opcode;
    private final int operandBits;
    private final int modRm;
    private final int rex;
    private final int rexR;
    private final int rexB;
    private final int repeat;
    private final int segment;
    private final boolean address32;
    private final boolean lock;
    private final boolean rexW;
    private final int vexL;
    private final int vvvv;
    private final @Nullable Place place;
    private final long immediate;
    private final long immediate2;

    Instruction(
            long address,
            int lengthBytes,
            Form form,
            int opcode,
            int operandBits,
            Encoding e,
            @Nullable Place place,
            long immediate,
            long immediate2) {
        this.address = address;
        this.lengthBytes = lengthBytes;
        this.form = form;
        this.opcode = opcode;
        this.operandBits = operandBits;
        this.modRm = e.modRm;
        this.rex = e.rex;
        this.rexR = e.rexR;
        this.rexB = e.rexB;
        this.repeat = e.repeat;
        this.segment = e.segment;
        this.address32 = e.address32;
        this.lock = e.lock;
        this.rexW = e.rexW;
        this.vexL = e.vexL;
        this.vvvv = e.vvvv;
        this.place = place;
        this.immediate = immediate;
        this.immediate2 = immediate2;
    }

    public long address() {
        return address;
    }

    public int lengthBytes() {
        return lengthBytes;
    }

    /** Address of the next instruction. */
    public long end() {
        return address + lengthBytes;
    }

    public Form form() {
        return form;
    }

    /** The last opcode byte. */
    public int opcode() {
        return opcode;
    }

    /** 16, 32 or 64. */
    public int operandBits() {
        return operandBits;
    }

    /** 128 or 256 by VEX.L; 128 for legacy encodings. */
    public int vectorBits() {
        return vexL == 0 ? 128 : 256;
    }

    /** 0xF2, 0xF3 or 0. */
    public int repeat() {
        return repeat;
    }

    public boolean lock() {
        return lock;
    }

    public boolean rexW() {
        return rexW;
    }

    public boolean address32() {
        return address32;
    }

    /** 4 for FS, 5 for GS, else -1. */
    public int segment() {
        return segment;
    }

    /** First immediate, sign-extended; the relative branch's target is {@code end() + immediate()}. */
    public long immediate() {
        return immediate;
    }

    /** Second immediate (ENTER). */
    public long immediate2() {
        return immediate2;
    }

    /** ModRM.reg with its extension. */
    public int reg() {
        return (modRm >> 3 & 7) + rexR;
    }

    /** ModRM.rm with its extension, for register forms. */
    public int rm() {
        return (modRm & 7) + rexB;
    }

    public boolean hasMemory() {
        return place != null;
    }

    /** The memory operand. */
    public Place place() {
        if (place == null) throw new IllegalStateException("no memory operand: " + this);
        return place;
    }

    public int operandCount() {
        return form.operandCount();
    }

    /** The operand at an index of the form, the destination first. */
    public Operand operand(int index) {
        OperandCode code = form.operand(index);
        int bits = code.bits(operandBits, vectorBits());
        return switch (code.method()) {
            case E, M, R -> place != null ? new Operand.InMemory(place, bits) : general(rm(), bits);
            case G -> general(reg(), bits);
            case I -> new Operand.Immediate(index > 0 && secondImmediate(index) ? immediate2 : immediate, bits);
            case J -> new Operand.Immediate(end() + immediate, 64);
            case O, X, Y -> new Operand.InMemory(place(), bits);
            case Z -> general((opcode & 7) + rexB, bits);
            case V -> new Operand.Vector(reg(), bits);
            case W, U -> place != null ? new Operand.InMemory(place, bits) : new Operand.Vector(rm(), bits);
            case H -> new Operand.Vector(vvvv, bits);
            case B -> new Operand.General(vvvv, bits, false);
            case L -> new Operand.Vector((int) immediate >> 4 & 15, bits);
            case P -> new Operand.Mmx(reg() & 7, 64);
            case Q, N -> place != null ? new Operand.InMemory(place, bits) : new Operand.Mmx(rm() & 7, 64);
            case S -> new Operand.Segment(reg() & 7, 16);
            case ST -> new Operand.Stack(modRm & 7, 80);
            case A -> general(0, bits);
            case CL -> new Operand.General(1, 8, false);
            case DX -> new Operand.General(2, 16, false);
            case FS -> new Operand.Segment(4, 16);
            case GS -> new Operand.Segment(5, 16);
            case ONE -> new Operand.Immediate(1, 8);
            case XMM0 -> new Operand.Vector(0, 128);
        };
    }

    private boolean secondImmediate(int index) {
        return form.operand(index - 1).method() == OperandCode.Method.I;
    }

    /** Without REX, byte registers 4 to 7 are AH, CH, DH and BH. */
    private Operand general(int number, int bits) {
        if (bits == 8 && rex == 0 && number >= 4 && number < 8) return new Operand.General(number - 4, 8, true);
        return new Operand.General(number, bits, false);
    }

    @Override
    public String toString() {
        return "%x: %s".formatted(address, form);
    }
}
