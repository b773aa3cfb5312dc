package dev.gostub.server.handler;

import dev.gostub.server.packet.Escapes;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.MemoryCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.MemoryRegion;
import dev.gostub.server.target.TargetException;
import java.util.Arrays;

/** Reads, writes and searches guest memory. */
public final class MemoryHandler {
    private static final int PIECE_BYTES = 0x10000;

    private final Dialogue dialogue;

    /** Serves one session. */
    public MemoryHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(MemoryCommand command) throws TargetException {
        return switch (command) {
            case MemoryCommand.Read(long address, int length) -> read(address, length);
            case MemoryCommand.ReadBinary(long address, int length) -> readBinary(address, length);
            case MemoryCommand.Write(long address, byte[] bytes) -> write(address, bytes);
            case MemoryCommand.Search(long address, long length, byte[] pattern) -> search(address, length, pattern);
            case MemoryCommand.Checksum(long address, long length) -> checksum(address, length);
            case MemoryCommand.Region(long address) ->
                region(dialogue.inferior().region(address));
        };
    }

    private Reply read(long address, int length) throws TargetException {
        return new Reply.Digits(bytes(address, length, Dialogue.PACKET_BYTES / 2));
    }

    private Reply readBinary(long address, int length) throws TargetException {
        String prefix = dialogue.binaryUpload() ? "b" : "";
        if (length == 0) {
            // lldb's probe, and dlv's: x0,0 answered with OK means that bare data would come.
            return dialogue.binaryUpload() ? Reply.text("b") : Reply.ok();
        }
        byte[] bytes = bytes(address, length, Dialogue.PACKET_BYTES - 1);
        return new Reply.Bytes(prefix, Arrays.copyOf(bytes, Escapes.fitting(bytes, Dialogue.PACKET_BYTES - 1)));
    }

    /** Less than asked for is right for gdb; dlv would read zeros for what is missing. */
    private byte[] bytes(long address, int length, int limit) throws TargetException {
        Inferior inferior = dialogue.inferior();
        byte[] bytes = inferior.readMemory(address, Math.min(length, limit));
        boolean tooShort = dialogue.personality().isLldb() && bytes.length < length;
        if (length > 0 && (bytes.length == 0 || tooShort)) {
            throw unreadable(address + bytes.length);
        }
        return bytes;
    }

    private Reply write(long address, byte[] bytes) throws TargetException {
        Inferior inferior = dialogue.inferior();
        if (bytes.length > 0) {
            inferior.writeMemory(address, bytes);
        }
        return Reply.ok();
    }

    private Reply search(long address, long length, byte[] pattern) throws TargetException {
        Inferior inferior = dialogue.inferior();
        if (pattern.length == 0 || pattern.length > PIECE_BYTES / 2) {
            throw new TargetException(Errno.EINVAL, "pattern too short or too long");
        }
        long done = 0;
        // Pieces overlap by the pattern's length less one, so that a hit across a border is found.
        while (Long.compareUnsigned(length - done, pattern.length) >= 0) {
            int size = (int) unsignedMin(length - done, PIECE_BYTES);
            byte[] piece = inferior.readMemory(address + done, size);
            int hit = indexOf(piece, pattern);
            if (hit >= 0) {
                return Reply.text("1," + Long.toHexString(address + done + hit));
            }
            if (piece.length < size) {
                throw unreadable(address + done + piece.length);
            }
            done += size - pattern.length + 1;
        }
        return Reply.text("0");
    }

    private static long unsignedMin(long left, long right) {
        return Long.compareUnsigned(left, right) < 0 ? left : right;
    }

    private static int indexOf(byte[] text, byte[] pattern) {
        for (int at = 0; at + pattern.length <= text.length; at++) {
            if (text[at] == pattern[0] && Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at;
            }
        }
        return -1;
    }

    private Reply checksum(long address, long length) throws TargetException {
        Inferior inferior = dialogue.inferior();
        int crc = -1;
        long done = 0;
        while (done != length) {
            int size = (int) unsignedMin(length - done, PIECE_BYTES);
            byte[] piece = inferior.readMemory(address + done, size);
            if (piece.length < size) {
                throw unreadable(address + done + piece.length);
            }
            crc = crc(crc, piece);
            done += size;
        }
        return Reply.text("C" + Integer.toHexString(crc));
    }

    /** The CRC of the protocol (manual, qCRC): polynomial 0x04c11db7, high bit first, not inverted at the end. */
    private static int crc(int start, byte[] bytes) {
        int crc = start;
        for (byte value : bytes) {
            crc ^= value << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc >> 31 & 0x04c11db7);
            }
        }
        return crc;
    }

    /** Without {@code permissions} lldb takes the range for a gap. */
    private static Reply region(MemoryRegion region) {
        StringBuilder text = new StringBuilder("start:").append(Long.toHexString(region.start()));
        text.append(";size:").append(Long.toHexString(region.lengthBytes())).append(';');
        if (region.mapped()) {
            text.append("permissions:")
                    .append(region.permissions().replace("-", ""))
                    .append(';');
        }
        if (!region.name().isEmpty()) {
            text.append("name:").append(Hex.of(region.name())).append(';');
        }
        return Reply.text(text.toString());
    }

    private static TargetException unreadable(long address) {
        return new TargetException(Errno.EFAULT, "cannot read memory at 0x" + Long.toHexString(address));
    }
}
