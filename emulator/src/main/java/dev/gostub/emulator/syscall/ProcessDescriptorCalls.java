package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.ProcessDescriptor;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.vfs.DirectoryObject;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes by descriptor: {@code pidfd_open(2)}, {@code pidfd_send_signal(2)}. */
final class ProcessDescriptorCalls {
    private static final Pattern FOLDER = Pattern.compile("/proc/([0-9]{1,9})");

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

    /** pidfd_send_signal(2): the folder of a process in /proc does as well. */
    static SyscallResult pidfdSendSignal(SyscallContext call) throws FileFailure {
        int signal = call.integer(1);
        if (call.integer(3) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Process target = processOrFolder(call, call.integer(0));
        SignalInformation information = SignalInformation.from(signal, Signals.SI_USER, call.process());
        if (call.argument(2) != 0) {
            byte[] given = call.read(call.argument(2), Signals.SIGINFO_BYTES);
            if (LittleEndian.get32(given, 0) != signal) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            information = SignalInformation.of(signal, given);
            SignalCalls.requireOwnWords(call, target.id(), information);
        }
        if (call.kernel().process(target.id()).isEmpty()) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        Optional<Errno> refusal = SignalCalls.refusal(call, target, signal);
        if (refusal.isPresent()) {
            return SyscallResult.failure(refusal.get());
        }
        return signal == 0 || !target.isAlive()
                ? SyscallResult.OK
                : SignalCalls.result(call.signaling().send(target, information));
    }

    private static Process processOrFolder(SyscallContext call, int descriptor) throws FileFailure {
        OpenFile file = call.files().get(descriptor);
        Matcher folder = FOLDER.matcher(file.path());
        if (file.object() instanceof DirectoryObject && folder.matches()) {
            return call.kernel()
                    .process(Integer.parseInt(folder.group(1)))
                    .orElseThrow(() -> new FileFailure(Errno.ESRCH));
        }
        return process(call, descriptor);
    }

    /** The process of a descriptor, or EBADF. */
    static Process process(SyscallContext call, int descriptor) throws FileFailure {
        if (call.files().get(descriptor).object() instanceof ProcessDescriptor found) {
            return found.process();
        }
        throw new FileFailure(Errno.EBADF);
    }
}
