package dev.gostub.emulator.oracle;

import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.OperandCode.Method;
import java.util.random.RandomGenerator;

/** States in which instructions with implied operands do something other than fault: stacks, strings, branches, divisions. */
final class Preparation {
    private static final int RAX = 0, RCX = 1, RDX = 2, RBX = 3, RSP = 4, RBP = 5, RSI = 6, RDI = 7;

    private Preparation() {}

    /** Before addresses are set: counts that make sense. */
    static void operands(RandomGenerator random, Instruction i, State s) {
        String name = i.form().mnemonic();
        boolean string = name.startsWith("BT") && i.hasMemory() && i.operand(1) instanceof Operand.General;
        if (string)
            s.r[i.reg()] = s.r[i.reg()] & ~Width.mask(i.operandBits())
                    | random.nextInt(-900, 900) & Width.mask(i.operandBits());
        if (random.nextInt(3) == 0) s.r[random.nextInt(16)] = random.nextInt(70) | random.nextInt(70) << 8;
        if (random.nextInt(3) == 0) s.r[RCX] = random.nextInt(70);
    }

    /** Rounding modes, flushing, now and then an unmasked exception. */
    static void vectorControl(RandomGenerator random, State s) {
        int mxcsr = 0x1f80;
        if (random.nextInt(2) == 0) mxcsr |= 0x20;
        if (random.nextInt(3) == 0) mxcsr |= random.nextInt(4) << 13;
        if (random.nextInt(6) == 0) mxcsr |= random.nextInt(2) << 15 | random.nextInt(2) << 6;
        if (random.nextInt(6) == 0) mxcsr |= random.nextInt(64);
        if (random.nextInt(12) == 0) mxcsr &= ~(random.nextInt(64) << 7);
        s.mxcsr = mxcsr;
    }

    /** After addresses are set: what the instruction uses without saying so. */
    static void implied(RandomGenerator random, Instruction i, State s, long target) {
        switch (i.form().mnemonic()) {
            case "MOVS", "CMPS", "STOS", "LODS", "SCAS" -> strings(random, i, s);
            case "MASKMOVDQU", "VMASKMOVDQU", "MASKMOVQ" -> s.r[RDI] = target - s.base(i.segment());
            case "VPGATHERDD",
                    "VPGATHERDQ",
                    "VPGATHERQD",
                    "VPGATHERQQ",
                    "VGATHERDPS",
                    "VGATHERDPD",
                    "VGATHERQPS",
                    "VGATHERQPD" -> indices(random, i, s);
            case "XLAT" -> s.r[RBX] = target - s.base(i.segment());
            case "PUSH", "PUSHF" -> s.r[RSP] = i.hasMemory() && usesStack(i) ? s.r[RSP] : stack(random);
            case "POP" -> pop(random, i, s);
            case "MOV" -> selectorInRegister(random, i, s, target);
            case "LAR", "LSL", "VERR", "VERW" -> selectorInRegister(random, i, s, target);
            case "LSS", "LFS", "LGS" -> farPointer(random, i, s, target, random.nextLong());
            case "RETF" -> {
                s.r[RSP] = stack(random);
                farPointer(random, i, s, s.r[RSP], code(random));
            }
            case "IRET" -> interrupted(random, i, s);
            case "POPF" -> {
                s.r[RSP] = stack(random);
                s.write64(s.r[RSP], random.nextInt() & 0xcd5);
            }
            case "LEAVE" -> s.r[RBP] = stack(random);
            case "ENTER" -> {
                s.r[RSP] = stack(random);
                s.r[RBP] = stack(random);
            }
            case "RET" -> {
                s.r[RSP] = stack(random) & -8;
                s.write64(s.r[RSP], code(random));
            }
            case "CALL", "JMP" -> {
                branch(random, i, s);
                if (i.form().operand(0).method() == Method.M) farPointer(random, i, s, target, code(random));
            }
            case "DIV", "IDIV" -> dividend(random, i, s);
            case "CMPXCHG" -> {
                if (random.nextBoolean()) s.r[RAX] = i.hasMemory() ? s.read64(target) : s.r[i.rm()];
            }
            case "CMPXCHG8B" -> {
                if (random.nextBoolean()) {
                    s.r[RAX] = s.read64(target);
                    s.r[RDX] = i.rexW() ? s.read64(target + 8) : s.read64(target + 4);
                }
            }
            default -> {}
        }
    }

    /** Near the base, for doublewords and quadwords alike. */
    private static void indices(RandomGenerator random, Instruction i, State s) {
        boolean doublewords = i.opcode() == 0x90 || i.opcode() == 0x92;
        for (int k = 0; k < 4; k++) {
            long near = random.nextInt(-60, 60);
            long next = random.nextInt(-60, 60);
            s.v[4 * i.place().index() + k] = doublewords ? near & 0xffffffffL | next << 32 : near;
        }
    }

