package dev.gostub.server.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starting programs, and the settings for the next start. */
public sealed interface LaunchCommand extends Command {
    /** {@code vRun;FILE;ARGUMENT;…} — an empty file is the program of the last start. */
    record Run(Optional<String> file, List<String> arguments) implements LaunchCommand {
        public Run {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code R XX} — once more; there is no reply. */
    record Restart() implements LaunchCommand {}

    /** {@code QStartupWithShell:0} or {@code 1}. */
    record StartupWithShell(boolean wanted) implements LaunchCommand {}

    /** {@code QDisableRandomization:0} or {@code 1}. */
    record DisableRandomization(boolean wanted) implements LaunchCommand {}

    /** {@code QEnvironmentHexEncoded:HEX} — {@code NAME=VALUE}. */
    record SetVariable(String name, String value) implements LaunchCommand {}

    /** {@code QEnvironmentUnset:HEX}. */
    record UnsetVariable(String name) implements LaunchCommand {}

    /** {@code QEnvironmentReset} — as if none of the former two had been sent. */
    record ResetEnvironment() implements LaunchCommand {}

    /** {@code QSetWorkingDir:HEX} — empty: the default. */
    record WorkingDirectory(Optional<String> directory) implements LaunchCommand {}

    static LaunchCommand run(PacketReader in) throws MalformedPacketException {
        in.expect(';');
        String file = Hex.decodeText(in.until(';'));
        List<String> arguments = new ArrayList<>();
        while (!in.atEnd()) {
            arguments.add(Hex.decodeText(in.until(';')));
        }
        return new Run(file.isEmpty() ? Optional.empty() : Optional.of(file), arguments);
    }

    static LaunchCommand startupWithShell(PacketReader in) throws MalformedPacketException {
        return new StartupWithShell(flag(in));
    }

    static LaunchCommand disableRandomization(PacketReader in) throws MalformedPacketException {
        return new DisableRandomization(flag(in));
    }

    static LaunchCommand setVariable(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String variable = Hex.decodeText(in.rest());
        int equals = variable.indexOf('=');
        if (equals <= 0) {
            throw new MalformedPacketException("NAME=VALUE expected: " + variable);
        }
        return new SetVariable(variable.substring(0, equals), variable.substring(equals + 1));
    }

    static LaunchCommand unsetVariable(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        return new UnsetVariable(Hex.decodeText(in.rest()));
    }

    static LaunchCommand workingDirectory(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String directory = Hex.decodeText(in.rest());
        return new WorkingDirectory(directory.isEmpty() ? Optional.empty() : Optional.of(directory));
    }

    /** {@code :0} or {@code :1}, and the end. */
    static boolean flag(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String value = in.rest();
        return switch (value) {
            case "0" -> false;
            case "1" -> true;
            default -> throw new MalformedPacketException("0 or 1 expected: " + value);
        };
    }
}
