package dev.gostub.server.packet;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Registers, by number as the target description counts them. An absent thread is the selected one. */
public sealed interface RegisterCommand extends Command {
    /** {@code g[;thread:TID;]} — all of them. */
    record ReadAll(Optional<ThreadSelector> thread) implements RegisterCommand {}

    /** {@code G HEX[;thread:TID;]} — all of them, or the first ones. */
    record WriteAll(byte[] block, Optional<ThreadSelector> thread) implements RegisterCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof WriteAll(byte[] theirs, Optional<ThreadSelector> theirThread)
                    && Arrays.equals(block, theirs)
                    && thread.equals(theirThread);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Arrays.hashCode(block), thread);
        }
    }

    /** {@code p NUMBER[;thread:TID;]}. */
    record Read(int number, Optional<ThreadSelector> thread) implements RegisterCommand {}

    /** {@code P NUMBER=HEX[;thread:TID;]}. */
    record Write(int number, byte[] value, Optional<ThreadSelector> thread) implements RegisterCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Write(int theirNumber, byte[] theirs, Optional<ThreadSelector> theirThread)
                    && number == theirNumber
                    && Arrays.equals(value, theirs)
                    && thread.equals(theirThread);
        }

        @Override
        public int hashCode() {
            return Objects.hash(number, Arrays.hashCode(value), thread);
        }
    }

    /** {@code qRegisterInfo NUMBER} — lldb: name, size and place of one register. */
    record Describe(int number) implements RegisterCommand {}

    static RegisterCommand readAll(PacketReader in) throws MalformedPacketException {
        return new ReadAll(in.threadSuffix());
    }

    static RegisterCommand writeAll(PacketReader in) throws MalformedPacketException {
        String arguments = in.rest();
        return new WriteAll(Hex.decode(values(arguments)), suffix(arguments));
    }

    static RegisterCommand read(PacketReader in) throws MalformedPacketException {
        return new Read(in.smallHex(), in.threadSuffix());
    }

    static RegisterCommand write(PacketReader in) throws MalformedPacketException {
        int number = in.smallHex();
        in.expect('=');
        String arguments = in.rest();
        return new Write(number, Hex.decode(values(arguments)), suffix(arguments));
    }

    static RegisterCommand describe(PacketReader in) throws MalformedPacketException {
        int number = in.smallHex();
        in.end();
        return new Describe(number);
    }

    private static String values(String arguments) {
        int semicolon = arguments.indexOf(';');
        return semicolon < 0 ? arguments : arguments.substring(0, semicolon);
    }

    private static Optional<ThreadSelector> suffix(String arguments) throws MalformedPacketException {
        int semicolon = arguments.indexOf(';');
        return semicolon < 0 ? Optional.empty() : new PacketReader(arguments.substring(semicolon)).threadSuffix();
    }
}
