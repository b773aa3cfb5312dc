package dev.gostub.server.handler;

import dev.gostub.server.target.Inferior;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a program keeps in its memory, which may say anything or be missing. */
final class ProgramMemory {
    private static final int LONGEST_TEXT = 4096;

    private final Inferior inferior;

    ProgramMemory(Inferior inferior) {
        this.inferior = inferior;
    }

    Optional<Long> word(long address) {
        return block(address, Long.BYTES).map(ByteBuffer::getLong);
    }

    Optional<Integer> integer(long address) {
        return block(address, Integer.BYTES).map(ByteBuffer::getInt);
    }

    /** Up to its terminating 0; a character a byte. */
    String text(long address) {
        byte[] bytes = inferior.readMemory(address, LONGEST_TEXT);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** All of it, or nothing. */
    Optional<ByteBuffer> block(long address, int lengthBytes) {
        byte[] bytes = inferior.readMemory(address, lengthBytes);
        return bytes.length < lengthBytes
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
}
