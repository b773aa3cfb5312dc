package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.vfs.FileFailure;
import java.util.ArrayList;
import java.util.List;

/** Another program in the same process: {@code execve(2)}. */
final class ExecCalls {
    /** What one string of arguments or environment may take (MAX_ARG_STRLEN: 32 pages). */
    private static final int LONGEST_STRING = 32 * 4096;
    /** What all of them and their addresses may take: three quarters of the usual limit of a stack (bprm_stack_limits of fs/exec.c). */
    private static final int MOST_BYTES = 6 << 20;

    private ExecCalls() {}

    /** execve(2). */
    static SyscallResult execve(SyscallContext call) throws FileFailure {
        return execute(call, call.path(call.argument(0)), 1);
    }

    /** execveat(2). */
    static SyscallResult execveat(SyscallContext call) throws FileFailure {
        int flags = call.integer(4);
        if ((flags & ~(Fcntl.AT_EMPTY_PATH | Fcntl.AT_SYMLINK_NOFOLLOW)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        String path = call.path(call.argument(1));
        int directory = call.integer(0);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) == 0) {
            return SyscallResult.failure(Errno.ENOENT);
        }
        if (directory == Fcntl.AT_FDCWD || path.startsWith("/")) {
            return execute(call, path, 2);
        }
        call.files().get(directory);
        String opened = "/proc/self/fd/" + directory;
        return execute(call, path.isEmpty() ? opened : opened + "/" + path, 2);
    }

    private static SyscallResult execute(SyscallContext call, String path, int index) throws FileFailure {
        List<String> arguments = strings(call, call.argument(index));
        // Linux from 5.18 on gives a program that is started without arguments an empty one.
        call.executor()
                .execute(
                        call.task(),
                        path,
                        arguments.isEmpty() ? List.of("") : arguments,
                        strings(call, call.argument(index + 1)));
        return call.task().isAlive() ? SyscallResult.OK : SyscallResult.DONE;
    }

    /** An array of addresses of strings that ends with 0; 0 instead of the array is an empty one. */
    private static List<String> strings(SyscallContext call, long array) {
        List<String> strings = new ArrayList<>();
        if (array == 0) {
            return strings;
        }
        long at = array;
        int room = MOST_BYTES;
        for (long text = call.read64(at); text != 0; text = call.read64(at)) {
            String string = call.text(text, LONGEST_STRING, Errno.E2BIG);
            room -= string.length() + 1 + Long.BYTES;
            if (room < 0) {
                throw new SyscallException(Errno.E2BIG);
            }
            strings.add(string);
            at += Long.BYTES;
        }
        return strings;
    }
}
