package dev.gostub.emulator.oracle;

import java.util.HexFormat;

/**
 * What both processors are asked to do: run {@code code}, which is followed by INT3, from a state.
 *
 * @param text the form, for messages
 * @param protection Linux's PROT bits of the two data pages, eight bits each
 */
record Trial(String text, byte[] code, State state, int protection) {
    static final int READ_WRITE = 0x0303;

    /** Whether a byte is among the first ones, where prefixes and opcodes are. */
    boolean has(int b) {
        for (int i = 0; i < Math.min(code.length, 8); i++) if ((code[i] & 0xff) == b) return true;
        return false;
    }

    /** The same from two pages with other rights. */
    Trial with(int newProtection) {
        return new Trial(text, code, state, newProtection);
    }

    /** The state before it, for messages. */
    String before() {
        StringBuilder registers = new StringBuilder("before:");
        for (int i = 0; i < 16; i++) registers.append(" r%d=%x".formatted(i, state.r[i]));
        registers.append(
                " flags=%x mxcsr=%x fs=%x gs=%x".formatted(state.rflags, state.mxcsr, state.fsBase, state.gsBase));
        for (int i = 0; i < 16; i++) {
            long[] v = state.v;
            registers.append("\n  ymm%d=%016x.%016x.%016x.%016x"
                    .formatted(i, v[4 * i + 3], v[4 * i + 2], v[4 * i + 1], v[4 * i]));
        }
        return registers.toString();
    }

    @Override
    public String toString() {
        return text + " = " + HexFormat.of().formatHex(code)
                + (protection == READ_WRITE ? "" : " protection %04x".formatted(protection));
    }
}
