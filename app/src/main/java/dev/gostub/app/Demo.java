package dev.gostub.app;

import dev.gostub.emulator.host.HostPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code gostub demo}: the gdb of this machine attached to the sample {@code hello}. On a terminal the user gets gdb's
 * prompt with the opening of the {@link Walkthrough} done; without one the whole walkthrough is run and checked.
 */
final class Demo {
    private static final List<String> DEBUGGERS = List.of("gdb", "gdb-multiarch");

    private final Path program;
    private final int port;

    /**
     * @param program the sample
     * @param port where a server on the loopback address offers it to a client of the extended protocol
     */
    Demo(Path program, int port) {
        this.program = program;
        this.port = port;
    }

    /** The gdb to use, searched before anything is started. */
    static Path debugger(Optional<String> searchPath) throws UserError {
        for (String name : DEBUGGERS) {
            for (String folder : searchPath.orElse("").split(":", -1)) {
                Path file = HostPaths.of(folder + "/" + name);
                if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) return file;
            }
        }
        throw new UserError("no gdb found on PATH; install it (Debian, Ubuntu: apt-get install gdb; "
                + "Fedora: dnf install gdb; macOS: brew install gdb) and run this again");
    }

    /** Leaves the user at gdb's prompt; the result is gdb's exit status. */
    int interactive(Path gdb) throws UserError {
        List<String> command = command(gdb);
        command.addAll(Walkthrough.arguments(Walkthrough.opening()));
        command.add("-ex");
        command.add("echo \\nTry:  break main.main     and then  continue     to run up to the program itself\\n"
                + "      stepi                  to follow the first instructions of the Go runtime\\n"
                + "      info threads           and  backtrace            to see where everyone is\\n");
        try {
            return start(command, ProcessBuilder.Redirect.INHERIT).waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Runs the whole walkthrough, prints it, and says whether it came out right: 0, or 1 with the first fault. */
    int batch(Path gdb) throws UserError {
        List<String> command = command(gdb);
        command.add(1, "-batch");
        command.addAll(Walkthrough.arguments(Walkthrough.whole()));
        Process process = start(command, ProcessBuilder.Redirect.PIPE);
        String output = echo(process.getInputStream());
        Optional<String> fault = Walkthrough.fault(Walkthrough.whole(), output);
        if (fault.isPresent()) {
            System.err.println("gostub: the walkthrough did not come out right: " + fault.get());
            return 1;
        }
        System.out.println("gostub: the walkthrough came out right");
        return 0;
    }

    private List<String> command(Path gdb) {
        return new ArrayList<>(List.of(
                gdb.toString(),
                "-nx",
                "-q",
                "-iex",
                "set auto-load off",
                "-ex",
                "set confirm off",
                "-ex",
                "set pagination off",
                "-ex",
                "set width 0",
                "-ex",
                "target extended-remote 127.0.0.1:" + port,
                "-ex",
                "set remote exec-file " + program,
                program.toString()));
    }

    private static Process start(List<String> command, ProcessBuilder.Redirect output) throws UserError {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("DEBUGINFOD_URLS"); // or gdb asks a server for the sources of the Go runtime
        if (output == ProcessBuilder.Redirect.PIPE) builder.redirectErrorStream(true);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UserError("cannot start " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** Everything the stream brings, printed as it comes. */
    private static String echo(InputStream stream) throws UserError {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try (stream) {
            for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                all.write(chunk, 0, read);
                System.out.write(chunk, 0, read);
                System.out.flush();
            }
        } catch (IOException e) {
            throw new UserError("gdb's output broke off: " + e.getMessage());
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
