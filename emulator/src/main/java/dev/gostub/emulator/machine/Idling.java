package dev.gostub.emulator.machine;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Timers;
import dev.gostub.emulator.vfs.Vfs;
import java.util.function.BooleanSupplier;

/**
 * What happens when no task can run. If something is due at a time and nobody waits for the outside world, the clock jumps there. If
 * somebody does, time passes as it does outside, until input comes or the time is reached. If nothing is due at all, only the outside
 * can help: a debugger's interrupt.
 */
final class Idling {
    /** How long to sleep at most before asking again whether somebody wants to stop. */
    private static final long NAP_NANOS = 10_000_000;

    private final Kernel kernel;
    private final Vfs vfs;

    Idling(Kernel kernel, Vfs vfs) {
        this.kernel = kernel;
        this.vfs = vfs;
    }

    void idle(BooleanSupplier interrupted) {
        long next = Math.min(kernel.timers().next(), vfs.nextDeadline().orElse(Timers.NEVER));
        long distance = next == Timers.NEVER
                ? Timers.NEVER
                : Math.max(0, next - kernel.clock().due());
        if (next != Timers.NEVER && !vfs.wantsInput()) {
            kernel.clock().pass(distance);
            return;
        }
        if (!interrupted.getAsBoolean()) {
            Doorbell doorbell = kernel.host().doorbell();
            long before = doorbell.nanoTime();
            doorbell.await(Math.min(distance, NAP_NANOS));
            long passed = doorbell.nanoTime() - before;
            kernel.clock().pass(Math.min(Math.max(passed, 0), distance));
            vfs.pollHost();
        }
    }
}
