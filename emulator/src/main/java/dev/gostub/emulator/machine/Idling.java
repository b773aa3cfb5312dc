package dev.gostub.emulator.machine;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Timers;
import dev.gostub.emulator.vfs.Vfs;
import java.util.function.BooleanSupplier;

/**
 * What happens when no task can run. If something is due at a time and nobody waits for the outside world, the clock jumps there, at once or, where somebody is there
 * to notice, when it is so late outside ({@link Pace}). If somebody waits, time passes as it does outside, until input comes or the time is reached. If nothing is due at all, only the outside
 * can help: a debugger's interrupt.
 */
final class Idling {
    /** How long to sleep at most before asking again whether somebody wants to stop; who wants that rings the bell besides. */
    private static final long NAP_NANOS = 100_000_000;

    private final Kernel kernel;
    private final Vfs vfs;
    private final Pace pace = new Pace();
    private boolean paced;

    Idling(Kernel kernel, Vfs vfs) {
        this.kernel = kernel;
        this.vfs = vfs;
    }

    /** Sets whether a sleep takes as long outside as inside. */
    void pace(boolean on) {
        paced = on;
    }

    /** The machine begins to run. */
    void begin() {
        if (paced) {
            pace.start(kernel.host().doorbell().nanoTime(), kernel.clock().sinceStart());
        }
    }

    /** The machine has stopped. */
    void end() {
        if (paced) {
            pace.stop(kernel.host().doorbell().nanoTime());
        }
    }

    /** The machine was taken to another moment. */
    void moved() {
        pace.forget();
    }

    void idle(BooleanSupplier interrupted) {
        long next = Math.min(kernel.timers().next(), vfs.nextDeadline().orElse(Timers.NEVER));
        long distance = next == Timers.NEVER
                ? Timers.NEVER
                : Math.max(0, next - kernel.clock().due());
        if (next == Timers.NEVER || vfs.wantsInput()) {
            awaitOutside(distance, interrupted);
        } else if (!paced || isReached(distance, interrupted)) {
            kernel.clock().pass(distance);
        }
    }

    /** Is it so late outside, too; waits for a while if not. The guest's clock stands meanwhile, so whoever interrupts the wait changes nothing. */
    private boolean isReached(long distance, BooleanSupplier interrupted) {
        Doorbell doorbell = kernel.host().doorbell();
        long now = kernel.clock().sinceStart();
        long wait = pace.untilGuest(doorbell.nanoTime(), now, now + distance);
        if (wait > 0 && !interrupted.getAsBoolean()) {
            doorbell.await(Math.min(wait, NAP_NANOS));
        }
        return wait == 0;
    }

    /** The time that passes until somebody outside does something is the guest's time, too. */
    private void awaitOutside(long distance, BooleanSupplier interrupted) {
        if (!interrupted.getAsBoolean()) {
            long seen = vfs.changes().count();
            vfs.pollHost();
            if (vfs.changes().count() != seen) {
                return;
            }
            Doorbell doorbell = kernel.host().doorbell();
            long before = doorbell.nanoTime();
            doorbell.await(Math.min(distance, NAP_NANOS));
            long passed = doorbell.nanoTime() - before;
            kernel.clock().pass(Math.min(Math.max(passed, 0), distance));
            vfs.pollHost();
        }
    }
}
