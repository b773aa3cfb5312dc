package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Semantics;

/** An operation of an instruction family: turns a decoded instruction into something that executes. */
public interface Family extends Semantics {
    /** The op for an instruction whose form names this operation. */
    Op lower(Instruction i);

    /** The op that works for every shape and width of the family: the specification of the specialised ones that {@link #lower} prefers. */
    default Op general(Instruction i) {
        return lower(i);
    }

    /** The op for any instruction. */
    static Op lowered(Instruction i) {
        return ((Family) i.form().semantics()).lower(i);
    }
}
