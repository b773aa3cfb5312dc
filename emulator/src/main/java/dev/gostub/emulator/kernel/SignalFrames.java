package dev.gostub.emulator.kernel;

import static dev.gostub.emulator.abi.LittleEndian.get16;
import static dev.gostub.emulator.abi.LittleEndian.get32;
import static dev.gostub.emulator.abi.LittleEndian.get64;
import static dev.gostub.emulator.abi.LittleEndian.put16;
import static dev.gostub.emulator.abi.LittleEndian.put32;
import static dev.gostub.emulator.abi.LittleEndian.put64;

import dev.gostub.emulator.abi.SignalFrame;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import java.util.Arrays;

/**
 * The frame a signal handler runs on: built as {@code arch/x86/kernel/signal_64.c} does it, and taken back by
 * {@code rt_sigreturn(2)}.
 */
final class SignalFrames {
    private static final int RED_ZONE = 128;
    /** Flags that a program may set through a frame (FIX_EFLAGS): AC, OF, DF, TF, SF, ZF, AF, PF, CF, RF. */
    private static final long CHANGEABLE_FLAGS =
            0x40000 | 0x800 | 0x400 | 0x100 | 0x80 | 0x40 | 0x10 | 0x4 | 0x1 | 0x10000;
    /** DF, RF, TF: off in a handler. */
    private static final long CLEARED_FLAGS = 0x400 | 0x10000 | 0x100;

    private final byte[] frame = new byte[SignalFrame.BYTES];

    /**
     * Builds the frame and lets the task start in the handler.
     *
     * @return false if the stack cannot be written: nothing has changed then
     */
    boolean push(Task task, SignalInformation information, SignalAction action, long mask) {
        Cpu cpu = task.cpu();
        long stack = cpu.r[Cpu.RSP] - RED_ZONE;
        if (action.has(Signals.SA_ONSTACK)
                && task.alternateStack.isEnabled()
                && !task.alternateStack.holds(cpu.r[Cpu.RSP])) {
            stack = task.alternateStack.end();
        }
        long extended = stack - SignalFrame.XSTATE_FRAME_BYTES & ~63L;
        long start = (extended - SignalFrame.BYTES & ~15L) - 8;
        byte[] state = ExtendedState.save(cpu);
        fill(task, information, action, mask, extended);
        if (cpu.memory.copyOut(extended, state, 0, state.length) < state.length
                || cpu.memory.copyOut(start, frame, 0, frame.length) < frame.length) {
            return false;
        }
        if ((task.alternateStack.flags() & Signals.SS_AUTODISARM) != 0) {
            task.alternateStack = AlternateStack.NONE;
        }
        enter(cpu, start, information.signal(), action.handler());
        return true;
    }

    private static void enter(Cpu cpu, long frameAddress, int signal, long handler) {
        cpu.r[Cpu.RDI] = signal;
        cpu.r[Cpu.RAX] = 0;
        cpu.r[Cpu.RSI] = frameAddress + SignalFrame.SIGINFO;
        cpu.r[Cpu.RDX] = frameAddress + SignalFrame.UCONTEXT;
        cpu.r[Cpu.RSP] = frameAddress;
        cpu.rip = handler;
        cpu.flags.setRflags(cpu.flags.rflags() & ~CLEARED_FLAGS);
        ExtendedState.reset(cpu);
    }

    private void fill(Task task, SignalInformation information, SignalAction action, long mask, long extended) {
        Cpu cpu = task.cpu();
        Arrays.fill(frame, (byte) 0);
        put64(frame, 0, action.restorer());
        put64(
                frame,
                SignalFrame.UC_FLAGS,
                SignalFrame.UC_FP_XSTATE | SignalFrame.UC_SIGCONTEXT_SS | SignalFrame.UC_STRICT_RESTORE_SS);
        AlternateStack alternate = task.alternateStack;
        put64(frame, SignalFrame.UC_STACK, alternate.address());
        put32(frame, SignalFrame.UC_STACK + 8, alternate.flags());
        put64(frame, SignalFrame.UC_STACK + 16, alternate.lengthBytes());
        int context = SignalFrame.MCONTEXT;
        for (int k = 0; k < 16; k++) {
            put64(frame, context + 8 * k, cpu.r[SignalFrame.register(k)]);
        }
        put64(frame, context + SignalFrame.RIP, cpu.rip);
        put64(frame, context + SignalFrame.EFLAGS, cpu.flags.rflags());
        put16(frame, context + SignalFrame.CS, cpu.selectors[1]);
        put16(frame, context + SignalFrame.SS, cpu.selectors[2]);
        put64(frame, context + SignalFrame.ERR, task.lastTrap.errorCode());
        put64(frame, context + SignalFrame.TRAPNO, task.lastTrap.number());
        put64(frame, context + SignalFrame.OLDMASK, mask);
        put64(frame, context + SignalFrame.CR2, task.lastTrap.address());
        put64(frame, context + SignalFrame.FPSTATE, extended);
        put64(frame, SignalFrame.UC_SIGMASK, mask);
        byte[] bytes = information.toBytes();
        System.arraycopy(bytes, 0, frame, SignalFrame.SIGINFO, bytes.length);
    }

    /**
     * Takes the frame that RSP points behind (the handler's RET has consumed the return address).
     *
     * @return false if it cannot be read
     */
    boolean pop(Task task) {
        Cpu cpu = task.cpu();
        long start = cpu.r[Cpu.RSP] - 8;
        if (cpu.memory.copyIn(start, frame, 0, frame.length) < frame.length) {
            return false;
        }
        int context = SignalFrame.MCONTEXT;
        long extended = get64(frame, context + SignalFrame.FPSTATE);
        if (extended == 0) {
            ExtendedState.reset(cpu);
        } else if (!restoreExtended(cpu, extended)) {
            return false;
        }
        for (int k = 0; k < 16; k++) {
            cpu.r[SignalFrame.register(k)] = get64(frame, context + 8 * k);
        }
        cpu.rip = get64(frame, context + SignalFrame.RIP);
        long flags = get64(frame, context + SignalFrame.EFLAGS);
        cpu.flags.setRflags(cpu.flags.rflags() & ~CHANGEABLE_FLAGS | flags & CHANGEABLE_FLAGS);
        cpu.selectors[1] = get16(frame, context + SignalFrame.CS) | 3;
        task.setSignalMask(get64(frame, SignalFrame.UC_SIGMASK));
        int stackFlags = get32(frame, SignalFrame.UC_STACK + 8) & ~Signals.SS_ONSTACK;
        if (!task.alternateStack.holds(cpu.r[Cpu.RSP])) {
            task.alternateStack = (stackFlags & Signals.SS_DISABLE) != 0
                    ? AlternateStack.NONE
                    : new AlternateStack(
                            get64(frame, SignalFrame.UC_STACK), stackFlags, get64(frame, SignalFrame.UC_STACK + 16));
        }
        return true;
    }

    private static boolean restoreExtended(Cpu cpu, long address) {
        byte[] state = new byte[SignalFrame.XSTATE_FRAME_BYTES];
        int read = cpu.memory.copyIn(address, state, 0, state.length);
        if (read < SignalFrame.FXSAVE_BYTES) {
            return false;
        }
        ExtendedState.load(cpu, state, read);
        return true;
    }
}
