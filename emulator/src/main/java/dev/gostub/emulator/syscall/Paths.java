package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.vfs.At;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;

/** Where the paths of a call start. */
final class Paths {
    private Paths() {}

    static FileSystemContext context(SyscallContext call) {
        return call.process().directories();
    }

    /** For calls without a directory argument: the current directory. */
    static At here(SyscallContext call) {
        return context(call).here();
    }

    /** For calls whose argument {@code index} is a directory: it matters only where the path is relative. */
    static At at(SyscallContext call, int index, String path) throws FileFailure {
        int directory = call.integer(index);
        if (directory == Fcntl.AT_FDCWD || path.startsWith("/")) {
            return here(call);
        }
        return call.vfs().at(context(call), call.files().get(directory));
    }
}
