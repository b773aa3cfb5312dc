package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Semantics;

/** An operation of an instruction family: turns a decoded instruction into something that executes. */
public interface Family extends Semantics {
    /** The op for an instruction whose form names this operation. */
    Op lower(Instruction i);

    /** The op for any instruction. */
    static Op lowered(Instruction i) {
        return ((Family) i.form().semantics()).lower(i);
    }
}
