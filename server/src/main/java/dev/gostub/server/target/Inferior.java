package dev.gostub.server.target;

import java.util.List;

/**
 * The live process of a {@link Target}, stopped. Every method that takes a thread throws with {@link Errno#ESRCH} for one
 * that does not exist.
 */
public interface Inferior {
    /** Process number as the guest sees it, positive. */
    long pid();

    /** All live threads, in order of creation; never empty. */
    List<ThreadId> threads();

    /** The thread's name as in {@code /proc/PID/task/TID/comm}. */
    String threadName(ThreadId thread) throws TargetException;

    /** Number of the processor the thread ran on last, for {@code core:} fields. */
    default int core(ThreadId thread) throws TargetException {
        return 0;
    }

    /** All registers in the layout of {@code dev.gostub.server.arch.Amd64Registers}. The array is the caller's. */
    byte[] registers(ThreadId thread) throws TargetException;

    /** Sets all registers; what a debugger cannot change keeps its value, without an error. */
    void writeRegisters(ThreadId thread, byte[] block) throws TargetException;

    /**
     * A part of the register block. The default cuts it out of {@link #registers}; a target should do better for
     * {@code rip}, {@code rsp} and {@code rbp}, which every stop reply carries.
     */
    default byte[] register(ThreadId thread, int offset, int lengthBytes) throws TargetException {
        byte[] part = new byte[lengthBytes];
        System.arraycopy(registers(thread), offset, part, 0, lengthBytes);
        return part;
    }

    /** Sets a part of the register block. */
    default void writeRegister(ThreadId thread, int offset, byte[] value) throws TargetException {
        byte[] block = registers(thread);
        System.arraycopy(value, 0, block, offset, value.length);
        writeRegisters(thread, block);
    }

    /** As many bytes from {@code address} as are mapped without a gap, at most {@code lengthBytes}; may be empty. */
    byte[] readMemory(long address, int lengthBytes);

    /** Writes all of it or throws with {@link Errno#EFAULT}; goes through read-only mappings, as ptrace does. */
    void writeMemory(long address, byte[] bytes) throws TargetException;

    /** The mapping, or the gap between mappings, that holds an address. */
    MemoryRegion region(long address);

    /** Inserts a breakpoint; one that is there already stays, without an error. Memory reads do not show it. */
    void insertBreakpoint(BreakpointKind kind, long address) throws TargetException;

    /** Removes a breakpoint; one that is not there is no error. */
    void removeBreakpoint(BreakpointKind kind, long address) throws TargetException;

    /** The auxiliary vector as the kernel laid it out. */
    byte[] auxiliaryVector();

    /** Absolute path of the program, as the guest sees it. */
    String executable();

    /** The program's arguments, without the program itself. */
    List<String> arguments();

    /** {@code siginfo_t} (128 bytes) of the signal the thread stopped for. */
    byte[] signalInformation(ThreadId thread) throws TargetException;

    /** Changes it; a handler gets what is written if the thread goes on with that signal. */
    void writeSignalInformation(ThreadId thread, byte[] information) throws TargetException;
}
