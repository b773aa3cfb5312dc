package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.ControlTransfer.*;
import static dev.gostub.emulator.isa.DataTransfer.*;
import static dev.gostub.emulator.isa.Divide.*;
import static dev.gostub.emulator.isa.FlagControl.*;
import static dev.gostub.emulator.isa.Move.*;
import static dev.gostub.emulator.isa.Multiply.*;
import static dev.gostub.emulator.isa.Processor.*;
import static dev.gostub.emulator.isa.UnaryArithmetic.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * The one-byte opcode map: Intel SDM vol. 2, table A-2, one line a form, in opcode order. Opcodes that are invalid in 64-bit mode have no line. Departures from the table: 0x90 is NOP whatever its
 * prefixes but REX.B (PAUSE is a hint); IN, OUT, CLI, STI and HLT are one family, since none works at privilege level 3.
 */
final class OneByteMap {
    private OneByteMap() {}

    // spotless:off
    static void fill(FormTable t) {
        for (BinaryArithmetic f : BinaryArithmetic.values()) { // 0x00 to 0x3D
            int row = f.ordinal() << 3;
            boolean writes = f != BinaryArithmetic.CMP;
            lockable(writes, t.op(row, f + " Eb,Gb", f));
            lockable(writes, t.op(row | 1, f + " Ev,Gv", f));
            t.op(row | 2, f + " Gb,Eb", f);
            t.op(row | 3, f + " Gv,Ev", f);
            t.op(row | 4, f + " AL,Ib", f);
            t.op(row | 5, f + " rAX,Iz", f);
            lockable(writes, t.op(0x80, f + " Eb,Ib", f).reg(f.ordinal()));
            lockable(writes, t.op(0x81, f + " Ev,Iz", f).reg(f.ordinal()));
            lockable(writes, t.op(0x83, f + " Ev,Ib", f).reg(f.ordinal()));
        }
        for (int i = 0; i < 8; i++) {
            t.op(0x50 | i, "PUSH Zv", PUSH).default64();
            t.op(0x58 | i, "POP Zv", POP).default64();
        }
        t.op(0x63, "MOVSXD Gv,Ed", MOVSX);
        t.op(0x68, "PUSH Iz", PUSH).default64();
        t.op(0x69, "IMUL Gv,Ev,Iz", IMUL_TRUNCATED);
        t.op(0x6a, "PUSH Ib", PUSH).default64();
        t.op(0x6b, "IMUL Gv,Ev,Ib", IMUL_TRUNCATED);
        for (int i = 0; i < 16; i++) t.op(0x70 | i, "J" + Conditions.NAMES[i] + " Jb", JCC).forced64();
        t.op(0x84, "TEST Eb,Gb", Logic.TEST);
        t.op(0x85, "TEST Ev,Gv", Logic.TEST);
        t.op(0x86, "XCHG Eb,Gb", XCHG).lockable();
        t.op(0x87, "XCHG Ev,Gv", XCHG).lockable();
        t.op(0x88, "MOV Eb,Gb", MOV);
        t.op(0x89, "MOV Ev,Gv", MOV);
        t.op(0x8a, "MOV Gb,Eb", MOV);
        t.op(0x8b, "MOV Gv,Ev", MOV);
        t.op(0x8c, "MOV Mw,Sw", MOV);
        t.op(0x8c, "MOV Rv,Sw", MOV);
        t.op(0x8d, "LEA Gv,M", LEA);
        t.op(0x8e, "MOV Sw,Ew", MOV);
        t.op(0x8f, "POP Ev", POP).reg(0).default64();
        t.op(0x90, "XCHG Zv,rAX", XCHG);
        for (int i = 1; i < 8; i++) t.op(0x90 | i, "XCHG Zv,rAX", XCHG);
        t.op(0x98, "CBW", CBW);
        t.op(0x99, "CWD", CWD);
        t.op(0x9b, "FWAIT", X87Control.FWAIT);
        t.op(0x9c, "PUSHF", PUSHF).default64();
        t.op(0x9d, "POPF", POPF).default64();
        t.op(0x9e, "SAHF", SAHF);
        t.op(0x9f, "LAHF", LAHF);
        t.op(0xa0, "MOV AL,Ob", MOV);
        t.op(0xa1, "MOV rAX,Ov", MOV);
        t.op(0xa2, "MOV Ob,AL", MOV);
        t.op(0xa3, "MOV Ov,rAX", MOV);
        t.op(0xa8, "TEST AL,Ib", Logic.TEST);
        t.op(0xa9, "TEST rAX,Iz", Logic.TEST);
        for (int i = 0; i < 8; i++) {
            t.op(0xb0 | i, "MOV Zb,Ib", MOV);
            t.op(0xb8 | i, "MOV Zv,Iv", MOV);
        }
        for (Shift f : Shift.values()) {
            t.op(0xc0, f + " Eb,Ib", f).reg(f.ordinal());
            t.op(0xc1, f + " Ev,Ib", f).reg(f.ordinal());
            t.op(0xd0, f + " Eb,1", f).reg(f.ordinal());
            t.op(0xd1, f + " Ev,1", f).reg(f.ordinal());
            t.op(0xd2, f + " Eb,CL", f).reg(f.ordinal());
            t.op(0xd3, f + " Ev,CL", f).reg(f.ordinal());
        }
        t.op(0xc2, "RET Iw", RET).forced64();
        t.op(0xc3, "RET", RET).forced64();
        t.op(0xc6, "MOV Eb,Ib", MOV).reg(0);
        t.op(0xc7, "MOV Ev,Iz", MOV).reg(0);
        t.op(0xc9, "LEAVE", LEAVE).default64();
        t.op(0xca, "RETF Iw", FarTransfer.RET);
        t.op(0xcb, "RETF", FarTransfer.RET);
        t.op(0xcc, "INT3", INT3);
        t.op(0xcf, "IRET", FarTransfer.IRET);
        t.op(0xe0, "LOOPNE Jb", LOOPNE).forced64();
        t.op(0xe1, "LOOPE Jb", LOOPE).forced64();
        t.op(0xe2, "LOOP Jb", LOOP).forced64();
        t.op(0xe3, "JRCXZ Jb", JRCXZ).forced64();
        t.op(0xe8, "CALL Jz", CALL).forced64();
        t.op(0xe9, "JMP Jz", JMP).forced64();
        t.op(0xeb, "JMP Jb", JMP).forced64();
        t.op(0xf1, "INT1", INT1);
        t.op(0xf4, "HLT", PRIVILEGED);
        t.op(0xf5, "CMC", CMC);
        t.op(0xf6, "TEST Eb,Ib", Logic.TEST).reg(0);
        t.op(0xf6, "TEST Eb,Ib", Logic.TEST).reg(1);
        t.op(0xf6, "NOT Eb", NOT).reg(2).lockable();
        t.op(0xf6, "NEG Eb", NEG).reg(3).lockable();
        t.op(0xf6, "MUL Eb", MUL).reg(4);
        t.op(0xf6, "IMUL Eb", IMUL).reg(5);
        t.op(0xf6, "DIV Eb", DIV).reg(6);
        t.op(0xf6, "IDIV Eb", IDIV).reg(7);
        t.op(0xf7, "TEST Ev,Iz", Logic.TEST).reg(0);
        t.op(0xf7, "TEST Ev,Iz", Logic.TEST).reg(1);
        t.op(0xf7, "NOT Ev", NOT).reg(2).lockable();
        t.op(0xf7, "NEG Ev", NEG).reg(3).lockable();
        t.op(0xf7, "MUL Ev", MUL).reg(4);
        t.op(0xf7, "IMUL Ev", IMUL).reg(5);
        t.op(0xf7, "DIV Ev", DIV).reg(6);
        t.op(0xf7, "IDIV Ev", IDIV).reg(7);
        t.op(0xf8, "CLC", CLC);
        t.op(0xf9, "STC", STC);
        t.op(0xfa, "CLI", PRIVILEGED);
        t.op(0xfb, "STI", PRIVILEGED);
        t.op(0xfc, "CLD", CLD);
        t.op(0xfd, "STD", FlagControl.STD);
        t.op(0xfe, "INC Eb", INC).reg(0).lockable();
        t.op(0xfe, "DEC Eb", DEC).reg(1).lockable();
        t.op(0xff, "INC Ev", INC).reg(0).lockable();
        t.op(0xff, "DEC Ev", DEC).reg(1).lockable();
        t.op(0xff, "CALL Ev", CALL).reg(2).forced64();
        t.op(0xff, "CALL M", FarTransfer.CALL).reg(3);
        t.op(0xff, "JMP Ev", JMP).reg(4).forced64();
        t.op(0xff, "JMP M", FarTransfer.JMP).reg(5);
        t.op(0xff, "PUSH Ev", PUSH).reg(6).default64();
    }
    // spotless:on

    private static void lockable(boolean yes, dev.gostub.emulator.decode.Form form) {
        if (yes) form.lockable();
    }
}
