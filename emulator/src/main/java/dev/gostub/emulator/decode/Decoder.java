package dev.gostub.emulator.decode;

import org.jspecify.annotations.Nullable;

/**
 * Bytes to instructions, 64-bit mode only (SDM vol. 2, chapter 2). A pure function of the bytes; the object only holds the maps and scratch space, so it belongs to one thread.
 */
public final class Decoder {
    /** Longer instructions raise #GP. */
    public static final int LONGEST_BYTES = 15;

    private final FormTable[] maps;
    private final Form invalid;
    private final Encoding e = new Encoding();
    private byte[] bytes = new byte[0];
    private int available;
    private int at;
    private long address;

    /**
     * @param maps the opcode maps by number, see {@link Form#ONE_BYTE}
     * @param undefined semantics of encodings that no form answers to (#UD)
     */
    public Decoder(FormTable[] maps, Semantics undefined) {
        this.maps = maps.clone();
        this.invalid = new Form(0, "(bad)", undefined);
    }

    /**
     * Decodes one instruction.
     *
     * @param code at least one byte
     * @param lengthBytes bytes of {@code code} that count
     * @param address the guest address of the first of them
     * @return null if the bytes end in the middle of the instruction
     */
    public @Nullable Instruction decode(byte[] code, int lengthBytes, long address) {
        this.bytes = code;
        this.available = lengthBytes;
        this.at = 0;
        this.address = address;
        e.clear();
        try {
            return instruction();
        } catch (Truncated truncated) {
            return null;
        }
    }

    private Instruction instruction() {
        int opcode = prefixes();
        int map = Form.ONE_BYTE;
        if (opcode == 0x0f) {
            opcode = next();
            map = opcode == 0x38 ? Form.MAP_0F38 : opcode == 0x3a ? Form.MAP_0F3A : Form.MAP_0F;
            if (map != Form.MAP_0F) opcode = next();
        } else if (opcode == 0xc4 || opcode == 0xc5) {
            if (e.rex != 0 || e.prefix66 || e.repeat != 0 || e.lock) return invalid(opcode);
            map = vex(opcode);
            if (map < 1 || map > 3) return invalid(opcode);
            opcode = next();
        }
        FormTable table = maps[map];
        boolean hasModRm = table.hasModRm(opcode);
        if (hasModRm) e.modRm = next();
        Form form = table.find(opcode, e);
        if (form == null) return invalid(opcode);
        Place place = hasModRm && e.modRm < 0xc0 ? modRmPlace(form.isVsib()) : null;
        int operandBits = operandBits(form);
        long first = 0;
        long second = 0;
        boolean seen = false;
        for (int i = 0; i < form.operandCount(); i++) {
            OperandCode operand = form.operand(i);
            switch (operand.method()) {
                case I, J -> {
                    long value = immediate(operand, operandBits);
                    if (seen) second = value;
                    else first = value;
                    seen = true;
                }
                case L -> first = next();
                case O ->
                    place = new Place(
                            Place.NO_REGISTER,
                            Place.NO_REGISTER,
                            0,
                            e.address32 ? read(4) & 0xffffffffL : read(8),
                            e.segment,
                            false);
                case X -> place = new Place(6, Place.NO_REGISTER, 0, 0, e.segment, e.address32);
                case Y -> place = new Place(7, Place.NO_REGISTER, 0, 0, -1, e.address32);
                default -> {}
            }
        }
        if (place != null && place.base() == RIP) {
            long target = address + at + place.displacement();
            place = new Place(
                    Place.NO_REGISTER,
                    Place.NO_REGISTER,
                    0,
                    e.address32 ? target & 0xffffffffL : target,
                    e.segment,
                    false);
        }
        if (e.lock && !(form.isLockable() && place != null)) return invalid(opcode);
        return new Instruction(address, at, form, opcode, operandBits, e, place, first, second);
    }

    private static final int RIP = 17;

    private Instruction invalid(int opcode) {
        return new Instruction(address, Math.max(at, 1), invalid, opcode, 32, e, null, 0, 0);
    }

