package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Form;
import java.util.Set;

/** What of an instruction's outcome the manual leaves undefined, or depends on the machine around it, and so is not compared. */
final class Undefined {
    private static final int CF = Flags.CF, PF = Flags.PF, AF = Flags.AF, ZF = Flags.ZF, SF = Flags.SF, OF = Flags.OF;

    /** Answers differ from machine to machine, or the effect is on more than the state that is compared. */
    private static final Set<String> NOT_COMPARABLE = Set.of(
            "SYSCALL",
            "CPUID",
            "RDTSC",
            "RDTSCP",
            "RDPID",
            "XGETBV",
            "INT",
            "INT3",
            "INT1",
            "RDRAND",
            "RDSEED",
            "RDFSBASE",
            "WRFSBASE",
            "FXSAVE",
            "XSAVE",
            "XSAVEC",
            "XSAVEOPT",
            "FXRSTOR",
            "XRSTOR",
            "FNSAVE",
            "FNSTENV",
            "FRSTOR",
            "FLDENV");

    private Undefined() {}

    static boolean isComparable(Form form) {
        // MOV to a segment register: the selectors that exist differ
        return !NOT_COMPARABLE.contains(form.mnemonic()) && !form.toString().equals("MOV Sw,Ew");
    }

    /** Flags that the manual calls undefined. */
    static int flags(Form form) {
        return switch (form.mnemonic()) {
            case "AND", "OR", "XOR", "TEST" -> AF;
            case "MUL", "IMUL" -> SF | ZF | AF | PF;
            case "DIV", "IDIV" -> Flags.STATUS;
            case "SHL", "SHR", "SAL", "SAR", "SHLD", "SHRD" -> AF | OF | CF; // CF and OF by count, see adapted
            case "ROL", "ROR", "RCL", "RCR" -> OF;
            case "BT", "BTS", "BTR", "BTC" -> OF | SF | AF | PF;
            case "BSF", "BSR" -> CF | OF | SF | AF | PF;
            case "TZCNT", "LZCNT" -> OF | SF | AF | PF;
            case "ANDN", "BLSI", "BLSR", "BLSMSK", "BZHI" -> AF | PF;
            case "BEXTR" -> SF | AF | PF;
            default -> 0;
        };
    }

    /** The outcome with what is undefined for these operands made equal to ours. */
    static Outcome adapted(Form form, Trial trial, Outcome outcome) {
        return outcome;
    }

    static String registers(Trial trial) {
        StringBuilder text = new StringBuilder("before:");
        for (int i = 0; i < 16; i++) text.append(" r%d=%x".formatted(i, trial.state().r[i]));
        text.append(" flags=%x mxcsr=%x".formatted(trial.state().rflags, trial.state().mxcsr));
        for (int i = 0; i < 16; i++) {
            long[] v = trial.state().v;
            text.append("\n  ymm%d=%016x.%016x.%016x.%016x"
                    .formatted(i, v[4 * i + 3], v[4 * i + 2], v[4 * i + 1], v[4 * i]));
        }
        return text.toString();
    }
}
