package dev.gostub.server.session;

import dev.gostub.server.handler.BreakpointHandler;
import dev.gostub.server.handler.CatchHandler;
import dev.gostub.server.handler.Dialogue;
import dev.gostub.server.handler.FileHandler;
import dev.gostub.server.handler.LaunchHandler;
import dev.gostub.server.handler.MemoryHandler;
import dev.gostub.server.handler.MonitorHandler;
import dev.gostub.server.handler.ProcessHandler;
import dev.gostub.server.handler.RegisterHandler;
import dev.gostub.server.handler.ResumeHandler;
import dev.gostub.server.handler.SessionHandler;
import dev.gostub.server.handler.SignalHandler;
import dev.gostub.server.handler.ThreadHandler;
import dev.gostub.server.handler.TransferHandler;
import dev.gostub.server.packet.BreakpointCommand;
import dev.gostub.server.packet.CatchCommand;
import dev.gostub.server.packet.Command;
import dev.gostub.server.packet.FileCommand;
import dev.gostub.server.packet.LaunchCommand;
import dev.gostub.server.packet.MemoryCommand;
import dev.gostub.server.packet.MonitorLine;
import dev.gostub.server.packet.ProcessCommand;
import dev.gostub.server.packet.RegisterCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.ResumeCommand;
import dev.gostub.server.packet.SessionCommand;
import dev.gostub.server.packet.SignalCommand;
import dev.gostub.server.packet.ThreadCommand;
import dev.gostub.server.packet.TransferCommand;
import dev.gostub.server.target.TargetException;
import java.util.function.BooleanSupplier;

/** Sends each command to the handler of its family. */
final class Dispatcher {
    private final BreakpointHandler breakpoints;
    private final CatchHandler catchpoints;
    private final FileHandler files;
    private final LaunchHandler launch;
    private final MemoryHandler memory;
    private final MonitorHandler monitor;
    private final ProcessHandler processes;
    private final RegisterHandler registers;
    private final ResumeHandler resume;
    private final SessionHandler session;
    private final SignalHandler signals;
    private final ThreadHandler threads;
    private final TransferHandler transfer;

    Dispatcher(Dialogue dialogue, BooleanSupplier interrupted) {
        breakpoints = new BreakpointHandler(dialogue);
        catchpoints = new CatchHandler(dialogue);
        files = new FileHandler(dialogue);
        launch = new LaunchHandler(dialogue, breakpoints);
        memory = new MemoryHandler(dialogue);
        monitor = new MonitorHandler(dialogue);
        processes = new ProcessHandler(dialogue, breakpoints);
        registers = new RegisterHandler(dialogue);
        resume = new ResumeHandler(dialogue, interrupted);
        session = new SessionHandler(dialogue);
        signals = new SignalHandler(dialogue);
        threads = new ThreadHandler(dialogue);
        transfer = new TransferHandler(dialogue);
    }

    Reply answer(Command command) throws TargetException {
        return switch (command) {
            case BreakpointCommand breakpoint -> breakpoints.handle(breakpoint);
            case CatchCommand event -> catchpoints.handle(event);
            case FileCommand file -> files.handle(file);
            case LaunchCommand start -> launch.handle(start);
            case MemoryCommand access -> memory.handle(access);
            case MonitorLine line -> monitor.handle(line);
            case ProcessCommand process -> processes.handle(process);
            case RegisterCommand register -> registers.handle(register);
            case ResumeCommand run -> resume.handle(run);
            case SessionCommand agreement -> session.handle(agreement);
            case SignalCommand signal -> signals.handle(signal);
            case ThreadCommand thread -> threads.handle(thread);
            case TransferCommand read -> transfer.handle(read);
        };
    }

    /** True if the answer is there in a moment: it neither lets the program run nor waits for the host. */
    boolean isBrief(Command command) {
        return switch (command) {
            case BreakpointCommand _, MemoryCommand _, RegisterCommand _, ThreadCommand _ -> true;
            case ResumeCommand run -> resume.isBrief(run);
            case CatchCommand _,
                    FileCommand _,
                    LaunchCommand _,
                    MonitorLine _,
                    ProcessCommand _,
                    SessionCommand _,
                    SignalCommand _,
                    TransferCommand _ -> false;
        };
    }

    /** Takes back what must not outlive the session. */
    void cleanUp() throws TargetException {
        breakpoints.removeAll();
        catchpoints.removeAll();
    }
}
