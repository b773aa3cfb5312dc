package dev.gostub.emulator.oracle;

import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.FormShape;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode;
import dev.gostub.emulator.decode.OperandCode.Method;
import dev.gostub.emulator.decode.Place;
import dev.gostub.emulator.isa.InstructionSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Random instances of a form, with states that let most of them do something: memory operands in the window, branches into the field of INT3. Encodings are drawn at random until the decoder takes one for
 * the form, so nothing here repeats what the tables know.
 */
final class Instances {
    private static final int TRIES = 20_000;

    /** Segments that can be asked for, beside FS (4) and GS (5). */
    static final int ANY_SEGMENT = 0, FS = 4, GS = 5;

    private final Decoder decoder = InstructionSet.decoder();
    private final RandomGenerator random;

    private byte[] bytes = new byte[0];
    private int length;
    private int displacementAt;
    private int displacementBytes;

    Instances(RandomGenerator random) {
        this.random = random;
    }

    /** Nothing if no encoding was found, which is a mistake in the tables. */
    Optional<Trial> of(int map, Form form) {
        return of(map, form, ANY_SEGMENT, _ -> true);
    }

    /**
     * With the prefix of a segment, which does nothing where no memory is accessed.
     *
     * @param wanted what the instance has to be like
     */
    Optional<Trial> of(int map, Form form, int segment, Predicate<Instruction> wanted) {
        return decoded(map, form, segment, wanted).map(this::trial);
    }

    /** One whose instruction is such as is asked for; the state is the caller's business. */
    Optional<Instruction> decoded(int map, Form form, int segment, Predicate<Instruction> wanted) {
        for (int i = 0; i < TRIES; i++) {
            encode(map, form, segment);
            Instruction instruction = decoder.decode(bytes, bytes.length, State.START);
            if (instruction == null || instruction.form() != form || !wanted.test(instruction)) continue;
            if (segment == ANY_SEGMENT || instruction.segment() == segment) return Optional.of(instruction);
        }
        return Optional.empty();
    }

    /** The bytes of what {@link #decoded} found last. */
    byte[] code(Instruction instruction) {
        return Arrays.copyOf(bytes, instruction.lengthBytes());
    }

    // ---- bytes

    private void encode(int map, Form form, int segment) {
        bytes = new byte[Decoder.LONGEST_BYTES + 17];
        random.nextBytes(bytes);
        length = 0;
        displacementBytes = 0;
        boolean address32 = random.nextInt(16) == 0;
        if (address32) put(0x67);
        int prefix = segment == ANY_SEGMENT ? random.nextInt(32) : segment;
        if (prefix == FS || prefix == GS) put(0x60 + prefix);
        if (form.isVex()) vex(map);
        else legacy(map);
        put(form.opcode());
        if (FormShape.hasModRm(form)) modRm();
        for (int i = length; i < bytes.length; i++) {
            if (random.nextInt(3) == 0) bytes[i] = (byte) random.nextInt(70);
        }
        for (int i = 0; i < form.operandCount(); i++) {
            OperandCode operand = form.operand(i);
            if (operand.method() == Method.J && operand.type() != OperandCode.Type.B)
                little(length, random.nextInt(-0x7000, 0x7000), 4);
            if (operand.method() == Method.J && operand.type() == OperandCode.Type.B)
                bytes[length] = (byte) (random.nextBoolean() ? random.nextInt(128) : -random.nextInt(32, 129));
            if (form.mnemonic().equals("ENTER") && i == 0) little(length, random.nextInt(200), 2);
            if (operand.method() == Method.O) little(length, target(16), address32 ? 4 : 8);
        }
    }

    private void legacy(int map) {
        int prefixes = random.nextInt(16);
        if (prefixes < 4) put(0x66);
        if (random.nextInt(4) == 0) put(0xf2 | random.nextInt(2));
        if (random.nextInt(16) == 0) put(0xf0);
        if (random.nextInt(3) != 0) put(0x40 | random.nextInt(16));
        if (map != Form.ONE_BYTE) put(0x0f);
        if (map == Form.MAP_0F38) put(0x38);
        if (map == Form.MAP_0F3A) put(0x3a);
    }

    private void vex(int map) {
        int last = (random.nextBoolean() ? 0x78 : random.nextInt(16) << 3) | random.nextInt(8);
        if (map == Form.MAP_0F && random.nextBoolean()) {
            put(0xc5);
            put(last | random.nextInt(2) << 7);
        } else {
            put(0xc4);
            put(random.nextInt(8) << 5 | map);
            put(last | random.nextInt(2) << 7);
        }
    }

