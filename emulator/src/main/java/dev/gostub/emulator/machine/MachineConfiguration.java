package dev.gostub.emulator.machine;

import dev.gostub.emulator.host.Host;
import java.util.List;
import java.util.Optional;

/**
 * What a machine is started with.
 *
 * @param host the world outside; its seed is the machine's
 * @param program path as the user gave it; relative ones start at {@code workingDirectory}
 * @param content the program's bytes where there is no such file; it then appears at {@code program}, which must be absolute
 * @param arguments with argument 0
 * @param environment {@code NAME=value}, in the order in which the program will see it
 * @param workingDirectory absolute
 * @param processors how many processors the guest believes to have, 1 to 64
 * @param memoryBytes how much memory the guest believes to have
 */
public record MachineConfiguration(
        Host host,
        String program,
        Optional<byte[]> content,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        int processors,
        long memoryBytes) {
    public static final int USUAL_PROCESSORS = 4;
    public static final long USUAL_MEMORY_BYTES = 8L << 30;

    public MachineConfiguration {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** A program of the host's tree with the host's environment and working directory. */
    public static MachineConfiguration of(Host host, String program, List<String> arguments) {
        List<String> environment = host.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return new MachineConfiguration(
                host,
                program,
                Optional.empty(),
                arguments,
                environment,
                host.workingDirectory(),
                USUAL_PROCESSORS,
                USUAL_MEMORY_BYTES);
    }
}
