package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;

/** Where a call that copies reads or writes a file: at a position that the guest keeps in a variable, or at the file's own. */
final class Position {
    private final OpenFile file;
    /** Where the guest keeps it; 0 for the file's own. */
    private final long variable;

    private long offset;

    private Position(OpenFile file, long variable, long offset) {
        this.file = file;
        this.variable = variable;
        this.offset = offset;
    }

    /** The variable's address is an argument of the call. */
    static Position of(SyscallContext call, int index, OpenFile file) {
        long variable = call.argument(index);
        return new Position(file, variable, variable == 0 ? file.offset() : call.read64(variable));
    }

    /** The file's own. */
    static Position own(OpenFile file) {
        return new Position(file, 0, file.offset());
    }

    OpenFile file() {
        return file;
    }

    long offset() {
        return offset;
    }

    void moveTo(long position) {
        offset = position;
    }

    /** Only a file with positions has others than its own, and none is negative. */
    boolean isValid() {
        return variable == 0 || file.object() instanceof SeekableObject && offset >= 0;
    }

    /** A count or a negative errno. */
    long read(byte[] into) {
        long count = file.object() instanceof SeekableObject
                ? file.readAt(offset, into, 0, into.length)
                : file.read(into, 0, into.length);
        offset += Math.max(count, 0);
        return count;
    }

    /** A count or a negative errno. */
    long write(byte[] from, int length) {
        long count = file.object() instanceof SeekableObject
                ? file.writeAt(offset, from, 0, length)
                : file.write(from, 0, length);
        offset += Math.max(count, 0);
        return count;
    }

    /** Tells the file or the guest how far it went. */
    void leave(SyscallContext call) {
        if (variable != 0) {
            call.write64(variable, offset);
        } else if (file.object() instanceof SeekableObject) {
            file.seek(offset, Fcntl.SEEK_SET);
        }
    }
}
