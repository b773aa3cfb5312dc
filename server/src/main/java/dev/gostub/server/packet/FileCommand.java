package dev.gostub.server.packet;

import java.util.Arrays;
import java.util.Objects;

/** {@code vFile}: files as the guest sees them (manual, appendix E.7 "Host I/O"). Flags and modes are the protocol's. */
public sealed interface FileCommand extends Command {
    /** {@code vFile:setfs:PID} — whose view; there is only one. */
    record SetFileSystem(long pid) implements FileCommand {}

    /** {@code vFile:open:NAME,FLAGS,MODE}. */
    record Open(String path, int flags, int mode) implements FileCommand {}

    /** {@code vFile:close:FD}. */
    record Close(int descriptor) implements FileCommand {}

    /** {@code vFile:pread:FD,COUNT,OFFSET}. */
    record Pread(int descriptor, int count, long offset) implements FileCommand {}

    /** {@code vFile:pwrite:FD,OFFSET,BINARY}. */
    record Pwrite(int descriptor, long offset, byte[] bytes) implements FileCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pwrite(int theirDescriptor, long theirOffset, byte[] theirs)
                    && descriptor == theirDescriptor
                    && offset == theirOffset
                    && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(descriptor, offset, Arrays.hashCode(bytes));
        }
    }

    /** {@code vFile:fstat:FD}. */
    record Fstat(int descriptor) implements FileCommand {}

    /** {@code vFile:stat:NAME}. */
    record Stat(String path) implements FileCommand {}

    /** {@code vFile:lstat:NAME}. */
    record Lstat(String path) implements FileCommand {}

    /** {@code vFile:readlink:NAME}. */
    record Readlink(String path) implements FileCommand {}

    /** An operation that we do not know; answered with an empty packet. */
    record Unknown(String operation) implements FileCommand {}

    static FileCommand parse(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String operation = in.until(':');
        return switch (operation) {
            case "setfs" -> new SetFileSystem(in.hex());
            case "open" -> open(in);
            case "close" -> new Close(in.smallHex());
            case "pread" -> pread(in);
            case "pwrite" -> pwrite(in);
            case "fstat" -> new Fstat(in.smallHex());
            case "stat" -> new Stat(Hex.decodeText(in.rest()));
            case "lstat" -> new Lstat(Hex.decodeText(in.rest()));
            case "readlink" -> new Readlink(Hex.decodeText(in.rest()));
            default -> new Unknown(operation);
        };
    }

    private static FileCommand open(PacketReader in) throws MalformedPacketException {
        String path = Hex.decodeText(in.until(','));
        int flags = in.smallHex();
        in.expect(',');
        return new Open(path, flags, in.smallHex());
    }

    private static FileCommand pread(PacketReader in) throws MalformedPacketException {
        int descriptor = in.smallHex();
        in.expect(',');
        int count = in.smallHex();
        in.expect(',');
        return new Pread(descriptor, count, in.hex());
    }

    private static FileCommand pwrite(PacketReader in) throws MalformedPacketException {
        int descriptor = in.smallHex();
        in.expect(',');
        long offset = in.hex();
        in.expect(',');
        return new Pwrite(descriptor, offset, in.restUnescaped());
    }
}
