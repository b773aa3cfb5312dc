package dev.gostub.server.packet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All packets we know, one line each, grouped by family. A name is matched whole, up to its delimiter. A switch and not a
 * map of method references: those cost half a millisecond each when they are first linked.
 */
public final class PacketTable {
    private PacketTable() {}

    /**
     * Understands one packet.
     *
     * @return the command, or empty if its name is not in the table
     * @throws MalformedPacketException the name is known, the arguments make no sense
     */
    public static Optional<Command> parse(byte[] payload) throws MalformedPacketException {
        if (payload.length == 0) {
            return Optional.empty();
        }
        PacketReader in = new PacketReader(payload);
        return switch (payload[0]) {
            case 'q', 'Q', 'v' -> named(in.name(), in);
            default -> letter(in.character(), in);
        };
    }

    // spotless:off
    private static Optional<Command> letter(char letter, PacketReader in) throws MalformedPacketException {
        return Optional.ofNullable(switch (letter) {
            // session
            case '!' -> new SessionCommand.ExtendedMode();
            // resume
            case '?' -> new ResumeCommand.HaltReason();
            case 'c' -> ResumeCommand.run(in);
            case 's' -> ResumeCommand.step(in);
            case 'C' -> ResumeCommand.runWithSignal(in);
            case 'S' -> ResumeCommand.stepWithSignal(in);
            // registers
            case 'g' -> RegisterCommand.readAll(in);
            case 'G' -> RegisterCommand.writeAll(in);
            case 'p' -> RegisterCommand.read(in);
            case 'P' -> RegisterCommand.write(in);
            // memory
            case 'm' -> MemoryCommand.read(in);
            case 'x' -> MemoryCommand.readBinary(in);
            case 'M' -> MemoryCommand.write(in);
            case 'X' -> MemoryCommand.writeBinary(in);
            // breakpoints and watchpoints
            case 'Z' -> BreakpointCommand.insert(in);
            case 'z' -> BreakpointCommand.remove(in);
            // threads
            case 'H' -> ThreadCommand.select(in);
            case 'T' -> ThreadCommand.alive(in);
            // process
            case 'D' -> ProcessCommand.detach(in);
            case 'k' -> new ProcessCommand.Kill();
            // launch
            case 'R' -> new LaunchCommand.Restart();
            default  -> null;
        });
    }

    private static Optional<Command> named(String name, PacketReader in) throws MalformedPacketException {
        return Optional.ofNullable(switch (name) {
            // session
            case "qSupported"              -> SessionCommand.supported(in);
            case "QStartNoAckMode"         -> new SessionCommand.StartNoAckMode();
            case "QNonStop"                -> SessionCommand.nonStop(in);
            case "qSymbol"                 -> new SessionCommand.SymbolsOffered();
            case "QThreadSuffixSupported"  -> new SessionCommand.ThreadSuffix();
            case "QListThreadsInStopReply" -> new SessionCommand.ThreadsInStopReply();
            case "qHostInfo"               -> new SessionCommand.HostQuestion();
            // resume
            case "vCont?"                  -> new ResumeCommand.Actions();
            case "vCont"                   -> ResumeCommand.vCont(in);
            case "vCtrlC"                  -> new ResumeCommand.InterruptRequest();
            // memory
            case "qSearch"                 -> MemoryCommand.search(in);
            case "qCRC"                    -> MemoryCommand.checksum(in);
            case "qMemoryRegionInfo"       -> MemoryCommand.region(in);
            // threads
            case "qC"                      -> new ThreadCommand.Current();
            case "qfThreadInfo"            -> new ThreadCommand.First();
            case "qsThreadInfo"            -> new ThreadCommand.Next();
            case "qThreadExtraInfo"        -> ThreadCommand.extraText(in);
            case "qGetTLSAddr"             -> ThreadCommand.threadLocal(in);
            // signals
            case "QPassSignals"            -> SignalCommand.pass(in);
            case "QProgramSignals"         -> SignalCommand.program(in);
            // events
            case "QCatchSyscalls"          -> CatchCommand.systemCalls(in);
            // documents and files
            case "qXfer"                   -> TransferCommand.parse(in);
            case "vFile"                   -> FileCommand.parse(in);
            // process
            case "qAttached"               -> new ProcessCommand.Attached();
            case "vKill"                   -> ProcessCommand.killProcess(in);
            case "vAttach"                 -> ProcessCommand.attach(in);
            case "qExecAndArgs"            -> new ProcessCommand.ExecutableAndArguments();
            case "qProcessInfo"            -> new ProcessCommand.Describe();
            case "qProcessInfoPID"         -> ProcessCommand.describePid(in);
            // launch
            case "vRun"                    -> LaunchCommand.run(in);
            case "QStartupWithShell"       -> LaunchCommand.startupWithShell(in);
            case "QDisableRandomization"   -> LaunchCommand.disableRandomization(in);
            case "QEnvironmentHexEncoded"  -> LaunchCommand.setVariable(in);
            case "QEnvironmentUnset"       -> LaunchCommand.unsetVariable(in);
            case "QEnvironmentReset"       -> new LaunchCommand.ResetEnvironment();
            case "QSetWorkingDir"          -> LaunchCommand.workingDirectory(in);
            // monitor
            case "qRcmd"                   -> MonitorLine.parse(in);
            default                        -> unspaced(name);
        });
    }
    // spotless:on

    /** lldb's names that run into their argument without a delimiter. */
    private static @Nullable Command unspaced(String text) throws MalformedPacketException {
        if (text.startsWith("qRegisterInfo")) {
            return RegisterCommand.describe(new PacketReader(text.substring("qRegisterInfo".length())));
        }
        if (text.startsWith("qThreadStopInfo")) {
            return ThreadCommand.stopOf(new PacketReader(text.substring("qThreadStopInfo".length())));
        }
        return null;
    }
}
