package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Errno;
import java.util.List;

/**
 * How a system call waits. When the condition holds or the deadline has passed the call is made again with the same arguments, and can
 * ask which of the two it was.
 *
 * @param condition what ends the wait
 * @param deadline on CLOCK_MONOTONIC, in nanoseconds; {@link #FOREVER} for none
 * @param restart what becomes of the call when a signal handler interrupts it
 * @param remainder where the rest of the time is written when a handler interrupts ({@code nanosleep(2)}); 0 for nowhere
 * @param done what the call has transferred already, bytes or messages; if a handler interrupts it, that is its result
 * @param partBytes of the last of these messages, the bytes that have gone while it is not whole
 */
public record Block(
        WaitCondition condition, long deadline, Restart restart, long remainder, long done, long partBytes) {
    public static final long FOREVER = Long.MAX_VALUE;

    private static final WaitCondition NEVER = new WaitCondition.Never();

    /** What becomes of a call that a signal handler interrupts (signal(7)). */
    public enum Restart {
        /** Made again if the handler was installed with SA_RESTART, else EINTR. */
        AS_THE_ACTION_SAYS(Errno.ERESTARTSYS),
        /** EINTR whatever the action says. */
        NEVER(Errno.ERESTARTNOHAND),
        /** Made again in any case. */
        ALWAYS(Errno.ERESTARTNOINTR),
        /** EAGAIN: a condition's lock that the task was moved to ({@code FUTEX_CMP_REQUEUE_PI}); to wait for the condition again could be for ever. */
        AGAIN(Errno.ERESTARTNOINTR),
        /** EINTR; a wait with a relative time-out, which Linux takes up by {@code restart_syscall(2)} where no handler ran. */
        REST_OF_TIME(Errno.ERESTART_RESTARTBLOCK);

        private final Errno errno;

        Restart(Errno errno) {
            this.errno = errno;
        }

        /** What a debugger sees in RAX while the call waits. */
        public Errno errno() {
            return errno;
        }
    }

    /** Waits until a descriptor has one of the {@code POLL*} bits. */
    public static Block onFile(int descriptor, int events) {
        return on(new WaitCondition.Files(List.of(new WaitCondition.Interest(descriptor, events))));
    }

    /** Waits until one of several descriptors is ready. */
    public static Block onFiles(List<WaitCondition.Interest> interests) {
        return on(interests.isEmpty() ? NEVER : new WaitCondition.Files(List.copyOf(interests)));
    }

    public static Block on(WaitCondition condition) {
        return new Block(condition, FOREVER, Restart.AS_THE_ACTION_SAYS, 0, 0, 0);
    }

    /** Waits for time to pass or a signal to come. */
    public static Block onNothing() {
        return on(NEVER);
    }

    /** The same wait for something else. */
    Block with(WaitCondition other) {
        return new Block(other, deadline, restart, remainder, done, partBytes);
    }

    public Block until(long newDeadline) {
        return new Block(condition, newDeadline, restart, remainder, done, partBytes);
    }

    public Block restart(Restart newRestart) {
        return new Block(condition, deadline, newRestart, remainder, done, partBytes);
    }

    public Block remainderTo(long address) {
        return new Block(condition, deadline, restart, address, done, partBytes);
    }

    public Block after(long bytes) {
        return new Block(condition, deadline, restart, remainder, bytes, 0);
    }

    /** After so many messages, the last of which has gone in part if there is a part. */
    public Block afterMessages(long count, long part) {
        return new Block(condition, deadline, restart, remainder, count, part);
    }
}
