package dev.gostub.server.transport;

import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.session.SessionSettings;
import dev.gostub.server.target.FakeTarget;
import java.nio.file.Path;

/** A server over a {@link FakeTarget}, to be tried by hand: {@code FakeServer gdb|lldb ADDRESS [quiet]}. */
final class FakeServer {
    private FakeServer() {}

    public static void main(String[] arguments) throws Exception {
        Personality personality = arguments[0].equals("lldb") ? Personality.lldb() : Personality.gdb();
        FakeTarget target = FakeTarget.running(0xeb);
        DebugServer server = DebugServer.start(
                ListenAddress.parse(arguments[1], Path::of),
                new SessionSettings(
                        target,
                        personality,
                        arguments.length > 2 ? PacketLog.none() : PacketLog.to(System.err::println),
                        cause -> System.err.println("session ended: " + cause)));
        System.err.println("listening on " + server.address());
    }
}
