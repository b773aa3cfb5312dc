package dev.gostub.emulator.oracle;

import static dev.gostub.emulator.cpu.Flags.*;
import static dev.gostub.emulator.oracle.LeftOut.Scope.*;

import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.InstructionSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything that the tests against the host's processor leave out, a line each with its reason. {@link OracleTest} checks the list against the opcode tables: a line that names nothing fails, and so does a form that is
 * neither tried nor named here.
 *
 * @param scope of what it is left out
 * @param what a mnemonic, or a form as the tables write it; an asterisk stands for any ending
 * @param when which of its instances are meant
 * @param why the reason
 */
record LeftOut(Scope scope, String what, Predicate<Trial> when, String why) {
    /** Where something is left out. */
    enum Scope {
        /** Not compared at all. */
        OUTCOME,
        /** Not compared where it may fault in the middle: pages that are protected. */
        FAULTS,
        /** Not among other instructions: nothing can be said of what comes behind it. */
        PROGRAMS,
        /** Never ends without an exception, so that there is nothing but that to compare. */
        COMPLETION,
        /** Not compared on processors that are not Intel's, which are what we are (CPUID says so). */
        OTHER_VENDORS,
        /** The same, where the instruction faults. */
        FAULTS_OF_OTHER_VENDORS
    }

