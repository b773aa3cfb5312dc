package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.SystemLayouts.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.vfs.FileTable;
import java.util.Optional;

/** Resource limits: do_prlimit of kernel/sys.c. */
final class LimitCalls {
    private static final int INIT = 1;

    private LimitCalls() {}

    private record Limit(long soft, long hard) {
        static Limit read(SyscallContext call, long address) {
            byte[] b = call.read(address, RLIMIT_BYTES);
            return new Limit(LittleEndian.get64(b, 0), LittleEndian.get64(b, 8));
        }

        static Limit of(Process process, int resource) {
            return new Limit(process.softLimit(resource), process.hardLimit(resource));
        }

        void write(SyscallContext call, long address) {
            byte[] b = new byte[RLIMIT_BYTES];
            LittleEndian.put64(b, 0, soft);
            LittleEndian.put64(b, 8, hard);
            call.write(address, b);
        }
    }

    /** getrlimit(2). */
    static SyscallResult getrlimit(SyscallContext call) {
        Limit now = change(call, call.process(), call.integer(0), Optional.empty());
        now.write(call, call.argument(1));
        return SyscallResult.OK;
    }

    /** setrlimit(2). */
    static SyscallResult setrlimit(SyscallContext call) {
        Limit wanted = Limit.read(call, call.argument(1));
        change(call, call.process(), call.integer(0), Optional.of(wanted));
        return SyscallResult.OK;
    }

    /** prlimit64(2). */
    static SyscallResult prlimit64(SyscallContext call) {
        Optional<Limit> wanted =
                call.argument(2) == 0 ? Optional.empty() : Optional.of(Limit.read(call, call.argument(2)));
        int id = call.integer(0);
        if (id == INIT && call.process().credentials().effectiveUser() != 0) {
            return SyscallResult.failure(Errno.EPERM); // it is outside the machine, and root's
        }
        Process process = id == 0
                ? call.process()
                : call.kernel().task(id).map(Task::process).orElseThrow(() -> new SyscallException(Errno.ESRCH));
        if (process != call.process() && !mayLimit(call.process().credentials(), process.credentials())) {
            return SyscallResult.failure(Errno.EPERM);
        }
        Limit before = change(call, process, call.integer(1), wanted);
        if (call.argument(3) != 0) {
            before.write(call, call.argument(3));
        }
        return SyscallResult.OK;
    }

    /** check_prlimit_permission: all numbers of the other must be the caller's real ones. */
    private static boolean mayLimit(Credentials caller, Credentials other) {
        boolean users = other.realUser() == caller.realUser()
                && other.effectiveUser() == caller.realUser()
                && other.savedUser() == caller.realUser();
        boolean groups = other.realGroup() == caller.realGroup()
                && other.effectiveGroup() == caller.realGroup()
                && other.savedGroup() == caller.realGroup();
        return users && groups || caller.effectiveUser() == 0;
    }

    /** Sets a limit, if that is wanted: what it was. */
    private static Limit change(SyscallContext call, Process process, int resource, Optional<Limit> wanted) {
        if (resource < 0 || resource >= RLIMIT_COUNT) {
            throw new SyscallException(Errno.EINVAL);
        }
        Limit before = Limit.of(process, resource);
        if (wanted.isPresent()) {
            Limit limit = wanted.get();
            if (Long.compareUnsigned(limit.soft, limit.hard) > 0) {
                throw new SyscallException(Errno.EINVAL);
            }
            // fs.nr_open stands above everybody.
            boolean tooMany =
                    resource == RLIMIT_NOFILE && Long.compareUnsigned(limit.hard, FileTable.LARGEST_LIMIT) > 0;
            boolean raises = Long.compareUnsigned(limit.hard, before.hard) > 0;
            if (tooMany || raises && call.process().credentials().effectiveUser() != 0) {
                throw new SyscallException(Errno.EPERM);
            }
            process.limit(resource, limit.soft, limit.hard);
            takeEffect(call, process, resource);
        }
        return before;
    }

    /** Most limits are asked for where they matter; these are kept elsewhere as well. */
    private static void takeEffect(SyscallContext call, Process process, int resource) {
        if (resource == RLIMIT_NOFILE) {
            process.files().setLimit((int) Math.clamp(process.softLimit(resource), 0L, Integer.MAX_VALUE));
        } else if (resource == RLIMIT_CPU) {
            call.kernel().intervalTimers().limitProcessorTime(process);
        }
    }
}
