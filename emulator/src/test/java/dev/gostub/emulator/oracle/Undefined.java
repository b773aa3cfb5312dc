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
            "FLDENV",
            // elementary functions: the processor's last bit is its own
            "F2XM1",
            "FYL2X",
            "FYL2XP1",
            "FPATAN",
            "FPTAN",
            "FSIN",
            "FCOS",
            "FSINCOS");

    /**
     * Whether bytes that are masked out can fault is up to the implementation, and so is the order of the others; what a masked store reports as the address; and when a gather that is
     * interrupted clears the upper part of its destination.
     */
    private static final Set<String> FAULTS_NOT_COMPARABLE = Set.of(
            "MASKMOVDQU Vdq,Udq",
            "VMASKMOVDQU Vdq,Udq",
            "MASKMOVQ Pq,Nq",
            "VPMASKMOVD Mx,Hx,Vx",
            "VPMASKMOVQ Mx,Hx,Vx",
            "VMASKMOVPS Mx,Hx,Vx",
            "VMASKMOVPD Mx,Hx,Vx",
            // the processor has reset TOP, or written a part, when the fault comes
            "MOVD Ey,Pq",
            "MOVQ Qq,Pq",
            "MOVNTQ Mq,Pq",
            "FBSTP Mt",
            "FSTP Mt",
            "VPGATHERQD Vx,M,Hx",
            "VGATHERQPS Vx,M,Hx");

    private Undefined() {}

    static boolean areFaultsComparable(Form form) {
        return !FAULTS_NOT_COMPARABLE.contains(form.toString());
    }

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
            case "SHL", "SHR", "SAL", "SAR", "SHLD", "SHRD" ->
                AF | OF; // OF is defined for a count of 1; CF not for counts over the width
            case "ROL", "ROR", "RCL", "RCR" -> OF;
            case "BT", "BTS", "BTR", "BTC" -> OF | SF | AF | PF;
            case "BSF", "BSR" -> CF | OF | SF | AF | PF;
            case "TZCNT", "LZCNT" -> OF | SF | AF | PF;
            case "ANDN", "BLSI", "BLSR", "BLSMSK", "BZHI" -> AF | PF;
            case "BEXTR" -> SF | AF | PF;
            default -> 0;
        };
    }

    /** The outcome with what differs for good reason made equal to ours. */
    static Outcome adapted(Form form, Trial trial, Outcome outcome) {
        int trap = outcome.trap();
        // ENTER that faults at the new top of the stack has already pushed something, CALL of an impossible target as
        // well
        boolean faulted = trap != Outcome.COMPLETE && outcome.rip() == State.START;
        if (faulted && (form.mnemonic().equals("ENTER") || form.mnemonic().equals("CALL"))) {
            System.arraycopy(trial.state().window, 0, outcome.state().window, 0, State.WINDOW_BYTES);
        }
        return new Outcome(trap, outcome.write(), outcome.address(), outcome.rip(), outcome.state());
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
