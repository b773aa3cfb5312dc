package dev.gostub.emulator.isa;

/** The condition codes of Jcc, SETcc and CMOVcc: SDM vol. 1, table B-1. */
final class Conditions {
    static final String[] NAMES = {
        "O", "NO", "B", "NB", "Z", "NZ", "BE", "NBE", "S", "NS", "P", "NP", "L", "NL", "LE", "NLE"
    };

    private Conditions() {}
}
