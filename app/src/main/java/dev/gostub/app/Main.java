package dev.gostub.app;

import java.util.List;

/** Where the program starts: reads the command line, does what it asks, and ends with the right status. */
public final class Main {
    /** Bad input, as for most commands of Unix. */
    private static final int BAD_INPUT = 2;

    private Main() {}

    public static void main(String[] words) {
        int status;
        try {
            status = carryOut(Arguments.parse(List.of(words)));
        } catch (UserError e) {
            System.err.println("gostub: " + e.line());
            status = BAD_INPUT;
        }
        System.out.flush();
        System.err.flush();
        // Nothing is left to do: whoever opened something has closed it, and shutdown hooks would cost milliseconds.
        Runtime.getRuntime().halt(status);
    }

    private static int carryOut(Invocation invocation) throws UserError {
        return switch (invocation) {
            case Invocation.Show show -> print(show.text());
            case Invocation.ListSamples _ -> print(Samples.embedded().list());
            case Invocation.ListSyscalls _ -> print(SyscallList.text());
            case Invocation.Run run -> RunCommand.run(run);
            case Invocation.Debug debug -> DebugCommand.debug(debug);
            case Invocation.LldbServer server -> DebugCommand.lldbServer(server);
            case Invocation.Demo _ -> DebugCommand.demo();
            case Invocation.TrainingRun _ -> TrainingRun.run();
            case Invocation.Delve _ -> throw new UserError("start dlv through the launcher script: ./gostub dlv ...");
        };
    }

    private static int print(String text) {
        System.out.print(text);
        return 0;
    }
}