    private static void strings(RandomGenerator random, Instruction i, State s) {
        long high = i.address32() ? random.nextLong() << 32 : 0;
        boolean close = random.nextInt(3) == 0;
        s.r[RSI] = State.MIDDLE + random.nextInt(-400, 400) - s.base(i.segment());
        s.r[RDI] = close ? s.r[RSI] + random.nextInt(-20, 20) : State.MIDDLE + random.nextInt(-400, 400);
        s.r[RCX] = random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(40);
        if (i.repeat() != 0 && s.r[RCX] != 0) {
            s.r[RCX] |= high;
            s.r[RSI] |= high;
            s.r[RDI] |= high;
        } else if (i.repeat() == 0) {
            s.r[RSI] |= high;
            s.r[RDI] |= high;
        }
        if (random.nextBoolean()) s.rflags |= 0x400;
        if (random.nextInt(3) == 0) fill(s, random.nextInt(1, 9));
    }

    /** A short period, so that comparisons find equals. */
    private static void fill(State s, int period) {
        for (int k = period; k < s.window.length; k++) {
            if (k % 97 != 0) s.window[k] = s.window[k - period];
        }
    }

    /** Selectors that exist, and some that do not; not that of the processor's number, which is the host's. */
    private static long selector(RandomGenerator random) {
        int[] some = {0, 1, 3, 0x23, 0x28, 0x2b, 0x2b, 0x2b, 0x30, 0x33, 0x10, 0x18, 0x43, 0x1233};
        return some[random.nextInt(some.length)];
    }

    private static void selectorInRegister(RandomGenerator random, Instruction i, State s, long target) {
        int from = i.operandCount() - 1;
        Method method = i.form().operand(from).method();
        boolean loads =
                i.form().mnemonic().startsWith("MOV") && i.form().operand(0).method() == Method.S;
        if (method != Method.E || i.form().mnemonic().startsWith("MOV") && !loads) return;
        if (i.hasMemory()) s.write64(target, selector(random));
        else if (random.nextInt(4) != 0) s.r[i.rm()] = s.r[i.rm()] & ~0xffffL | selector(random);
    }

    private static void farPointer(RandomGenerator random, Instruction i, State s, long at, long offset) {
        boolean transfer = i.form().mnemonic().length() > 3;
        long chosen = transfer && random.nextInt(4) != 0 ? 0x33 : transfer ? 0x10 : selector(random);
        int lengthBytes = i.operandBits() / 8;
        s.write64(at + lengthBytes, chosen);
        byte[] low = new byte[8];
        for (int k = 0; k < 8; k++) low[k] = (byte) (offset >>> 8 * k);
        s.write(at, low, lengthBytes);
    }

    private static void interrupted(RandomGenerator random, Instruction i, State s) {
        int lengthBytes = i.operandBits() / 8;
        s.r[RSP] = stack(random);
        long[] words = {
            code(random), random.nextInt(4) == 0 ? 0x10 : 0x33, random.nextInt() & 0xcd5, stack(random), 0x2b
        };
        if (random.nextInt(8) == 0) words[4] = selector(random);
        for (int k = 4; k >= 0; k--) {
            byte[] word = new byte[8];
            for (int n = 0; n < 8; n++) word[n] = (byte) (words[k] >>> 8 * n);
            s.write(s.r[RSP] + (long) k * lengthBytes, word, lengthBytes);
        }
    }

    private static boolean usesStack(Instruction i) {
        return i.place().base() == RSP;
    }

    private static void pop(RandomGenerator random, Instruction i, State s) {
        if (!i.hasMemory() || !usesStack(i)) s.r[RSP] = stack(random);
        Method method = i.form().operand(0).method();
        if (method == Method.FS || method == Method.GS) s.write64(s.r[RSP], selector(random));
    }

    private static void branch(RandomGenerator random, Instruction i, State s) {
        if (i.form().mnemonic().equals("CALL")) s.r[RSP] = stack(random);
        if (i.form().operand(0).method() != Method.E) return;
        if (!i.hasMemory()) {
            s.r[i.rm()] = code(random);
        } else {
            long at = s.r[i.place().base() & 15];
            for (long a = State.WINDOW; a < State.WINDOW + State.WINDOW_BYTES; a += 8)
                s.write64(a + (at & 7), code(random));
        }
    }

    private static void dividend(RandomGenerator random, Instruction i, State s) {
        int bits = i.operand(0).bits();
        if (random.nextInt(4) == 0) return;
        if (bits == 8) {
            s.r[RAX] = random.nextInt(-300, 300);
        } else if (random.nextBoolean()) {
            s.r[RDX] = i.form().mnemonic().equals("IDIV") ? s.r[RAX] << 64 - bits >> 63 : 0;
        } else {
            s.r[RDX] = random.nextInt(-40, 40);
        }
    }

    private static long stack(RandomGenerator random) {
        long at = State.MIDDLE + random.nextInt(-40, 40) * 8L;
        return random.nextInt(5) == 0 ? at + random.nextInt(8) : at;
    }

    /** A place among the INT3, away from the instruction. */
    private static long code(RandomGenerator random) {
        return State.CODE + random.nextInt(0x7f00);
    }

    /** Masks by width. */
    private static final class Width {
        static long mask(int bits) {
            return -1L >>> 64 - bits;
        }
    }
}
