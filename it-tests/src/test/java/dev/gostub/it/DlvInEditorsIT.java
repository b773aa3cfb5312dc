package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two ways in which editors use dlv: as a server of the Debug Adapter Protocol (VS Code), and headless (GoLand, remote sessions). */
class DlvInEditorsIT {
    private static final String GO = "1.26.0";
    private static final Pattern ADDRESS = Pattern.compile("server listening at: 127\\.0\\.0\\.1:(\\d+)");

    private Running server;

    @AfterEach
    void leave() {
        if (server != null) {
            server.close();
        }
    }

    private int start(Path dlv, String... arguments) throws IOException, InterruptedException {
        server = Running.start(Subject.chosen().dlv(dlv, List.of(arguments)).redirectErrorStream(true));
        Matcher address = server.out.await(ADDRESS, 0);
        return Integer.parseInt(address.group(1));
    }

    /** Shows that dlv has not taken a back end of its own: no process of Linux has such a number (pid_max of proc(5)). */
    private static boolean isOfTheSubject(String threads) {
        return Pattern.compile("\\b50000\\d\\d\\b").matcher(threads).find() == (Subject.chosen() == Subject.GOSTUB);
    }

    @Test
    void editorStopsAtABreakpointShowsVariablesStepsAndRunsToTheEnd() throws IOException, InterruptedException {
        Path dlv = Tool.needDlvOfToday();
        Path program = GoPrograms.debuggable(GO, "values");
        int port = start(dlv, "dap", "--listen=127.0.0.1:0");
        try (DapClient editor = DapClient.connect("127.0.0.1", port)) {
            editor.ask("initialize", "{\"adapterID\":\"go\"}");
            editor.tell(
                    "launch",
                    "{\"request\":\"launch\",\"mode\":\"exec\",\"backend\":\"%s\",\"program\":\"%s\"}"
                            .formatted(Subject.chosen() == Subject.GOSTUB ? "lldb" : "native", program));
            editor.awaitEvent("initialized");
            String set = editor.ask("setFunctionBreakpoints", "{\"breakpoints\":[{\"name\":\"main.describe\"}]}");
            assertTrue(set.contains("\"verified\":true"), set);
            editor.tell("configurationDone", "{}");
            String stopped = editor.awaitEvent("stopped");
            assertTrue(stopped.contains("\"reason\":\"function breakpoint\""), stopped);
            for (int i = 0; i < 2; i++) {
                editor.tell("next", "{\"threadId\":1}");
                assertTrue(editor.awaitEvent("stopped").contains("\"reason\":\"step\""));
            }
            String threads = editor.ask("threads", "{}");
            assertTrue(threads.contains("main.describe"), threads);
            String stack = editor.ask("stackTrace", "{\"threadId\":1}");
            assertTrue(stack.contains("\"name\":\"main.describe\""), stack);
            assertTrue(stack.contains("\"name\":\"main.main\""), stack);
            String scopes = editor.ask("scopes", "{\"frameId\":1000}");
            assertTrue(scopes.contains("\"name\":\"Locals\""), scopes);
            String locals = editor.ask("variables", "{\"variablesReference\":1000}");
            assertTrue(locals.contains("\"name\":\"joined\",\"value\":\"\\\"a-b\\\"\""), locals);
            String value = editor.ask("evaluate", "{\"frameId\":1000,\"expression\":\"p.X\",\"context\":\"watch\"}");
            assertTrue(value.contains("\"result\":\"3\""), value);
            String thread = editor.ask("evaluate", "{\"expression\":\"runtime.m0.procid\",\"context\":\"repl\"}");
            assertTrue(isOfTheSubject(thread), thread);
            editor.tell("continue", "{\"threadId\":1}");
            editor.awaitEvent("terminated");
        }
    }

    @Test
    void headlessSessionIsJoinedByASecondDlv() throws IOException, InterruptedException {
        Path dlv = Tool.needDlvOfToday();
        String program = GoPrograms.debuggable(GO, "values").toString();
        int port = start(dlv, "exec", "--headless", "--listen=127.0.0.1:0", program);
        try (DlvSession session = DlvSession.start(dlv, Subject.HOME, "connect", List.of("127.0.0.1:" + port))) {
            assertTrue(session.type("break main.factorial").contains("Breakpoint 1 set at"));
            assertTrue(session.type("continue").contains("main.factorial()"));
            assertTrue(session.type("args").contains("n = "));
            String threads = session.type("threads");
            assertTrue(isOfTheSubject(threads), threads);
            session.type("clearall");
            assertTrue(session.type("continue").contains("has exited with status 0"));
        }
    }
}
