package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.Ioctl;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Termios;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.PipeEnd;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.TerminalSettings;

/** {@code fcntl(2)} and {@code ioctl(2)}. */
final class DescriptorCalls {
    private DescriptorCalls() {}

    /** fcntl(2). */
    static SyscallResult fcntl(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        int fd = call.integer(0);
        int value = call.integer(2);
        return switch (call.integer(1)) {
            case Fcntl.F_DUPFD -> SyscallResult.value(call.files().addFrom(value, file.retain(), 0));
            case Fcntl.F_DUPFD_CLOEXEC ->
                SyscallResult.value(call.files().addFrom(value, file.retain(), OpenFlags.O_CLOEXEC));
            case Fcntl.F_GETFD -> SyscallResult.value(call.files().descriptorFlags(fd));
            case Fcntl.F_SETFD -> {
                call.files().setDescriptorFlags(fd, value);
                yield SyscallResult.OK;
            }
            case Fcntl.F_GETFL -> SyscallResult.value(statusFlags(file));
            case Fcntl.F_SETFL -> {
                file.setFlags(value);
                yield SyscallResult.OK;
            }
            case Fcntl.F_GETLK, Fcntl.F_OFD_GETLK -> LockCalls.getLock(call, file);
            case Fcntl.F_SETLK, Fcntl.F_SETLKW, Fcntl.F_OFD_SETLK, Fcntl.F_OFD_SETLKW -> LockCalls.setLock(call, file);
            case Fcntl.F_SETOWN, Fcntl.F_SETSIG, Fcntl.F_GETOWN, Fcntl.F_GETSIG -> SyscallResult.OK;
            case Fcntl.F_SETPIPE_SZ -> SyscallResult.of(pipe(file).resize(value));
            case Fcntl.F_GETPIPE_SZ -> SyscallResult.value(pipe(file).capacityBytes());
            case Fcntl.F_ADD_SEALS -> {
                call.vfs().facts().seal(file, value);
                yield SyscallResult.OK;
            }
            case Fcntl.F_GET_SEALS -> SyscallResult.value(call.vfs().facts().seals(file));
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    /** On amd64 whatever is opened by path shows O_LARGEFILE (force_o_largefile of fs/open.c). */
    private static int statusFlags(OpenFile file) {
        boolean byPath = file.path().startsWith("/") && (file.flags() & OpenFlags.O_PATH) == 0;
        return file.flags() | (byPath ? OpenFlags.O_LARGEFILE : 0);
    }

    private static PipeEnd pipe(OpenFile file) {
        if (file.object() instanceof PipeEnd end) {
            return end;
        }
        throw new SyscallException(Errno.EBADF);
    }

    /** ioctl(2). */
    static SyscallResult ioctl(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        if ((file.flags() & OpenFlags.O_PATH) != 0) {
            return SyscallResult.failure(Errno.EBADF);
        }
        long address = call.argument(2);
        switch (call.integer(1)) {
            case Ioctl.FIOCLEX -> call.files().setDescriptorFlags(call.integer(0), Fcntl.FD_CLOEXEC);
            case Ioctl.FIONCLEX -> call.files().setDescriptorFlags(call.integer(0), 0);
            case Ioctl.FIONBIO -> {
                int others = file.flags() & ~OpenFlags.O_NONBLOCK;
                file.setFlags(call.read32(address) != 0 ? others | OpenFlags.O_NONBLOCK : others);
            }
            case Ioctl.FIOASYNC -> call.read32(address);
            case Ioctl.FIONREAD -> {
                long available = file.available();
                if (Errno.isError(available)) {
                    return SyscallResult.of(available);
                }
                call.write32(address, (int) Math.min(available, Integer.MAX_VALUE));
            }
            default -> {
                return file.object() instanceof SocketObject socket
                        ? InterfaceCalls.ioctl(call, socket, address)
                        : terminal(call, file, address);
            }
        }
        return SyscallResult.OK;
    }

    /** Checks a group that is to have the terminal, as tiocspgrp of drivers/tty/tty_jobctrl.c does. */
    private static int foregroundGroup(SyscallContext call, int group) {
        if (group < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (call.kernel().processes().stream().noneMatch(process -> process.group() == group)) {
            throw new SyscallException(Errno.ESRCH);
        }
        if (!ProcessCalls.isGroup(call, group, call.process().session())) {
            throw new SyscallException(Errno.EPERM);
        }
        return group;
    }

    private static SyscallResult terminal(SyscallContext call, OpenFile file, long address) {
        TerminalSettings settings = file.object().terminal().orElseThrow(() -> new SyscallException(Errno.ENOTTY));
        switch (call.integer(1)) {
            case Ioctl.TCGETS -> call.write(address, settings.termios());
            case Ioctl.TCSETS, Ioctl.TCSETSW, Ioctl.TCSETSF -> settings.setTermios(call.read(address, Termios.BYTES));
            case Ioctl.TIOCGWINSZ -> call.write(address, settings.size());
            case Ioctl.TIOCSWINSZ -> settings.setSize(call.read(address, Ioctl.WINSIZE_BYTES));
            case Ioctl.TIOCGPGRP -> call.write32(address, settings.foregroundGroup());
            case Ioctl.TIOCSPGRP -> settings.setForegroundGroup(foregroundGroup(call, call.read32(address)));
            case Ioctl.TIOCGSID -> call.write32(address, call.process().session());
            case Ioctl.TIOCOUTQ -> call.write32(address, 0);
            case Ioctl.TIOCGPTN -> call.write32(address, 0);
            case Ioctl.TCSBRK, Ioctl.TCXONC, Ioctl.TCFLSH, Ioctl.TIOCSCTTY, Ioctl.TIOCNOTTY -> {
                return SyscallResult.OK;
            }
            default -> {
                return SyscallResult.failure(Errno.ENOTTY);
            }
        }
        return SyscallResult.OK;
    }
}
