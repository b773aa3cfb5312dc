package dev.gostub.server.packet;

import java.util.OptionalLong;

/** The process as a whole: what it is, ending it, letting go of it. */
public sealed interface ProcessCommand extends Command {
    /** {@code qAttached[:PID]} — attached to, or started by us. */
    record Attached() implements ProcessCommand {}

    /** {@code k} — end it; the client does not expect an answer. */
    record Kill() implements ProcessCommand {}

    /** {@code vKill;PID}. */
    record KillProcess(long pid) implements ProcessCommand {}

    /** {@code D[;PID]}. */
    record Detach(OptionalLong pid) implements ProcessCommand {}

    /** {@code vAttach;PID}. */
    record Attach(long pid) implements ProcessCommand {}

    /** {@code qExecAndArgs} — program and arguments the server was started with. */
    record ExecutableAndArguments() implements ProcessCommand {}

    /** {@code qProcessInfo} — lldb. */
    record Describe() implements ProcessCommand {}

    /** {@code qProcessInfoPID:PID} — lldb; the number is decimal. */
    record DescribePid(String pid) implements ProcessCommand {}

    static ProcessCommand killProcess(PacketReader in) throws MalformedPacketException {
        in.expect(';');
        return new KillProcess(pid(in));
    }

    static ProcessCommand attach(PacketReader in) throws MalformedPacketException {
        in.expect(';');
        return new Attach(pid(in));
    }

    static ProcessCommand detach(PacketReader in) throws MalformedPacketException {
        return new Detach(in.skip(';') ? OptionalLong.of(pid(in)) : OptionalLong.empty());
    }

    static ProcessCommand describePid(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        return new DescribePid(in.rest());
    }

    private static long pid(PacketReader in) throws MalformedPacketException {
        long pid = in.hex();
        in.end();
        return pid;
    }
}
