package dev.gostub.emulator.machine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.syscall.Syscalls;

/**
 * The page at the top of the address space through which old programs ask for the time. It cannot be read; calls into it fault and are made by
 * the kernel (emulate_vsyscall of Linux, mode xonly).
 */
final class VsyscallPage {
    private static final long START = 0xffffffffff600000L;
    /** gettimeofday, time, getcpu, 1,024 bytes apart. */
    private static final int[] CALLS = {96, 201, 309};

    private static final int DISTANCE_SHIFT = 10;

    private VsyscallPage() {}

    static boolean holds(GuestFault fault) {
        long offset = fault.address() - START;
        return fault.access() == GuestFault.Access.EXECUTE
                && offset >= 0
                && offset < (long) CALLS.length << DISTANCE_SHIFT
                && (offset & (1 << DISTANCE_SHIFT) - 1) == 0;
    }

    /**
     * Makes the call and returns from it.
     *
     * @throws GuestFault the return address cannot be read: then nothing was done
     */
    static void call(Task task, GuestFault fault, Syscalls syscalls) {
        Cpu cpu = task.cpu();
        cpu.rip = cpu.pop();
        cpu.r[Cpu.RAX] = CALLS[(int) (fault.address() - START >> DISTANCE_SHIFT)];
        syscalls.enter(task);
    }
}
