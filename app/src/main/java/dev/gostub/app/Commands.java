package dev.gostub.app;

import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands and their options as picocli knows them, built by hand: annotations would be read by reflection, and only the
 * one command that is used is built at all.
 */
final class Commands {
    /** In the order of the help page. */
    static final List<String> NAMES = List.of("debug", "run", "dlv", "demo", "samples", "syscalls");

    private static final String PROGRAM = "PROGRAM is a Linux/amd64 ELF file, or the name of an embedded sample.";

    private Commands() {}

    static CommandSpec root() {
        CommandSpec root = CommandSpec.create().name("gostub");
        root.usageMessage()
                .description(
                        "Runs Linux/amd64 programs, Go programs first, in an emulated machine,",
                        "and lets gdb, dlv and lldb debug them.")
                .commandListHeading("%nCommands:%n")
                .synopsisSubcommandLabel("COMMAND")
                .footer("", "'gostub COMMAND --help' tells more.");
        help(root);
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        for (String name : NAMES) root.addSubcommand(name, named(name));
        return root;
    }

    /** The command of that name by itself, as its own help page shows it. */
    static CommandSpec standalone(String name) {
        return named(name).name("gostub " + name);
    }

    /** The command of that name, one of {@link #NAMES}. */
    private static CommandSpec named(String name) {
        return switch (name) {
            case "debug" -> debug();
            case "run" -> run();
            case "dlv" -> dlv();
            case "demo" ->
                plain(
                        "demo",
                        "Shows the start of a Go program under the gdb of this machine.",
                        "Without a terminal it runs the whole walkthrough, prints it, and ends with 0 if it came out right.");
            case "samples" -> plain("samples", "Lists the embedded samples.");
            case "syscalls" -> plain("syscalls", "Lists Linux's system calls and how far each is supported.");
            default -> throw new IllegalStateException("no command " + name);
        };
    }

    private static CommandSpec debug() {
        CommandSpec spec = plain(
                "debug",
                "Loads PROGRAM, stops before its first instruction and waits for a debugger.",
                "Without PROGRAM it waits for a client that names one (target extended-remote).",
                PROGRAM);
        spec.addOption(OptionSpec.builder("--listen")
                .paramLabel("ADDR")
                .type(String.class)
                .description("HOST:PORT, :PORT (loopback), port 0 for any free one, or unix:PATH. "
                        + "Default: 127.0.0.1:1234.")
                .build());
        spec.addOption(flag("--once", "End when the client is gone, instead of waiting for the next one."));
        guestOptions(spec);
        return spec;
    }

    private static CommandSpec run() {
        CommandSpec spec = plain(
                "run",
                "Runs PROGRAM without a debugger, as if it were started itself.",
                "The exit status is the program's, or 128 and the number of the signal that killed it.",
                PROGRAM);
        guestOptions(spec);
        return spec;
    }

    private static CommandSpec dlv() {
        CommandSpec spec = plain(
                "dlv",
                "Runs the dlv of this machine with our server in place of its back end.",
                "The arguments are dlv's: gostub dlv exec ./prog, gostub dlv debug, gostub dlv test.",
                "Before them may stand options of gostub run: gostub dlv --publish 8080 debug.");
        spec.addPositional(words("DLV-ARG", "What dlv takes; see dlv help."));
        return spec;
    }

    private static CommandSpec plain(String name, String... description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).sortOptions(false).synopsisAutoIndentThreshold(0.3);
        help(spec);
        return spec;
    }

    private static void guestOptions(CommandSpec spec) {
        spec.addOption(repeated(
                "--env", "NAME=VALUE", "Set a variable of the guest's environment; NAME= sets it empty. Repeatable."));
        spec.addOption(flag("--clean-env", "Start from an empty environment instead of this one."));
        spec.addOption(value("--cwd", "DIR", "The guest's working directory. Default: this one."));
        spec.addOption(value("--cpus", "N", "Processors the guest sees, 1 to 64. Default: 4."));
        spec.addOption(value("--seed", "N", "Seed of all that is random to the guest. Default: 0."));
        spec.addOption(value("--memory", "SIZE", "The most memory the guest may use: 512m, 2g. Default: no limit."));
        spec.addOption(value(
                "--pace",
                "real|none",
                "Whether sleeping takes real time or none; the guest cannot tell. "
                        + "Default: real for a debugger and if standard output is a terminal, else none."));
        FileOptions.addTo(spec);
        spec.addOption(repeated(
                "--publish",
                "[HOST:]PORT[:GUESTPORT]",
                "Let others connect to a port of the guest; loopback unless HOST is given. Repeatable."));
        spec.addOption(OptionSpec.builder("--net")
                .paramLabel("HOST:PORT,...")
                .type(String.class)
                .arity("0..1")
                .fallbackValue("")
                .preprocessor(Commands::listOrNothing)
                .description("Let the guest connect outside: to these, or anywhere.")
                .build());
        spec.addOption(flag("--strace", "Print each system call to standard error, readably."));
        spec.addOption(flag("--packets", "Print each packet of the debugger's protocol to standard error, readably."));
        spec.addOption(value("--log", "LEVEL", "ERROR, WARN, INFO, DEBUG or TRACE. Default: WARN."));
        spec.addPositional(words("PROGRAM [ARG...]", "The program and its arguments; options go before it."));
    }

    /** A word behind {@code --net} that is no list is the program. */
    private static boolean listOrNothing(
            Stack<String> words, CommandSpec spec, ArgSpec option, Map<String, Object> information) {
        boolean attached = "=".equals(information.get("separator"));
        if (!attached && (words.isEmpty() || !NetworkChoice.isList(words.peek()))) {
            words.push("");
        }
        return false;
    }

    private static PositionalParamSpec words(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** An option that may stand several times, each with a value. */
    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** An option with a value. */
    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /** An option without a value. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private static void help(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build());
    }
}