    private void modRm() {
        int modRm = random.nextInt(256) | (random.nextInt(5) < 2 ? 0xc0 : 0);
        put(modRm);
        int mod = modRm >> 6;
        if (mod == 3) return;
        boolean wide = mod == 2 || mod == 0 && (modRm & 7) == 5;
        if ((modRm & 7) == 4) {
            int sib = random.nextInt(256);
            put(sib);
            wide |= mod == 0 && (sib & 7) == 5;
        }
        displacementAt = length;
        displacementBytes = wide ? 4 : mod == 1 ? 1 : 0;
        if (wide && random.nextBoolean()) little(length, random.nextInt(-200, 200), 4);
        length += displacementBytes;
    }

    private void put(int b) {
        bytes[length++] = (byte) b;
    }

    private void little(int at, long value, int lengthBytes) {
        for (int i = 0; i < lengthBytes; i++) bytes[at + i] = (byte) (value >>> 8 * i);
    }

    // ---- state

    private Trial trial(Instruction decoded) {
        Instruction i = decoded;
        State s = State.random(random);
        if (i.hasMemory() && !isAbsolute(i) && !i.address32() && random.nextInt(4) == 0) s.farBases(random);
        boolean large = i.form().mnemonic().matches("V?(FX|XS|XR).*");
        long target = large ? State.WINDOW : target(i.hasMemory() ? Math.max(operandBytes(i), 1) : 8);
        if (i.hasMemory() && displacementBytes == 4 && isAbsolute(i)) {
            long relative = isRipRelative(i) ? target - i.end() : target;
            little(displacementAt, relative - s.base(i.segment()), 4);
            Instruction again = decoder.decode(bytes, bytes.length, State.START);
            if (again != null) i = again;
        }
        if (isVector(i)) Preparation.vectorControl(random, s);
        else Preparation.operands(random, i, s);
        if (i.hasMemory() && !isString(i)) aim(i.place(), s, target - s.base(i.segment()));
        Preparation.implied(random, i, s, target);
        X87Preparation.fill(random, i, s, target);
        byte[] code = Arrays.copyOf(bytes, i.lengthBytes());
        return new Trial(i.form().toString(), code, s, Trial.READ_WRITE);
    }

    private static boolean isString(Instruction i) {
        for (int k = 0; k < i.operandCount(); k++) {
            Method method = i.form().operand(k).method();
            if (method == Method.X || method == Method.Y) return true;
        }
        return false;
    }

    private static boolean isVector(Instruction i) {
        for (int k = 0; k < i.operandCount(); k++) {
            switch (i.form().operand(k).method()) {
                case V, W, U, P, Q, N, H -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private static int operandBytes(Instruction i) {
        int bits = 8;
        for (int k = 0; k < i.operandCount(); k++) {
            if (i.operand(k) instanceof dev.gostub.emulator.decode.Operand.InMemory m) bits = Math.max(bits, m.bits());
        }
        return bits / 8;
    }

    /** No register takes part in the address: the displacement has to say it all. */
    private static boolean isAbsolute(Instruction i) {
        Place place = i.place();
        return place.base() == Place.NO_REGISTER && place.index() == Place.NO_REGISTER;
    }

    private boolean isRipRelative(Instruction i) {
        return isAbsolute(i) && (bytes[displacementAt - 1] & 0xc7) == 5;
    }

    /** An address in the window for so many bytes, often aligned, now and then across the page boundary. */
    private long target(int lengthBytes) {
        if (random.nextInt(6) == 0) return State.MIDDLE - random.nextInt(lengthBytes + 1);
        long at = State.MIDDLE + random.nextInt(-256, 256 - lengthBytes);
        return random.nextInt(3) == 0 ? at : at & -32;
    }

    /** Sets the registers of an address so that it comes out as {@code offset}, or close to it. */
    private void aim(Place place, State s, long offset) {
        long high = place.address32() ? random.nextLong() << 32 : 0;
        boolean hasBase = place.base() != Place.NO_REGISTER;
        boolean hasIndex = place.index() != Place.NO_REGISTER;
        long rest = offset - place.displacement();
        if (hasBase && hasIndex && place.base() == place.index()) {
            s.r[place.base()] = rest / (1 + (1L << place.scale()));
        } else if (hasBase) {
            long index = random.nextInt(4) == 0 ? Values.general(random) : random.nextInt(-64, 64);
            if (hasIndex) s.r[place.index()] = index;
            s.r[place.base()] = (hasIndex ? rest - (index << place.scale()) : rest) ^ high;
        } else if (hasIndex) {
            s.r[place.index()] = rest >> place.scale();
        }
    }
}
