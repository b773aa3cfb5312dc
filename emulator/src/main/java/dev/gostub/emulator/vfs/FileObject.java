package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import java.util.Optional;

/**
 * What an open file does: the operations behind a descriptor. One object may stand behind several {@link OpenFile}s.
 *
 * <p>Transfers return a count or a negative errno and never wait: {@code -EAGAIN} says that a task should wait until {@link
 * #readiness} says otherwise, whether or not the descriptor is non-blocking. The checks for {@code EBADF} are done by {@link
 * OpenFile}.
 */
public interface FileObject extends Stateful {
    /** What {@code fstat(2)} is told of. */
    Node node();

    /** Reads from a file without positions. */
    default long read(byte[] into, int at, int length) {
        return Errno.EINVAL.result();
    }

    /** Writes to a file without positions. */
    default long write(byte[] from, int at, int length) {
        return Errno.EINVAL.result();
    }

    /** True if a write that may wait goes on until all of its bytes are taken: pipes and streams, whose {@link #write} takes what there is room for. */
    default boolean takesBytesInPortions() {
        return false;
    }

    /** Does {@code splice(2)} move bytes out of it into a pipe: has it {@code splice_read} of Linux. */
    default boolean splicesOut() {
        return false;
    }

    /** Does {@code splice(2)} move bytes into it from a pipe: has it {@code splice_write} of Linux. */
    default boolean splicesIn() {
        return false;
    }

    /** {@code POLL*} bits that hold now. Files that can always be read and written say so. */
    default int readiness() {
        return Poll.READABLE | Poll.WRITABLE;
    }

    /** How often something happened to those interested in these bits, see {@link Activity#count}. */
    default long activity(int interest) {
        return 0;
    }

    /** Does {@code lseek(2)} succeed without an effect (noop_llseek of Linux), instead of failing with ESPIPE. */
    default boolean ignoresSeeking() {
        return false;
    }

    /** May epoll watch it; regular files and directories may not ({@code EPERM}). */
    default boolean pollable() {
        return true;
    }

    /** Bytes that could be read now, for {@code ioctl(FIONREAD)}, or a negative errno. */
    default long available() {
        return Errno.ENOTTY.result();
    }

    /** The settings of the terminal that this is, if it is one. */
    default Optional<TerminalSettings> terminal() {
        return Optional.empty();
    }

    /** What opening it again through {@code /proc/self/fd} gives. */
    default FileObject reopened(int flags) throws FileFailure {
        throw new FileFailure(Errno.ENXIO);
    }

    /** The last descriptor of an open file is gone. */
    default void released() {}
}
