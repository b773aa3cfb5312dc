package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode.Method;
import java.util.random.RandomGenerator;

/** x87 states for the instructions that work on them: registers of every class, some empty, all modes, now and then an unmasked exception. */
final class X87Preparation {
    private static final int SIGN = 0x8000, GREATEST = 0x7fff, BIAS = 0x3fff;

    private X87Preparation() {}

    static void fill(RandomGenerator random, Instruction i, State s, long target) {
        boolean escape = !i.form().isVex()
                && i.opcode() >= 0xd8
                && i.opcode() <= 0xdf
                && i.form().toString().startsWith("F");
        if (!escape && !usesMmx(i)) return;
        int masks = random.nextInt(8) != 0 || !escape ? 0x3f : random.nextInt(64);
        s.x87.control = 0x340 & ~0x300 | random.nextInt(16) << 8 | masks;
        s.x87.setStatusWord(random.nextInt(8) << 11 | random.nextInt() & 0x4700 | random.nextInt(64) & masks);
        s.x87.occupied = random.nextInt(3) == 0 ? random.nextInt(256) : 0xff;
        for (int n = 0; n < 8; n++) number(random, s, n);
        if (escape && i.hasMemory() && random.nextBoolean()) {
            s.write64(target, s.x87.significand[7]);
            s.write64(target + 8, s.x87.signExponent[7]);
        }
        s.mxcsr |= Cpu.MXCSR_DEFAULT;
    }

    private static boolean usesMmx(Instruction i) {
        for (int k = 0; k < i.operandCount(); k++) {
            Method method = i.form().operand(k).method();
            if (method == Method.P || method == Method.Q || method == Method.N) return true;
        }
        return i.form().mnemonic().equals("EMMS");
    }

    private static void number(RandomGenerator random, State s, int n) {
        long significand = Long.MIN_VALUE | random.nextLong();
        int exponent;
        switch (random.nextInt(10)) {
            case 0 -> {
                significand = 0;
                exponent = 0;
            }
            case 1 -> {
                significand = Long.MIN_VALUE;
                exponent = GREATEST;
            }
            case 2 -> {
                significand = random.nextBoolean() ? 3L << 62 : significand;
                exponent = GREATEST;
            }
            case 3 -> {
                significand = random.nextLong() >>> random.nextInt(64);
                exponent = 0;
            }
            case 4 -> {
                significand = random.nextLong();
                exponent = random.nextInt(GREATEST + 1);
            }
            case 5 -> exponent = random.nextInt(1, GREATEST);
            case 6 -> {
                significand = Long.MIN_VALUE | (random.nextBoolean() ? 1L << 62 : 0);
                exponent = BIAS - 2 + random.nextInt(4);
            }
            default -> {
                significand = Long.MIN_VALUE | random.nextLong() << random.nextInt(63);
                exponent = BIAS - 40 + random.nextInt(110);
            }
        }
        s.x87.significand[n] = significand;
        s.x87.signExponent[n] = exponent | (random.nextBoolean() ? SIGN : 0);
    }
}
