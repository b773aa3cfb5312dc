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

    @Override
    public String toString() {
        return text + " = " + HexFormat.of().formatHex(code)
                + (protection == READ_WRITE ? "" : " protection %04x".formatted(protection));
    }
}
