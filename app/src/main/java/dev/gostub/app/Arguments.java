package dev.gostub.app;

import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.HostProcess;
import dev.gostub.server.transport.ListenAddress;
import dev.gostub.server.transport.ListenException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns the words of the command line into an {@link Invocation}, or says in one line why that cannot be done. */
final class Arguments {
    private static final List<String> LOG_LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    private static final String DEFAULT_LISTEN = "127.0.0.1:1234";
    private static final int CPUS_MOST = 64;
    /** Options of the guest for a back end that dlv starts. */
    static final String OPTIONS_VARIABLE = "GOSTUB_OPTIONS";

    private Arguments() {}

    static Invocation parse(List<String> words) throws UserError {
        if (words.isEmpty()) throw new UserError("no command given; one of " + commands() + ", or --help");
        String command = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        return switch (command) {
            case "-h", "--help", "help" -> new Invocation.Show(help(rest));
            case "-V", "--version" -> new Invocation.Show(version());
            case "debug" -> debug(read(command, rest));
            case "run" -> run(read(command, rest));
            case "dlv" -> isHelp(rest) ? new Invocation.Show(help(words)) : new Invocation.Delve(rest);
            case "demo" -> withoutArguments(command, rest, new Invocation.Demo());
            case "samples" -> withoutArguments(command, rest, new Invocation.ListSamples());
            case "syscalls" -> withoutArguments(command, rest, new Invocation.ListSyscalls());
            case "training-run" -> new Invocation.TrainingRun();
            case "lldb-server" -> LldbServerLine.parse(rest, inherited());
            default -> throw new UserError("no command '" + command + "'; one of " + commands() + ", or --help");
        };
    }

    private static String commands() {
        return String.join(", ", Commands.NAMES);
    }

    private static boolean isHelp(List<String> rest) {
        return !rest.isEmpty()
                && (rest.getFirst().equals("-h") || rest.getFirst().equals("--help"));
    }

    private static String help(List<String> rest) {
        CommandSpec spec = !rest.isEmpty() && Commands.NAMES.contains(rest.getFirst())
                ? Commands.standalone(rest.getFirst())
                : Commands.root();
        return new CommandLine(spec).getUsageMessage(Ansi.AUTO);
    }

    private static String version() {
        String version = Arguments.class.getPackage().getImplementationVersion();
        return "gostub " + (version == null ? "(not packaged)" : version) + "\n";
    }

