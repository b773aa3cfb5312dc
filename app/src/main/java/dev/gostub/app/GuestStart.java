package dev.gostub.app;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.HostProcess;
import dev.gostub.emulator.host.LiveHost;
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
final class GuestStart {
    private final GuestOptions options;
    private final Samples samples;
    private final Map<String, String> variables;
    private final Doorbell doorbell = new Doorbell();
    private final GuestTerminal terminal;
    private final OpenFolders folders;
    private boolean announced;

    GuestStart(GuestOptions options, Samples samples, Map<String, String> variables) throws UserError {
        this.options = options;
        this.folders = OpenFolders.of(options.files());
        this.samples = samples;
        this.variables = variables;
        this.terminal = new GuestTerminal(new LiveTerminal(doorbell));
    }

    /** For the program that runs in this process. */
    static GuestStart here(GuestOptions options) throws UserError {
        return new GuestStart(options, Samples.embedded(), HostProcess.environment());
    }

    /** Any thread: lets the machine look up from a wait for the outside world. */
    void wake() {
        doorbell.ring();
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
        Path above = Path.of(options.directory().orElse("/"));
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
        LiveHost host =
                new LiveHost(options.seed(), folders.files(), doorbell, variables, terminal).with(folders.mounts());
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
        machine.pace(options.pacing() == Pacing.REAL || options.pacing() == Pacing.USUAL && watched);
        if (!announced) folders.announcement().ifPresent(System.err::println);
        announced = true;
        if (options.traceSyscalls()) machine.traceSystemCalls(System.err::println);
        return machine;
    }

    /** Does with a machine that has come to its end what the user wants of it then. */
    void ended(Machine machine) throws UserError {
        folders.save(machine.vfs());
    }
}
