package dev.gostub.it;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A debugger to run tests under: the machine's, or one of another age. {@code -Dgostub.gdb=COMMAND}, {@code gostub.lldb} and
 * {@code gostub.dlv} put another command in the place of the machine's.
 */
final class Client {
    private final String description;
    private final Supplier<List<String>> command;

    private Client(String description, Supplier<List<String>> command) {
        this.description = description;
        this.command = command;
    }

    static Client gdb() {
        return ofTheMachine("gdb");
    }

    static Client dlv() {
        return ofTheMachine("dlv");
    }

    static List<Client> gdbs() {
        return List.of(
                gdb(),
                new Client("gdb 16 of Debian trixie", () -> Debian.TRIXIE.command("gdb")),
                new Client("gdb 18 of Debian sid", () -> Debian.SID.command("gdb")));
    }

    static List<Client> lldbs() {
        return List.of(
                ofTheMachine("lldb"),
                new Client("lldb 16 of Debian bookworm", () -> Debian.BOOKWORM.command("lldb-16")),
                new Client("lldb 19 of Debian trixie", () -> Debian.TRIXIE.command("lldb")),
                new Client("lldb 21 of Debian sid", () -> Debian.SID.command("lldb")));
    }

    /** dlv starts the server itself, so that all of them run on the machine. */
    static List<Client> dlvs() {
        return List.of(
                dlv(),
                new Client(
                        "/usr/bin/dlv", () -> List.of(Tool.need("/usr/bin/dlv").toString())),
                copied("dlv 1.20 of Debian bookworm", Debian.BOOKWORM),
                copied("dlv 1.24 of Debian trixie", Debian.TRIXIE),
                copied("dlv of Debian sid", Debian.SID));
    }

    private static Client copied(String description, Debian release) {
        return new Client(description, () -> List.of(release.copy("dlv").toString()));
    }

    private static Client ofTheMachine(String name) {
        String chosen = System.getProperty("gostub." + name, "").strip();
        return chosen.isEmpty()
                ? new Client(name, () -> List.of(Tool.need(name).toString()))
                : new Client(chosen, () -> List.of(chosen.split("\\s+")));
    }

    /** The words that start it. Without it the running test is skipped. */
    List<String> command() {
        return command.get();
    }

    /** Its file, if it is one on the machine. */
    Path file() {
        return Path.of(command().getFirst());
    }

    @Override
    public String toString() {
        return description;
    }
}