    // spotless:off
    static final List<LeftOut> ALL = List.of(
        line(OUTCOME, "SYSCALL",     "the kernel answers it"),
        line(OUTCOME, "CPUID",       "what a processor says of itself is its own"),
        line(OUTCOME, "RDTSC",       "the time is the processor's own"),
        line(OUTCOME, "RDTSCP",      "the time is the processor's own"),
        line(OUTCOME, "RDPID",       "the number of the processor is its own"),
        line(OUTCOME, "XGETBV",      "the state components are the processor's own"),
        line(OUTCOME, "INT3",        "it is how the end of a trial is told"),
        line(OUTCOME, "INT1",        "the kernel may give it to a debugger of its own"),
        line(OUTCOME, "INT Ib",      "INT 3 is how the end of a trial is told, INT 0x80 is a system call"),
        line(OUTCOME, "RDRAND",      "random"),
        line(OUTCOME, "RDSEED",      "random"),
        line(OUTCOME, "FXSAVE",      "MXCSR_MASK and reserved bytes are the processor's own"),
        line(OUTCOME, "FXRSTOR",     "most images from random memory raise #GP for MXCSR; C programs try it"),
        line(OUTCOME, "XSAVE*",      "has components that we do not have"),
        line(OUTCOME, "XRSTOR",      "has components that we do not have"),
        line(OUTCOME, "FNSAVE",      "the last instruction's addresses are not part of the compared state"),
        line(OUTCOME, "FNSTENV",     "the last instruction's addresses are not part of the compared state"),
        line(OUTCOME, "FRSTOR",      "the last instruction's addresses are not part of the compared state"),
        line(OUTCOME, "FLDENV",      "the last instruction's addresses are not part of the compared state"),
        line(OUTCOME, "F2XM1",       "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "FYL2X*",      "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "FPATAN",      "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "FPTAN",       "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "FSIN*",       "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "FCOS",        "elementary function: the last bit is the processor's own"),
        line(OUTCOME, "SLDT*",       "the kernel answers it, where there is UMIP"),
        line(OUTCOME, "STR*",        "the kernel answers it, where there is UMIP"),
        line(OUTCOME, "SMSW*",       "the kernel answers it, where there is UMIP"),
        line(OUTCOME, "SGDT*",       "the kernel answers it, where there is UMIP"),
        line(OUTCOME, "SIDT*",       "the kernel answers it, where there is UMIP"),

        line(FAULTS, "MASKMOVDQU*",    "whether bytes that are masked out fault is the processor's own"),
        line(FAULTS, "VMASKMOVDQU*",   "whether bytes that are masked out fault is the processor's own"),
        line(FAULTS, "MASKMOVQ*",      "whether bytes that are masked out fault is the processor's own"),
        line(FAULTS, "VPMASKMOV* Mx*", "the address that a masked store reports is the processor's own"),
        line(FAULTS, "VMASKMOVP* Mx*", "the address that a masked store reports is the processor's own"),
        line(FAULTS, "MOVD Ey,Pq",     "the processor has reset TOP when the fault comes"),
        line(FAULTS, "MOVQ Qq,Pq",     "the processor has reset TOP when the fault comes"),
        line(FAULTS, "MOVNTQ Mq,Pq",   "the processor has reset TOP when the fault comes"),
        line(FAULTS, "FBSTP Mt",       "the processor has written a part when the fault comes"),
        line(FAULTS, "FSTP Mt",        "the processor has written a part when the fault comes"),
        line(FAULTS, "VPGATHERQD*",    "when an interrupted gather clears the upper part is the processor's own"),
        line(FAULTS, "VGATHERQPS*",    "when an interrupted gather clears the upper part is the processor's own"),

        line(PROGRAMS, "J*",          "goes elsewhere"),
        line(PROGRAMS, "CALL*",       "goes elsewhere"),
        line(PROGRAMS, "RET*",        "goes elsewhere"),
        line(PROGRAMS, "LOOP*",       "goes elsewhere"),
        line(PROGRAMS, "PUSH*",       "memory that its operands do not tell"),
        line(PROGRAMS, "POP Zv",      "memory that its operands do not tell"),
        line(PROGRAMS, "POP Ev",      "memory that its operands do not tell"),
        line(PROGRAMS, "POPF",        "memory that its operands do not tell"),
        line(PROGRAMS, "LEAVE",       "memory that its operands do not tell"),
        line(PROGRAMS, "ENTER*",      "memory that its operands do not tell"),
        line(PROGRAMS, "XLAT",        "memory that its operands do not tell"),
        line(PROGRAMS, "MOVS *",      "memory that its operands do not tell"),
        line(PROGRAMS, "STOS *",      "memory that its operands do not tell"),
        line(PROGRAMS, "CMPS *",      "memory that its operands do not tell"),
        line(PROGRAMS, "LODS *",      "memory that its operands do not tell"),
        line(PROGRAMS, "SCAS *",      "memory that its operands do not tell"),
        line(PROGRAMS, "MASKMOVQ*",   "memory that its operands do not tell"),
        line(PROGRAMS, "*MASKMOVDQU*", "memory that its operands do not tell"),
        line(PROGRAMS, "WR?SBASE*",   "raises #GP where the value is no address"),
        line(PROGRAMS, "IRET",        "goes elsewhere"),
        line(PROGRAMS, "L?S *",       "raises #GP where the selector is none"),
        line(PROGRAMS, "MOV Sw,Ew",   "raises #GP where the selector is none"),
        line(PROGRAMS, "POP ?S",      "raises #GP where the selector is none"),
        line(PROGRAMS, "LAHF",        "makes undefined flags visible"),
        line(PROGRAMS, "DIV*",        "raises #DE where its operands are not prepared"),
        line(PROGRAMS, "IDIV*",       "raises #DE where its operands are not prepared"),
        line(PROGRAMS, "STD",         "turns the direction of what comes behind it"),

        line(COMPLETION, "UD?*",      "invalid by definition"),
        line(COMPLETION, "HLT",       "privileged"),
        line(COMPLETION, "CLI",       "privileged"),
        line(COMPLETION, "STI",       "privileged"),
        line(COMPLETION, "INS *",     "privileged"),
        line(COMPLETION, "OUTS *",    "privileged"),
        line(COMPLETION, "IN *",      "privileged"),
        line(COMPLETION, "OUT *",     "privileged"),
        line(COMPLETION, "CLTS",      "privileged"),
        line(COMPLETION, "INVD",      "privileged"),
        line(COMPLETION, "WBINVD",    "privileged"),
        line(COMPLETION, "WRMSR",     "privileged"),
        line(COMPLETION, "RDMSR",     "privileged"),
        line(COMPLETION, "RDPMC",     "privileged"),
        line(COMPLETION, "LLDT *",    "privileged"),
        line(COMPLETION, "LTR *",     "privileged"),
        line(COMPLETION, "LGDT *",    "privileged"),
        line(COMPLETION, "LIDT *",    "privileged"),
        line(COMPLETION, "LMSW *",    "privileged"),
        line(COMPLETION, "INVLPG *",  "privileged"),
        line(COMPLETION, "SWAPGS",    "privileged"),
        line(COMPLETION, "XSETBV",    "privileged"),
        line(COMPLETION, "MOVCR",     "privileged"),
        line(COMPLETION, "MOVDR",     "privileged"),
        line(COMPLETION, "SYSEXIT",   "privileged"),
        line(COMPLETION, "SYSRET",    "privileged"),

        line(OTHER_VENDORS, "J*",           LeftOut::has66, "with a 66 prefix AMD cuts RIP to 16 bits (APM vol. 3), Intel ignores it"),
        line(OTHER_VENDORS, "CALL*",        LeftOut::has66, "with a 66 prefix AMD cuts RIP to 16 bits (APM vol. 3), Intel ignores it"),
        line(OTHER_VENDORS, "RET*",         LeftOut::has66, "with a 66 prefix AMD cuts RIP to 16 bits (APM vol. 3), Intel ignores it"),
        line(OTHER_VENDORS, "LOOP*",        LeftOut::has66, "with a 66 prefix AMD cuts RIP to 16 bits (APM vol. 3), Intel ignores it"),
        line(OTHER_VENDORS, "LOOPE*",       t -> t.has(0xf2), "on AMD the prefix turns the condition on ZF round"),
        line(OTHER_VENDORS, "LOOPNE*",      t -> t.has(0xf3), "on AMD the prefix turns the condition on ZF round"),
        line(OTHER_VENDORS, "*LDMXCSR*",    "AMD has a bit 17, MM"),
        line(OTHER_VENDORS, "SYSEXIT",      "is #UD on AMD in 64-bit mode"),
        line(OTHER_VENDORS, "L?S *",        LeftOut::hasRexW, "far pointers of 64 bits do not exist on AMD"),
        line(OTHER_VENDORS, "* M",          LeftOut::hasRexW, "far transfers of 64 bits do not exist on AMD"),
        line(OTHER_VENDORS, "XCHG Zv,rAX",  t -> t.has(0xf3), "PAUSE with REX.B exchanges on AMD"),
        line(OTHER_VENDORS, "NOP Rv",       t -> t.has(0x0d), "0F 0D with a register is #UD on AMD"),
        line(OTHER_VENDORS, "SHLD*",        LeftOut::has66, "undefined for 16 bits and a count over 16"),
        line(OTHER_VENDORS, "SHRD*",        LeftOut::has66, "undefined for 16 bits and a count over 16"),
        line(OTHER_VENDORS, "*RSQRT?S*",    "an approximation, each processor's own"),
        line(OTHER_VENDORS, "*RCP?S*",      "an approximation, each processor's own"),
        line(OTHER_VENDORS, "SHA*",         "AMD demands no alignment"),
        line(OTHER_VENDORS, "*DPP?*",       "which of several NaN comes out depends on the order of the additions"),
        line(FAULTS_OF_OTHER_VENDORS, "V*GATHER*",  "what an interrupted gather has done is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "IRET",       "in which order the words are read is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "RETF*",      "what is read before it is refused is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "MOVS *",     "what an interrupted repetition leaves above 32 bits is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "CMPS *",     "what an interrupted repetition leaves above 32 bits is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "STOS *",     "what an interrupted repetition leaves above 32 bits is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "LODS *",     "what an interrupted repetition leaves above 32 bits is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "SCAS *",     "what an interrupted repetition leaves above 32 bits is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "FST*",       "whether a page or a number faults first is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "FIST*",      "whether a page or a number faults first is the processor's own"),
        line(FAULTS_OF_OTHER_VENDORS, "VCVTPS2PH*", "whether a page or a number faults first is the processor's own"));

    /** Flags that are not compared. */
    static final List<UndefinedFlags> FLAGS = List.of(
        new UndefinedFlags("AND",    AF),
        new UndefinedFlags("OR",     AF),
        new UndefinedFlags("XOR",    AF),
        new UndefinedFlags("TEST",   AF),
        new UndefinedFlags("MUL",    SF | ZF | AF | PF),
        new UndefinedFlags("IMUL",   SF | ZF | AF | PF),
        new UndefinedFlags("DIV",    STATUS),
        new UndefinedFlags("IDIV",   STATUS),
        new UndefinedFlags("SHL",    AF | OF), // OF is defined for a count of 1; CF not for counts over the width
        new UndefinedFlags("SHR",    AF | OF),
        new UndefinedFlags("SAL",    AF | OF),
        new UndefinedFlags("SAR",    AF | OF),
        new UndefinedFlags("SHLD",   AF | OF),
        new UndefinedFlags("SHRD",   AF | OF),
        new UndefinedFlags("ROL",    OF),
        new UndefinedFlags("ROR",    OF),
        new UndefinedFlags("RCL",    OF),
        new UndefinedFlags("RCR",    OF),
        new UndefinedFlags("BT",     OF | SF | AF | PF),
        new UndefinedFlags("BTS",    OF | SF | AF | PF),
        new UndefinedFlags("BTR",    OF | SF | AF | PF),
        new UndefinedFlags("BTC",    OF | SF | AF | PF),
        new UndefinedFlags("BSF",    CF | OF | SF | AF | PF),
        new UndefinedFlags("BSR",    CF | OF | SF | AF | PF),
        new UndefinedFlags("TZCNT",  OF | SF | AF | PF),
        new UndefinedFlags("LZCNT",  OF | SF | AF | PF),
        new UndefinedFlags("ANDN",   AF | PF),
        new UndefinedFlags("BLSI",   AF | PF),
        new UndefinedFlags("BLSR",   AF | PF),
        new UndefinedFlags("BLSMSK", AF | PF),
        new UndefinedFlags("BZHI",   AF | PF),
        new UndefinedFlags("BEXTR",  SF | AF | PF));
    // spotless:on

    /** Flags that the manual calls undefined behind an instruction. */
    record UndefinedFlags(String mnemonic, int flags) {}

    private static final boolean OTHER = isOtherVendor();

    private static LeftOut line(Scope scope, String what, String why) {
        return line(scope, what, _ -> true, why);
    }

    private static LeftOut line(Scope scope, String what, Predicate<Trial> when, String why) {
        return new LeftOut(scope, what, when, why);
    }

    private static boolean hasRexW(Trial trial) {
        for (int rex = 0x48; rex < 0x50; rex++) if (trial.has(rex)) return true;
        return false;
    }

    private static boolean has66(Trial trial) {
        return trial.has(0x66);
    }

    private static boolean isOtherVendor() {
        try {
            return !Files.readString(Path.of("/proc/cpuinfo")).contains("GenuineIntel");
        } catch (IOException noLinux) {
            return true;
        }
    }

    boolean names(Form form) {
        String pattern = what.replace("*", ".*").replace("?", ".");
        return form.toString().matches(pattern) || form.mnemonic().matches(pattern);
    }

    /** A form is left out as a whole. */
    static boolean isLeftOut(Scope scope, Form form) {
        return ALL.stream().anyMatch(line -> line.scope == scope && line.names(form));
    }

    /** An instance, or what came of it, says nothing on this machine. */
    static boolean isOfAnotherVendor(Form form, Trial trial, boolean faults) {
        return OTHER
                && ALL.stream()
                        .filter(line -> line.scope == OTHER_VENDORS || line.scope == FAULTS_OF_OTHER_VENDORS && faults)
                        .anyMatch(line -> line.names(form) && line.when.test(trial));
    }

    /** A far transfer has gone to 32-bit code, where we cannot follow. */
    static boolean leaves64BitMode(Outcome outcome) {
        return outcome.state().selectors[1] == 0x23;
    }

    /** Flags that the manual calls undefined. */
    static int flags(Form form) {
        return FLAGS.stream()
                .filter(line -> line.mnemonic.equals(form.mnemonic()))
                .mapToInt(UndefinedFlags::flags)
                .sum();
    }

    /** The outcome with what differs for good reason made equal to ours. */
    static Outcome adapted(Form form, Trial trial, Outcome outcome) {
        // ENTER that faults at the new top of the stack has already pushed something, CALL of an impossible target as
        // well
        boolean faulted = outcome.trap() != Outcome.COMPLETE && outcome.rip() == State.START;
        if (faulted && (form.mnemonic().equals("ENTER") || form.mnemonic().equals("CALL"))) {
            System.arraycopy(trial.state().window, 0, outcome.state().window, 0, State.WINDOW_BYTES);
        }
        if (OTHER && outcome.trap() == Outcome.COMPLETE) clearBases(form, trial, outcome.state());
        return outcome;
    }

    /** AMD leaves the base alone where a selector of nothing is loaded (X86_BUG_NULL_SEG of Linux). */
    private static void clearBases(Form form, Trial trial, State after) {
        if (after.selectors[4] <= 3 && (form.toString().matches("POP FS|LFS.*") || loads(form, trial, 4)))
            after.fsBase = 0;
        if (after.selectors[5] <= 3 && (form.toString().matches("POP GS|LGS.*") || loads(form, trial, 5)))
            after.gsBase = 0;
    }

    private static boolean loads(Form form, Trial trial, int segment) {
        if (!form.toString().equals("MOV Sw,Ew")) return false;
        Instruction i = InstructionSet.decoder().decode(trial.code(), trial.code().length, State.START);
        return i != null && (i.reg() & 7) == segment;
    }
}
