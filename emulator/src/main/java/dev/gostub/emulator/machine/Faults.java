package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.GuestFault;

/** What Linux makes of the processor's exceptions: the signal, its siginfo, and the trap words of the context (arch/x86/kernel/traps.c, arch/x86/mm/fault.c). */
final class Faults {
    private static final int PRESENT = 1;
    private static final int WRITE = 2;
    private static final int USER = 4;
    private static final int FETCH = 16;

    private Faults() {}

    static SignalInformation signal(Task task, GuestFault fault) {
        Cpu cpu = task.cpu();
        return switch (fault.kind()) {
            case NOT_MAPPED -> page(task, fault, Signals.SIGSEGV, Signals.SEGV_MAPERR, 0);
            case PROTECTION -> page(task, fault, Signals.SIGSEGV, Signals.SEGV_ACCERR, PRESENT);
            case BEYOND_FILE -> page(task, fault, Signals.SIGBUS, Signals.BUS_ADRERR, 0);
            case GENERAL_PROTECTION -> {
                task.setTrap(13, fault.errorCode(), 0);
                yield SignalInformation.kernel(Signals.SIGSEGV);
            }
            case STACK -> {
                task.setTrap(12, fault.errorCode(), 0);
                yield SignalInformation.kernel(Signals.SIGBUS);
            }
            case OVERFLOW -> {
                task.setTrap(4, 0, 0);
                yield SignalInformation.kernel(Signals.SIGSEGV);
            }
            case DIVIDE -> trap(task, 0, Signals.SIGFPE, Signals.FPE_INTDIV, cpu.rip);
            case INVALID_OPCODE -> trap(task, 6, Signals.SIGILL, Signals.ILL_ILLOPN, cpu.rip);
            case BREAKPOINT -> {
                task.setTrap(3, 0, 0);
                yield SignalInformation.kernel(Signals.SIGTRAP);
            }
            case DEBUG -> trap(task, 1, Signals.SIGTRAP, Signals.TRAP_BRKPT, cpu.rip);
            case SINGLE_STEP -> trap(task, 1, Signals.SIGTRAP, Signals.TRAP_TRACE, cpu.rip);
            case ALIGNMENT -> trap(task, 17, Signals.SIGBUS, Signals.BUS_ADRALN, 0);
            case X87 -> trap(task, 16, Signals.SIGFPE, floatCode(cpu.x87.statusWord() & ~cpu.x87.control), cpu.rip);
            case SIMD -> trap(task, 19, Signals.SIGFPE, floatCode(cpu.mxcsr & ~(cpu.mxcsr >> 7)), cpu.rip);
        };
    }

    private static SignalInformation page(Task task, GuestFault fault, int signal, int code, int present) {
        int access = switch (fault.access()) {
            case READ -> 0;
            case WRITE -> WRITE;
            case EXECUTE -> FETCH;
        };
        // sanitize_error_code: nothing is to be learnt of what the kernel has mapped
        boolean user = Long.compareUnsigned(fault.address(), AddressSpace.END) < 0;
        task.setTrap(14, USER | access | (user ? present : PRESENT), fault.address());
        return SignalInformation.fault(signal, code, fault.address());
    }

    private static SignalInformation trap(Task task, int number, int signal, int code, long address) {
        task.setTrap(number, 0, 0);
        return SignalInformation.fault(signal, code, address);
    }

    /** fpu__exception_code: the first of the unmasked exceptions in this order. */
    private static int floatCode(int exceptions) {
        if ((exceptions & 1) != 0) {
            return Signals.FPE_FLTINV;
        }
        if ((exceptions & 4) != 0) {
            return Signals.FPE_FLTDIV;
        }
        if ((exceptions & 8) != 0) {
            return Signals.FPE_FLTOVF;
        }
        return (exceptions & 0x12) != 0 ? Signals.FPE_FLTUND : Signals.FPE_FLTRES;
    }
}
