package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.syscall.TransferCalls.Range;
import dev.gostub.emulator.vfs.FileFailure;
import java.util.ArrayList;
import java.util.List;

/** What a process may do with another one that it may trace: {@code process_vm_readv(2)}, {@code process_vm_writev(2)}, {@code kcmp(2)}, {@code pidfd_getfd(2)}. */
final class PeerCalls {
    /** {@code linux/kcmp.h}. */
    private static final int KCMP_FILE = 0;

    private static final int KCMP_VM = 1;
    private static final int KCMP_FILES = 2;
    private static final int KCMP_FS = 3;
    private static final int KCMP_SIGHAND = 4;
    private static final int KCMP_IO = 5;
    private static final int KCMP_SYSVSEM = 6;

    private PeerCalls() {}

    /** {@code ptrace_may_access}: all numbers of the other one are those that the caller has for real. */
    private static boolean mayTrace(SyscallContext call, Process other) {
        Credentials own = call.process().credentials();
        Credentials its = other.credentials();
        boolean sameUser = List.of(its.realUser(), its.effectiveUser(), its.savedUser()).stream()
                .allMatch(user -> user == own.realUser());
        boolean sameGroup = List.of(its.realGroup(), its.effectiveGroup(), its.savedGroup()).stream()
                .allMatch(group -> group == own.realGroup());
        return other == call.process() || own.effectiveUser() == 0 || sameUser && sameGroup;
    }

    private static Task task(SyscallContext call, int id) {
        return call.kernel().task(id).orElseThrow(() -> new SyscallException(Errno.ESRCH));
    }

    private static void requireTraceable(SyscallContext call, Process other) {
        if (!mayTrace(call, other)) {
            throw new SyscallException(Errno.EPERM);
        }
    }

    // ---- memory

    /** process_vm_readv(2). */
    static SyscallResult processVmReadv(SyscallContext call) {
        return move(call, false);
    }

    /** process_vm_writev(2). */
    static SyscallResult processVmWritev(SyscallContext call) {
        return move(call, true);
    }

    private static SyscallResult move(SyscallContext call, boolean there) {
        if (call.argument(5) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        List<Range> own = ranges(call, 1);
        if (own.stream().anyMatch(range -> range.length() < 0)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (own.stream().allMatch(range -> range.length() == 0)) {
            return SyscallResult.OK;
        }
        List<Range> its = ranges(call, 3);
        if (its.stream().allMatch(range -> range.length() == 0)) {
            return SyscallResult.OK;
        }
        Process other = task(call, call.integer(0)).process();
        requireTraceable(call, other);
        long done =
                there ? copy(call.memory(), own, other.memory(), its) : copy(other.memory(), its, call.memory(), own);
        return SyscallResult.of(done > 0 ? done : Errno.EFAULT.result());
    }

    private static List<Range> ranges(SyscallContext call, int index) {
        long count = call.argument(index + 1);
        if (count < 0 || count > Fcntl.IOV_MAX) {
            throw new SyscallException(Errno.EINVAL);
        }
        byte[] vector = call.read(call.argument(index), (int) count * SystemLayouts.IOVEC_BYTES);
        List<Range> ranges = new ArrayList<>();
        for (int at = 0; at < vector.length; at += SystemLayouts.IOVEC_BYTES) {
            ranges.add(new Range(LittleEndian.get64(vector, at), LittleEndian.get64(vector, at + 8)));
        }
        return ranges;
    }

    /** A place in the memory of a process that goes through its ranges. */
    private static final class Cursor {
        private final List<Range> ranges;
        private int index;
        private long within;

        Cursor(List<Range> ranges) {
            this.ranges = ranges;
        }

        /** Is there more. */
        boolean settle() {
            while (index < ranges.size() && within == ranges.get(index).length()) {
                index++;
                within = 0;
            }
            return index < ranges.size();
        }

        long address() {
            return ranges.get(index).address() + within;
        }

        /** Bytes up to the end of the range or of the page, as one page after the other is made sure of. */
        int piece() {
            long page = AddressSpace.PAGE_SIZE - (address() & AddressSpace.PAGE_SIZE - 1);
            long left = ranges.get(index).length() - within;
            return (int) (left < 0 ? page : Math.min(left, page));
        }
    }

    private static long copy(AddressSpace from, List<Range> source, AddressSpace to, List<Range> target) {
        Cursor in = new Cursor(source);
        Cursor out = new Cursor(target);
        long done = 0;
        while (in.settle() && out.settle()) {
            byte[] bytes = new byte[Math.min(in.piece(), out.piece())];
            boolean moved = from.copyIn(in.address(), bytes, 0, bytes.length) == bytes.length
                    && to.copyOut(out.address(), bytes, 0, bytes.length) == bytes.length;
            if (!moved) {
                return done;
            }
            in.within += bytes.length;
            out.within += bytes.length;
            done += bytes.length;
        }
        return done;
    }

    // ---- files, and what is the same

    /** pidfd_getfd(2). */
    static SyscallResult pidfdGetfd(SyscallContext call) throws FileFailure {
        if (call.integer(2) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Process other = ProcessDescriptorCalls.process(call, call.integer(0));
        if (!other.isAlive()) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        requireTraceable(call, other);
        return SyscallResult.value(
                call.files().add(other.files().get(call.integer(1)).retain(), OpenFlags.O_CLOEXEC));
    }

    /** kcmp(2): 0 for the same, else 1 or 2, an order of no meaning. */
    static SyscallResult kcmp(SyscallContext call) throws FileFailure {
        Task one = task(call, call.integer(0));
        Task other = task(call, call.integer(1));
        requireTraceable(call, one.process());
        requireTraceable(call, other.process());
        Process a = one.process();
        Process b = other.process();
        boolean same = switch (call.integer(2)) {
            case KCMP_FILE -> a.files().get((int) call.argument(3)) == b.files().get((int) call.argument(4));
            case KCMP_VM -> a.memory() == b.memory();
            case KCMP_FILES -> a.files() == b.files();
            case KCMP_FS -> a.directories() == b.directories();
            case KCMP_SIGHAND -> a == b;
            case KCMP_IO -> true;
            case KCMP_SYSVSEM -> one.undoList() == other.undoList();
            default -> throw new SyscallException(Errno.EINVAL);
        };
        return same ? SyscallResult.OK : SyscallResult.value(one.id() < other.id() ? 1 : 2);
    }
}
