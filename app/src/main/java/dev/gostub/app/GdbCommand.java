package dev.gostub.app;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.server.transport.ListenAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The line to paste into another terminal. */
final class GdbCommand {
    private GdbCommand() {}

    /**
     * Starts gdb on the server.
     *
     * @param program the file to debug; empty if the client is to name one
     */
    static String text(ListenAddress address, Optional<Path> program) {
        String target = program.isPresent() ? "target remote " : "target extended-remote ";
        String command = "gdb -ex " + quoted(target + place(address));
        return program.isPresent() ? command + " " + quoted(shortest(program.get())) : command;
    }

    private static String place(ListenAddress address) {
        if (address instanceof ListenAddress.Unix unix) return HostPaths.name(unix.path());
        // Not a type switch: the first one of a JVM costs milliseconds, and this is on the way to every start.
        ListenAddress.Tcp tcp = (ListenAddress.Tcp) address;
        if (tcp.host().equals("127.0.0.1")) return ":" + tcp.port();
        boolean everywhere = tcp.host().equals("0.0.0.0") || tcp.host().equals("::");
        return everywhere ? "THIS-HOST:" + tcp.port() : tcp.toString();
    }

    /** Relative to the current folder if it is in there. */
    private static String shortest(Path file) {
        Path here = HostPaths.of("");
        return HostPaths.name(file.startsWith(here) ? here.relativize(file) : file);
    }

    /** For a shell. What a terminal cannot show stands in the escapes of {@code $'...'}. */
    private static String quoted(String word) {
        String shown = GuestText.shown(word);
        if (shown.chars().filter(c -> c == '\\').count()
                > word.chars().filter(c -> c == '\\').count()) {
            return "$'" + GuestText.shown(word.replace("\\", "\\\\").replace("'", "\\'")) + "'";
        }
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (!Character.isLetterOrDigit(c) && "/._-+=:@%,".indexOf(c) < 0) {
                return "'" + shown.replace("'", "'\\''") + "'";
            }
        }
        return shown;
    }
}