    /** Reads legacy prefixes and REX; returns the first byte that is neither. A REX that is not the last prefix is ignored. */
    private int prefixes() {
        while (true) {
            int b = next();
            switch (b) {
                case 0x66 -> e.prefix66 = true;
                case 0x67 -> e.address32 = true;
                case 0xf0 -> e.lock = true;
                case 0xf2, 0xf3 -> e.repeat = b;
                case 0x26,
                        0x2e,
                        0x36,
                        0x3e -> {} // ES, CS, SS, DS: without effect, branch hints; a later FS or GS counts
                case 0x64 -> e.segment = 4;
                case 0x65 -> e.segment = 5;
                default -> {
                    if ((b & 0xf0) != 0x40) return b;
                    int after = peek();
                    e.rex(b);
                    if (isPrefix(after)) e.rex(0);
                }
            }
        }
    }

    private static boolean isPrefix(int b) {
        return switch (b) {
            case 0x66, 0x67, 0xf0, 0xf2, 0xf3, 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 -> true;
            default -> (b & 0xf0) == 0x40;
        };
    }

    /** Reads a VEX prefix (SDM vol. 2, 2.3.5) after its first byte; returns the opcode map. */
    private int vex(int first) {
        int b = next();
        int map = Form.MAP_0F;
        int rex = (b & 0x80) == 0 ? 4 : 0;
        if (first == 0xc4) {
            map = b & 0x1f;
            rex |= (b & 0x40) == 0 ? 2 : 0;
            rex |= (b & 0x20) == 0 ? 1 : 0;
            b = next();
            rex |= (b & 0x80) != 0 ? 8 : 0;
        }
        e.rex(0x40 | rex);
        e.vex = true;
        e.vvvv = ~b >> 3 & 15;
        e.vexL = b >> 2 & 1;
        switch (b & 3) {
            case 1 -> e.prefix66 = true;
            case 2 -> e.repeat = 0xf3;
            case 3 -> e.repeat = 0xf2;
            default -> {}
        }
        return map;
    }

    private int operandBits(Form form) {
        if (e.rexW || form.isForced64()) return 64;
        boolean size66 = e.prefix66 && !form.mandatory66() && !e.vex;
        return size66 ? 16 : form.isDefault64() ? 64 : 32;
    }

    /** SDM vol. 2, tables 2-2 and 2-3; table 2-13 where the index is a vector register, which can be number 4. */
    private Place modRmPlace(boolean vsib) {
        int mod = e.modRm >> 6;
        int rm = e.modRm & 7;
        int base = rm + e.rexB;
        int index = Place.NO_REGISTER;
        int scale = 0;
        if (rm == 4) {
            int sib = next();
            scale = sib >> 6;
            index = (sib >> 3 & 7) + e.rexX;
            if (index == 4 && !vsib) index = Place.NO_REGISTER;
            base = (sib & 7) + e.rexB;
            if ((sib & 7) == 5 && mod == 0) {
                return new Place(Place.NO_REGISTER, index, scale, read(4), e.segment, e.address32);
            }
        } else if (rm == 5 && mod == 0) {
            return new Place(RIP, Place.NO_REGISTER, 0, read(4), e.segment, e.address32);
        }
        long displacement = mod == 1 ? read(1) : mod == 2 ? read(4) : 0;
        return new Place(base, index, scale, displacement, e.segment, e.address32);
    }

    private long immediate(OperandCode operand, int operandBits) {
        return switch (operand.type()) {
            case B -> read(1);
            case W -> read(2);
            case D -> read(4);
            case Q -> read(8);
            case V -> read(operandBits / 8);
            // near branches keep 32-bit displacements with a 66 prefix (Intel ignores it in 64-bit mode)
            case Z -> operand.method() == OperandCode.Method.J ? read(4) : read(operandBits == 16 ? 2 : 4);
            default -> throw new IllegalStateException("immediate of type " + operand.text());
        };
    }

    private int peek() {
        if (at >= available) throw new Truncated();
        return bytes[at] & 0xff;
    }

    private int next() {
        int b = peek();
        at++;
        return b;
    }

    /** A little-endian signed value. */
    private long read(int lengthBytes) {
        long value = 0;
        for (int i = 0; i < lengthBytes; i++) value |= (long) next() << 8 * i;
        int unused = 64 - 8 * lengthBytes;
        return value << unused >> unused;
    }

    /** The bytes end too early; thrown a few times per program at most. */
    private static final class Truncated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Truncated() {
            super(null, null, false, false);
        }
    }
}
