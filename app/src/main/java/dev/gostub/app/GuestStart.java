package dev.gostub.app;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.host.HostNetwork;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.HostProcess;
import dev.gostub.emulator.host.LiveHost;
import dev.gostub.emulator.host.LiveNetwork;
import dev.gostub.emulator.host.LiveTerminal;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.MachineConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes machines as the user's options say; what all of them share is the terminal. */
final class GuestStart implements AutoCloseable {
    /** How long what a program sent last may take to go. */
    static final long DRAIN_MILLIS = 2000;

    private final GuestOptions options;
    private final Samples samples;
    private final Map<String, String> variables;
    private final Doorbell doorbell = new Doorbell();
    private final GuestTerminal terminal;
    private final OpenFolders folders;
    private final Optional<LiveNetwork> network;
    private boolean begun;

    GuestStart(GuestOptions options, Samples samples, Map<String, String> variables) throws UserError {
        this.options = options;
        this.folders = OpenFolders.of(options.files());
        this.samples = samples;
        this.variables = variables;
        this.terminal = new GuestTerminal(new LiveTerminal(doorbell));
        this.network = options.network().isNone()
                ? Optional.empty()
                : Optional.of(options.network().open(doorbell));
    }

    /** For the program that runs in this process. */
    static GuestStart here(GuestOptions options) throws UserError {
        GuestStart guest = new GuestStart(options, Samples.embedded(), HostProcess.environment());
        Runtime.getRuntime().addShutdownHook(new Thread(guest::close));
        return guest;
    }

    /** Any thread: at the end of this process, which must not wait for a read of the terminal. */
    @Override
    public void close() {
        terminal.close();
    }

    /** Any thread: lets the machine look up from a wait for the outside world. */
    void wake() {
        doorbell.ring();
    }

    /** What of the world outside is open, in words; empty if nothing is. */
    Optional<String> opened() {
        List<String> parts = new ArrayList<>();
        network.map(options.network()::opened).ifPresent(parts::add);
        folders.opened().ifPresent(parts::add);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    /** The program has ended: what it has sent goes out, the network is closed, and what it wrote is saved if that is wanted. */
    void leave(Machine machine) throws UserError {
        if (network.isPresent()) {
            machine.drain(DRAIN_MILLIS);
            network.get().close();
        }
        folders.save(machine.vfs());
    }

    GuestTerminal terminal() {
        return terminal;
    }

    /** The environment of a program, before a debugger changes it. */
    List<String> environment(Path program) throws UserError {
        return GuestEnvironment.of(options, samples.contains(program), samples, variables);
    }

    /** The file that a user, or a debugger, means. */
    Path file(String name) {
        if (!folders.hasOwnRoot()) return samples.find(name);
        Path above = HostPaths.of(options.directory().orElse("/"));
        return HostPaths.of(name.startsWith("/") ? name : HostPaths.name(above) + "/" + name)
                .normalize();
    }

    /**
     * A program with all that it starts with.
     *
     * @param name argument 0
     * @param arguments those after it
     */
    record Start(
            Path program, String name, List<String> arguments, List<String> environment, Optional<String> directory) {
        Start {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    Start start(ProgramLine line) throws UserError {
        Path program = file(line.name());
        folders.requireVisible(program);
        String name = argumentZero(line.name(), program);
        return new Start(program, name, line.arguments(), environment(program), options.directory());
    }

    /** As a shell would have it: what was typed, if that is a path to the file. */
    static String argumentZero(String typed, Path program) {
        return HostPaths.of(typed).normalize().equals(program) ? typed : HostPaths.name(program);
    }

    /**
     * Loads a program.
     *
     * @param watched is somebody there to notice how long a sleep takes
     * @throws BadProgramException it cannot be run
     */
    Machine machine(Start start, boolean watched) throws BadProgramException {
        LiveHost host = new LiveHost(options.seed(), folders.files(), doorbell, variables, terminal);
        // Clients may have come before there was a first machine: they are its.
        if (begun) network.ifPresent(LiveNetwork::renew);
        begun = true;
        host.with(network.isPresent() ? network.get() : HostNetwork.none()).with(folders.mounts());
        String program = HostPaths.name(start.program());
        List<String> arguments = new ArrayList<>();
        arguments.add(start.name());
        arguments.addAll(start.arguments());
        String usual = folders.hasOwnRoot() ? "/" : "";
        Path directory = HostPaths.of(start.directory().orElse(usual)).normalize();
        Machine machine = new Machine(new MachineConfiguration(
                host,
                program,
                Optional.empty(),
                arguments,
                start.environment(),
                HostPaths.name(directory),
                options.cpus(),
                options.memoryBytes().orElse(MachineConfiguration.USUAL_MEMORY_BYTES)));
        boolean noticed = watched || network.isPresent();
        machine.pace(options.pacing() == Pacing.REAL || options.pacing() == Pacing.USUAL && noticed);
        if (options.traceSyscalls()) machine.traceSystemCalls(System.err::println);
        return machine;
    }
}
