package dev.gostub.app;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.HostProcess;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.transport.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commands that serve a debugger: {@code debug}, {@code demo}, and the {@code lldb-server} that dlv starts. */
final class DebugCommand {
    private static final String DEMO_SAMPLE = "hello";

    private DebugCommand() {}

    static int debug(Invocation.Debug debug) throws UserError {
        return debug(debug, DebugCommand::sayReady);
    }

    /**
     * Serves until the end.
     *
     * @param ready is told once clients can connect
     */
    static int debug(Invocation.Debug debug, Ready ready) throws UserError {
        Logging.level(debug.options().logLevel());
        GuestStart guest = GuestStart.here(debug.options());
        MachineTarget target = new MachineTarget(guest);
        if (debug.program().isPresent()) target.load(debug.program().get());
        Serving.Lifetime lifetime = debug.once()
                ? Serving.Lifetime.ONE_CLIENT
                : debug.program().isPresent() ? Serving.Lifetime.ONE_GUEST : Serving.Lifetime.FOREVER;
        try (guest;
                Serving serving = Serving.gdb(target, lifetime, debug.listen(), packetLog(debug.options()))) {
            // Ctrl-C is how this command is usually ended: then, too, a socket file goes, and the JVM need not wait for
            // the network's thread.
            Runtime.getRuntime().addShutdownHook(new Thread(serving::stopListening));
            ready.at(serving.address(), debug.program(), guest.opened());
            int status = serving.await();
            target.ended();
            return status;
        }
    }

    /** Told where a server listens, and for which program. */
    @FunctionalInterface
    interface Ready {
        void at(ListenAddress address, Optional<ProgramLine> program, Optional<String> opened);
    }

    static void sayReady(ListenAddress address, Optional<ProgramLine> program, Optional<String> opened) {
        Optional<Path> file = program.map(line -> Samples.embedded().find(line.name()));
        // In one write, so that whoever waits for the first line finds the others.
        System.err.print("gostub: listening on " + place(address)
                + opened.map(text -> "\ngostub: " + text).orElse("") + "\ngostub: " + GdbCommand.text(address, file)
                + "\n");
        System.err.flush();
    }

    private static String place(ListenAddress address) {
        return address instanceof ListenAddress.Unix(Path path, String _)
                ? "unix:" + GuestText.shown(HostPaths.name(path))
                : address.toString();
    }

    /** Output of the guest goes to the client, as dlv gives us none of its own streams. */
    static int lldbServer(Invocation.LldbServer line) throws UserError {
        return lldbServer(line, (_, _, _) -> {});
    }

    static int lldbServer(Invocation.LldbServer line, Ready ready) throws UserError {
        GuestStart guest = GuestStart.here(line.options());
        MachineTarget target = new MachineTarget(guest);
        if (line.program().isPresent()) target.load(line.program().get());
        try (Serving serving = Serving.lldb(target, line.listen(), PacketLog.none())) {
            ready.at(serving.address(), line.program(), guest.opened());
            int status = serving.await();
            target.ended();
            return status;
        }
    }

    static int demo() throws UserError {
        Path gdb = Demo.debugger(Optional.ofNullable(HostProcess.environment().get("PATH")));
        GuestStart guest = GuestStart.here(GuestOptions.defaults());
        MachineTarget target = new MachineTarget(guest);
        Path program = Samples.embedded().file(DEMO_SAMPLE);
        target.load(new ProgramLine(HostPaths.name(program), List.of()));
        ListenAddress anyPort = new ListenAddress.Tcp("127.0.0.1", 0);
        try (Serving serving = Serving.gdb(target, Serving.Lifetime.FOREVER, anyPort, PacketLog.none())) {
            Demo demo = new Demo(program, port(serving.address()));
            return Boolean.getBoolean("gostub.terminal") ? demo.interactive(gdb) : demo.batch(gdb);
        }
    }

    static int port(ListenAddress address) {
        if (address instanceof ListenAddress.Tcp tcp) return tcp.port();
        throw new IllegalStateException("no port: " + address);
    }

    private static PacketLog packetLog(GuestOptions options) {
        return options.tracePackets() ? PacketLog.to(System.err::println) : PacketLog.none();
    }
}
