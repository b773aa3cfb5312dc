package dev.gostub.app;

import dev.gostub.emulator.host.HostProcess;
import dev.gostub.server.transport.DebugServer;
import java.util.List;

/** Where the program starts: reads the command line, does what it asks, and ends with the right status. */
public final class Main {
    /** Bad input, as for most commands of Unix. */
    private static final int BAD_INPUT = 2;

    private Main() {}

    public static void main(String[] words) {
        int status;
        if (words.length > 0 && words[0].equals("debug")) {
            warmUp();
        }
        try {
            status = Arguments.parse(HostProcess.arguments(List.of(words))).carryOut();
        } catch (UserError e) {
            System.err.println("gostub: " + e.line());
            status = BAD_INPUT;
        }
        System.out.flush();
        System.err.flush();
        // Nothing is left to do: whoever opened something has closed it, and shutdown hooks would cost milliseconds.
        Runtime.getRuntime().halt(status);
    }

    /** Lets the server get ready while this thread reads the command line and loads the program. */
    static void warmUp() {
        Thread thread = new Thread(DebugServer::warmUp, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Prints a text that was asked for; the result is the exit status. */
    static int print(String text) {
        System.out.print(text);
        return 0;
    }
}
