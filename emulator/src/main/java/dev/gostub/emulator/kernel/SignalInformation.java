package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Signals;

/**
 * {@code siginfo_t} as far as the kernel keeps it ({@code kernel_siginfo_t}): three numbers and 32 bytes of the union, of which most signals use sixteen.
 *
 * @param signal si_signo
 * @param errno si_errno
 * @param code si_code
 * @param first the eight bytes at offset 16: si_addr, or si_pid and si_uid, or si_tid and si_overrun
 * @param second the eight bytes at offset 24: si_value, si_status
 * @param third the eight bytes at offset 32: si_utime
 * @param fourth the eight bytes at offset 40: si_stime
 */
public record SignalInformation(int signal, int errno, int code, long first, long second, long third, long fourth) {
    public SignalInformation(int signal, int errno, int code, long first, long second) {
        this(signal, errno, code, first, second, 0, 0);
    }

    /** From {@code kill(2)} (SI_USER) or {@code tgkill(2)} (SI_TKILL). */
    public static SignalInformation from(int signal, int code, Process sender) {
        return new SignalInformation(
                signal, 0, code, pair(sender.id(), sender.credentials().realUser()), 0);
    }

    /** From the kernel itself, without a sender. */
    public static SignalInformation kernel(int signal) {
        return new SignalInformation(signal, 0, Signals.SI_KERNEL, 0, 0);
    }

    /** Raised by an instruction. */
    public static SignalInformation fault(int signal, int code, long address) {
        return new SignalInformation(signal, 0, code, address, 0);
    }

    /** A POSIX timer expired. */
    public static SignalInformation timer(int signal, int timerId, int overruns, long value) {
        return new SignalInformation(signal, 0, Signals.SI_TIMER, pair(timerId, overruns), value);
    }

    /** A child changed its state; {@code signal} is SIGCHLD unless the child was made to send another at its end. */
    public static SignalInformation child(int signal, int code, Process child, int status) {
        return new SignalInformation(
                signal, 0, code, pair(child.id(), child.credentials().realUser()), status & 0xffffffffL);
    }

    /** A signal of which only the number is left, because there was no room for more (collect_signal of kernel/signal.c). */
    static SignalInformation lost(int signal) {
        return new SignalInformation(signal, 0, Signals.SI_USER, 0, 0);
    }

    boolean isLost() {
        return code == Signals.SI_USER && first == 0 && second == 0;
    }

    private static long pair(int low, int high) {
        return (long) high << 32 | low & 0xffffffffL;
    }

    /** Which fields of the union are filled in (siginfo_layout of kernel/signal.c). */
    enum Layout {
        /** si_pid, si_uid. */
        SENDER,
        /** si_pid, si_uid, si_value. */
        VALUE,
        /** si_tid, si_overrun, si_value. */
        TIMER,
        /** si_pid, si_uid, si_status. */
        CHILD,
        /** si_band, si_fd. */
        POLL,
        /** si_addr. */
        FAULT
    }

    Layout layout() {
        if (code > 0 && code < Signals.SI_KERNEL) {
            return switch (signal) {
                case Signals.SIGILL, Signals.SIGFPE, Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGTRAP -> Layout.FAULT;
                case Signals.SIGCHLD -> Layout.CHILD;
                case Signals.SIGIO -> Layout.POLL;
                default -> Layout.SENDER;
            };
        }
        return switch (code) {
            case Signals.SI_TIMER -> Layout.TIMER;
            case Signals.SI_SIGIO -> Layout.POLL;
            case Signals.SI_TKILL, Signals.SI_USER, Signals.SI_KERNEL -> Layout.SENDER;
            default -> code < 0 ? Layout.VALUE : Layout.SENDER;
        };
    }

    /** The 128 bytes that a handler gets. */
    public byte[] toBytes() {
        byte[] bytes = new byte[Signals.SIGINFO_BYTES];
        LittleEndian.put32(bytes, 0, signal);
        LittleEndian.put32(bytes, 4, errno);
        LittleEndian.put32(bytes, 8, code);
        LittleEndian.put64(bytes, 16, first);
        LittleEndian.put64(bytes, 24, second);
        LittleEndian.put64(bytes, 32, third);
        LittleEndian.put64(bytes, 40, fourth);
        return bytes;
    }

    /** What a program hands to {@code rt_sigqueueinfo(2)}, or a debugger to {@code ptrace(PTRACE_SETSIGINFO)}; at least 48 bytes. */
    public static SignalInformation of(int signal, byte[] bytes) {
        return new SignalInformation(
                signal,
                LittleEndian.get32(bytes, 4),
                LittleEndian.get32(bytes, 8),
                LittleEndian.get64(bytes, 16),
                LittleEndian.get64(bytes, 24),
                LittleEndian.get64(bytes, 32),
                LittleEndian.get64(bytes, 40));
    }
}
