package dev.gostub.server.packet;

import java.util.Arrays;
import java.util.Objects;

/** Guest memory. Addresses are unsigned. */
public sealed interface MemoryCommand extends Command {
    /** {@code m ADDRESS,LENGTH} — in hex. */
    record Read(long address, int lengthBytes) implements MemoryCommand {}

    /** {@code x ADDRESS,LENGTH} — in binary. */
    record ReadBinary(long address, int lengthBytes) implements MemoryCommand {}

    /** {@code M ADDRESS,LENGTH:HEX} and {@code X ADDRESS,LENGTH:BINARY}. */
    record Write(long address, byte[] bytes) implements MemoryCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Write(long theirAddress, byte[] theirs)
                    && address == theirAddress
                    && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(address, Arrays.hashCode(bytes));
        }
    }

    /** {@code qSearch:memory:ADDRESS;LENGTH;PATTERN} — where is the pattern first. */
    record Search(long address, long lengthBytes, byte[] pattern) implements MemoryCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Search(long theirAddress, long theirLength, byte[] theirs)
                    && address == theirAddress
                    && lengthBytes == theirLength
                    && Arrays.equals(pattern, theirs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(address, lengthBytes, Arrays.hashCode(pattern));
        }
    }

    /** {@code qCRC:ADDRESS,LENGTH} — checksum, for {@code compare-sections}. */
    record Checksum(long address, long lengthBytes) implements MemoryCommand {}

    /** {@code qMemoryRegionInfo:ADDRESS} — lldb: what is mapped there. */
    record Region(long address) implements MemoryCommand {}

    static MemoryCommand region(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        long address = in.hex();
        in.end();
        return new Region(address);
    }

    static MemoryCommand read(PacketReader in) throws MalformedPacketException {
        long address = in.hex();
        in.expect(',');
        int length = in.smallHex();
        in.end();
        return new Read(address, length);
    }

    static MemoryCommand readBinary(PacketReader in) throws MalformedPacketException {
        long address = in.hex();
        in.expect(',');
        int length = in.smallHex();
        in.end();
        return new ReadBinary(address, length);
    }

    static MemoryCommand write(PacketReader in) throws MalformedPacketException {
        long address = in.hex();
        in.expect(',');
        int length = in.smallHex();
        in.expect(':');
        return checked(address, length, in.hexBytes());
    }

    static MemoryCommand writeBinary(PacketReader in) throws MalformedPacketException {
        long address = in.hex();
        in.expect(',');
        int length = in.smallHex();
        in.expect(':');
        return checked(address, length, in.restUnescaped());
    }

    private static MemoryCommand checked(long address, int length, byte[] bytes) throws MalformedPacketException {
        if (bytes.length != length) {
            throw new MalformedPacketException(length + " bytes announced, " + bytes.length + " sent");
        }
        return new Write(address, bytes);
    }

    static MemoryCommand search(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        if (!in.until(':').equals("memory")) {
            throw new MalformedPacketException("only memory can be searched");
        }
        long address = in.hex();
        in.expect(';');
        long length = in.hex();
        in.expect(';');
        return new Search(address, length, in.restUnescaped());
    }

    static MemoryCommand checksum(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        long address = in.hex();
        in.expect(',');
        long length = in.hex();
        in.end();
        return new Checksum(address, length);
    }
}
