package dev.gostub.server.packet;

import dev.gostub.server.target.Errno;
import java.util.Arrays;

/** The answer to one command. */
public sealed interface Reply {
    /** {@code OK}. */
    record Ok() implements Reply {}

    /** The empty packet: we do not know this. */
    record Unsupported() implements Reply {}

    /** {@code E NN}, or text for clients that take text. */
    record Failure(Errno errno, String message) implements Reply {}

    /** Plain text; the writer of it answers for not using {@code # $ * } or braces. */
    record Text(String text) implements Reply {}

    /** Plain text followed by data in binary, which the writer escapes. */
    record Bytes(String prefix, byte[] data) implements Reply {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes(String theirPrefix, byte[] theirs)
                    && prefix.equals(theirPrefix)
                    && Arrays.equals(data, theirs);
        }

        @Override
        public int hashCode() {
            return prefix.hashCode() * 31 + Arrays.hashCode(data);
        }
    }

    /** Data as pairs of hexadecimal digits. */
    record Digits(byte[] data) implements Reply {
        @Override
        public boolean equals(Object other) {
            return other instanceof Digits(byte[] theirs) && Arrays.equals(data, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }
    }

    /** No answer at all; only where the protocol wants none. */
    record Nothing() implements Reply {}

    static Reply ok() {
        return new Ok();
    }

    static Reply unsupported() {
        return new Unsupported();
    }

    static Reply failure(Errno errno, String message) {
        return new Failure(errno, message);
    }

    static Reply text(String text) {
        return new Text(text);
    }

    static Reply nothing() {
        return new Nothing();
    }
}