    private static ParseResult read(String command, List<String> rest) throws UserError {
        CommandLine line = new CommandLine(Commands.standalone(command));
        line.setStopAtPositional(true); // everything after PROGRAM is the guest's
        line.setExpandAtFiles(false);
        line.setInterpolateVariables(false);
        line.setCaseInsensitiveEnumValuesAllowed(false);
        try {
            return line.parseArgs(rest.toArray(new String[0]));
        } catch (ParameterException e) {
            String message = e.getMessage() == null
                    ? "bad arguments"
                    : e.getMessage().lines().findFirst().orElse("");
            throw new UserError(lowerFirst(message) + "; see gostub " + command + " --help");
        }
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static Invocation withoutArguments(String command, List<String> rest, Invocation what) throws UserError {
        if (isHelp(rest)) return new Invocation.Show(help(List.of(command)));
        if (!rest.isEmpty()) throw new UserError(command + " takes no arguments; see gostub " + command + " --help");
        return what;
    }

    private static Invocation debug(ParseResult line) throws UserError {
        if (line.isUsageHelpRequested()) return new Invocation.Show(help(List.of("debug")));
        ListenAddress address = address(text(line, "--listen").orElse(DEFAULT_LISTEN));
        return new Invocation.Debug(address, line.hasMatchedOption("--once"), options(line), program(line));
    }

    /** Reads {@code HOST:PORT}, {@code :PORT} or {@code unix:PATH}. */
    static ListenAddress address(String text) throws UserError {
        try {
            return ListenAddress.parse(text, HostPaths::of);
        } catch (ListenException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private static Invocation run(ParseResult line) throws UserError {
        if (line.isUsageHelpRequested()) return new Invocation.Show(help(List.of("run")));
        GuestOptions options = options(line);
        Optional<ProgramLine> program = program(line);
        if (program.isEmpty()) throw new UserError("no program given; see gostub run --help");
        return new Invocation.Run(options, program.get());
    }

    private static Optional<ProgramLine> program(ParseResult line) {
        List<String> words = line.matchedPositionalValue(0, List.of());
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProgramLine(words.getFirst(), words.subList(1, words.size())));
    }

    private static GuestOptions options(ParseResult line) throws UserError {
        List<String> environment = line.matchedOptionValue("--env", List.of());
        for (String each : environment) {
            if (each.indexOf('=') < 1) throw new UserError("bad --env '" + each + "': give NAME=VALUE");
        }
        return new GuestOptions(
                environment,
                line.hasMatchedOption("--clean-env"),
                text(line, "--cwd"),
                cpus(text(line, "--cpus")),
                seed(text(line, "--seed")),
                memory(text(line, "--memory")),
                pacing(text(line, "--pace")),
                NetworkChoice.of(line.matchedOptionValue("--publish", List.of()), text(line, "--net")),
                line.hasMatchedOption("--strace"),
                line.hasMatchedOption("--packets"),
                level(text(line, "--log")),
                FileOptions.of(line));
    }

    /** What the user told {@code gostub dlv} about the guest comes through dlv as a variable: a word a line, or words with spaces between. */
    private static GuestOptions inherited() throws UserError {
        String text =
                HostProcess.environment().getOrDefault(OPTIONS_VARIABLE, "").strip();
        if (text.isEmpty()) return GuestOptions.defaults();
        List<String> words = List.of(text.split(text.contains("\n") ? "\n" : "\\s+"));
        ParseResult line = read("run", words);
        if (program(line).isPresent()) throw new UserError("bad " + OPTIONS_VARIABLE + ": options of gostub run only");
        return options(line);
    }

    private static Optional<String> text(ParseResult line, String option) {
        return Optional.ofNullable(line.matchedOptionValue(option, null));
    }

    private static int cpus(Optional<String> text) throws UserError {
        if (text.isEmpty()) return GuestOptions.DEFAULT_CPUS;
        try {
            int cpus = Integer.parseInt(text.get());
            if (cpus >= 1 && cpus <= CPUS_MOST) return cpus;
        } catch (NumberFormatException _) {
            // Falls through to the one message.
        }
        throw new UserError("bad --cpus '" + text.get() + "': give a number from 1 to " + CPUS_MOST);
    }

    private static long seed(Optional<String> text) throws UserError {
        try {
            return text.isEmpty() ? 0 : Long.decode(text.get());
        } catch (NumberFormatException _) {
            throw new UserError("bad --seed '" + text.orElse("") + "': give a whole number, such as 7 or 0x2a");
        }
    }

    private static OptionalLong memory(Optional<String> text) throws UserError {
        if (text.isEmpty()) return OptionalLong.empty();
        String digits = text.get().toLowerCase(Locale.ROOT);
        int shift = digits.isEmpty() ? -1 : "kmgt".indexOf(digits.charAt(digits.length() - 1));
        if (shift >= 0) digits = digits.substring(0, digits.length() - 1);
        try {
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << 10 * (shift + 1));
            if (bytes >= 1 << 20) return OptionalLong.of(bytes);
        } catch (NumberFormatException | ArithmeticException _) {
            // Falls through to the one message.
        }
        throw new UserError("bad --memory '" + text.get() + "': give a size of at least 1m, such as 512m or 2g");
    }

    private static Pacing pacing(Optional<String> text) throws UserError {
        return switch (text.orElse("")) {
            case "" -> Pacing.USUAL;
            case "real" -> Pacing.REAL;
            case "none" -> Pacing.NONE;
            default -> throw new UserError("bad --pace '" + text.orElse("") + "': real or none");
        };
    }

    private static String level(Optional<String> text) throws UserError {
        if (text.isEmpty()) return GuestOptions.DEFAULT_LOG_LEVEL;
        String level = text.get().toUpperCase(Locale.ROOT);
        if (!LOG_LEVELS.contains(level)) {
            throw new UserError("bad --log '" + text.get() + "': one of " + String.join(", ", LOG_LEVELS));
        }
        return level;
    }
}
