package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode;

/** Which accesses of an instruction are made through the stack segment (SDM vol. 1, table 3-5). */
public final class StackAccess {
    private StackAccess() {}

    /** Whether the access that is a write, or else the one that is a read, is. */
    public static boolean isOf(Instruction i, boolean write) {
        boolean explicit = i.hasMemory();
        if (explicit && isString(i)) return false;
        return switch (i.form().mnemonic()) {
            case "PUSH", "CALL" -> write || !explicit || isAddressedThroughStack(i);
            case "POP" -> !write || !explicit || isAddressedThroughStack(i);
            case "PUSHF", "POPF", "RET", "RETF", "IRET", "ENTER", "LEAVE" -> true;
            default -> explicit && isAddressedThroughStack(i);
        };
    }

    private static boolean isString(Instruction i) {
        OperandCode.Method first = i.form().operand(0).method();
        return first == OperandCode.Method.X || first == OperandCode.Method.Y;
    }

    private static boolean isAddressedThroughStack(Instruction i) {
        int base = i.place().base();
        return i.place().segment() < 0 && (base == Cpu.RSP || base == Cpu.RBP);
    }
}
