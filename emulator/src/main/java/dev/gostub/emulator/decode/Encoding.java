package dev.gostub.emulator.decode;

/** Prefixes and ModRM of the instruction that is being decoded: what a form's constraints are matched with. Reused from instruction to instruction. */
final class Encoding {
    boolean prefix66;
    boolean address32;
    boolean lock;
    /** 0xF2, 0xF3 (the last one counts) or 0. */
    int repeat;
    /** 4 for FS, 5 for GS, else -1. */
    int segment;

    /** REX byte, 0 if there is none. */
    int rex;

    boolean rexW;
    int rexR;
    int rexX;
    int rexB;
    boolean vex;
    int vexL;
    int vvvv;
    /** -1 where the form has none. */
    int modRm;

    void clear() {
        prefix66 = false;
        address32 = false;
        lock = false;
        repeat = 0;
        segment = -1;
        rex = 0;
        rexW = false;
        rexR = 0;
        rexX = 0;
        rexB = 0;
        vex = false;
        vexL = 0;
        vvvv = 0;
        modRm = 0;
    }

    void rex(int value) {
        rex = value;
        rexW = (value & 8) != 0;
        rexR = value << 1 & 8;
        rexX = value << 2 & 8;
        rexB = value << 3 & 8;
    }
}
