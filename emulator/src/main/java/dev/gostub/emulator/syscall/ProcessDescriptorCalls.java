package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.ProcessDescriptor;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;

/** Processes by descriptor: {@code pidfd_open(2)}, {@code pidfd_send_signal(2)}. */
final class ProcessDescriptorCalls {
    private ProcessDescriptorCalls() {}

    /** pidfd_open(2). */
    static SyscallResult pidfdOpen(SyscallContext call) throws FileFailure {
        int id = call.integer(0);
        int flags = call.integer(1);
        if (id <= 0 || (flags & ~OpenFlags.O_NONBLOCK) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.kernel().process(id).isEmpty()) {
            boolean thread = call.kernel().task(id).isPresent();
            return SyscallResult.failure(thread ? Errno.ENOENT : Errno.ESRCH);
        }
        return SyscallResult.value(open(call, call.kernel().process(id).get(), flags));
    }

    /** A new descriptor of a process; closed on exec, as all of them are to begin with. */
    static int open(SyscallContext call, Process process, int flags) throws FileFailure {
        ProcessDescriptor object =
                new ProcessDescriptor(call.vfs().anonymousNode(Paths.context(call), "[pidfd]"), process);
        OpenFile file = call.vfs().open(object, OpenFlags.O_RDWR | flags, "anon_inode:[pidfd]");
        return call.files().add(file, OpenFlags.O_CLOEXEC);
    }

    /** pidfd_send_signal(2). */
    static SyscallResult pidfdSendSignal(SyscallContext call) throws FileFailure {
        int signal = call.integer(1);
        Process target = process(call, call.integer(0));
        if (call.integer(3) != 0 || signal != 0 && !Signals.isSignal(signal)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.kernel().process(target.id()).isEmpty()) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        SignalInformation information = call.argument(2) == 0
                ? SignalInformation.from(signal, Signals.SI_USER, call.process())
                : SignalInformation.of(signal, call.read(call.argument(2), Signals.SIGINFO_BYTES));
        if (signal != 0 && target.isAlive()) {
            call.signaling().send(target, information);
        }
        return SyscallResult.OK;
    }

    /** The process of a descriptor, or EBADF. */
    static Process process(SyscallContext call, int descriptor) throws FileFailure {
        if (call.files().get(descriptor).object() instanceof ProcessDescriptor found) {
            return found.process();
        }
        throw new FileFailure(Errno.EBADF);
    }
}
