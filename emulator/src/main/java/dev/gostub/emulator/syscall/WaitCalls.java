package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Clone.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.WaitCondition;
import dev.gostub.emulator.vfs.FileFailure;
import java.util.List;
import java.util.Optional;

/** What has become of children: {@code wait4(2)}, {@code waitid(2)} (kernel/exit.c). */
final class WaitCalls {
    /** The status of a child that goes on, as wait4(2) encodes it. */
    private static final int CONTINUED = 0xffff;

    private WaitCalls() {}

    /**
     * A change of a child's state.
     *
     * @param code CLD_*
     * @param status the exit status or the signal's number
     */
    private record News(Process child, int code, int status) {
        /** As wait4(2) encodes it. */
        int encoded() {
            return switch (code) {
                case Signals.CLD_STOPPED -> status << 8 | 0x7f;
                case Signals.CLD_CONTINUED -> CONTINUED;
                default -> child.exitStatus();
            };
        }
    }

    /** wait4(2). */
    static SyscallResult wait4(SyscallContext call) {
        int options = call.integer(2);
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int id = call.integer(0);
        if (id == Integer.MIN_VALUE) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        int type = id == -1 ? P_ALL : id > 0 ? P_PID : P_PGID;
        int which = id == 0 ? call.process().group() : Math.abs(id);
        List<Process> children = children(call, type, which, options);
        Optional<News> news = news(children, options | WEXITED);
        if (news.isEmpty()) {
            return nothingYet(call, children, options);
        }
        Process child = news.get().child();
        if (call.argument(1) != 0) {
            call.write32(call.argument(1), news.get().encoded());
        }
        writeUsage(call, 3, child);
        take(call, news.get());
        return SyscallResult.value(child.id());
    }

    /** waitid(2). */
    static SyscallResult waitid(SyscallContext call) throws FileFailure {
        int known = WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL;
        int options = call.integer(3);
        int type = call.integer(0);
        int which = type == P_PIDFD ? 0 : call.integer(1);
        boolean wrong = (options & ~known) != 0 || (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0;
        boolean wrongId = type == P_PID && which <= 0 || type == P_PGID && which < 0;
        if (wrong || type < P_ALL || type > P_PIDFD || wrongId) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (type == P_PIDFD) {
            which = ProcessDescriptorCalls.process(call, call.integer(1)).id();
            type = P_PID;
        } else if (type == P_PGID && which == 0) {
            which = call.process().group();
        }
        List<Process> children = children(call, type, which, options);
        Optional<News> news = news(children, options);
        if (news.isEmpty() && (children.isEmpty() || (options & WNOHANG) == 0)) {
            boolean patient = call.integer(0) != P_PIDFD || (call.file(1).flags() & OpenFlags.O_NONBLOCK) == 0;
            return patient || children.isEmpty()
                    ? nothingYet(call, children, options)
                    : SyscallResult.failure(Errno.EAGAIN);
        }
        if (call.argument(2) != 0) {
            call.write(
                    call.argument(2),
                    news.map(WaitCalls::information).orElseGet(() -> new byte[Signals.SIGINFO_BYTES]));
        }
        news.ifPresent(found -> {
            writeUsage(call, 4, found.child());
            if ((options & WNOWAIT) == 0) {
                take(call, found);
            }
        });
        return SyscallResult.OK;
    }

    private static byte[] information(News news) {
        return SignalInformation.child(Signals.SIGCHLD, news.code(), news.child(), news.status())
                .toBytes();
    }

    private static SyscallResult nothingYet(SyscallContext call, List<Process> children, int options) {
        if (children.isEmpty()) {
            return SyscallResult.failure(Errno.ECHILD);
        }
        if ((options & WNOHANG) != 0) {
            return SyscallResult.value(0);
        }
        return SyscallResult.wait(
                Block.on(new WaitCondition.Child(call.process().kin().childNews())));
    }

    /** The children that the call is about, by number. */
    private static List<Process> children(SyscallContext call, int type, int which, int options) {
        return call.kernel().processes().stream()
                .filter(process -> process.kin().parent() == call.process().id())
                .filter(process -> (options & __WALL) != 0
                        || process.kin().exitSignal() != Signals.SIGCHLD == ((options & __WCLONE) != 0))
                .filter(process -> switch (type) {
                    case P_PID -> process.id() == which;
                    case P_PGID -> process.group() == which;
                    default -> true;
                })
                .toList();
    }

    private static Optional<News> news(List<Process> children, int options) {
        return children.stream().flatMap(child -> news(child, options).stream()).findFirst();
    }

    private static Optional<News> news(Process child, int options) {
        if (!child.isAlive()) {
            int signal = child.exitStatus() & 0x7f;
            News end = signal == 0
                    ? new News(child, Signals.CLD_EXITED, child.exitStatus() >> 8 & 0xff)
                    : new News(
                            child, (child.exitStatus() & 0x80) != 0 ? Signals.CLD_DUMPED : Signals.CLD_KILLED, signal);
            return (options & WEXITED) != 0 ? Optional.of(end) : Optional.empty();
        }
        if ((options & WSTOPPED) != 0 && child.kin().unseenStop() != 0) {
            return Optional.of(new News(child, Signals.CLD_STOPPED, child.kin().unseenStop()));
        }
        if ((options & WCONTINUED) != 0 && child.kin().unseenContinue()) {
            return Optional.of(new News(child, Signals.CLD_CONTINUED, Signals.SIGCONT));
        }
        return Optional.empty();
    }

    /** The parent knows now. */
    private static void take(SyscallContext call, News news) {
        switch (news.code()) {
            case Signals.CLD_STOPPED, Signals.CLD_CONTINUED ->
                news.child().kin().seen();
            default -> call.kernel().lifecycle().reap(call.process(), news.child());
        }
    }

    private static void writeUsage(SyscallContext call, int index, Process child) {
        if (call.argument(index) != 0) {
            Usage usage = Usage.of(child).plus(Usage.ofChildren(child));
            call.write(call.argument(index), usage.toBytes());
        }
    }
}
