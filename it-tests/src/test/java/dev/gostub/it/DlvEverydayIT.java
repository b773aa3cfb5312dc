package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type into dlv all day, on programs of today's Go. */
class DlvEverydayIT {
    private static final String GO = "1.26.0";

    private DlvSession dlv;

    @AfterEach
    void leave() {
        if (dlv != null) {
            dlv.close();
        }
    }

    private void debug(String name, String... arguments) throws IOException, InterruptedException {
        dlv = DlvSession.exec(Tool.needDlvOfToday(), GoPrograms.debuggable(GO, name), arguments);
    }

    private void assertAnswer(String line, String... parts) {
        String answer = dlv.type(line);
        for (String part : parts) {
            assertTrue(answer.contains(part), line + " is answered without " + part + ":\n" + answer);
        }
    }

    @Test
    void valuesOfAllKindsArePrinted() throws IOException, InterruptedException {
        debug("values");
        assertAnswer("break main.describe", "Breakpoint 1 set at", "values/main.go:25");
        assertAnswer("continue", "[Breakpoint 1] main.describe()", "=>  25:");
        assertAnswer("args", "words = []string len: 2, cap: 2", "m = map[string]int");
        assertAnswer("print *p", "main.point {X: 3, Y: 4, Name: \"corner\"}");
        assertAnswer("print words", "[\"a\",\"b\"]");
        assertAnswer("print m", "\"one\": 1", "\"two\": 2");
        assertAnswer("print m[\"two\"]", "2");
        assertAnswer("whatis p", "*main.point");
        assertAnswer("next", "values/main.go:26");
        assertAnswer("next", "values/main.go:27");
        assertAnswer("locals", "joined = \"a-b\"");
        assertAnswer("stack", "in main.describe", "in main.main", "in runtime.main", "in runtime.goexit");
        assertAnswer("up", "Frame 1:", "values/main.go:43");
        assertAnswer("down", "Frame 0:");
        assertAnswer("stepout", "main.main()", "~r0: \"a-b5corner\"");
    }

    @Test
    void floatsAreReadAndRegistersShown() throws IOException, InterruptedException {
        debug("values");
        dlv.type("break main.scale");
        assertAnswer("continue", "[Breakpoint 1] main.scale()");
        assertAnswer("args", "f = 1.5", "g = 2.25", "n = 3");
        assertAnswer("regs", "Rip = 0x", "Rsp = 0x", "Fs_base = 0x", "Rflags = 0x");
        assertAnswer("regs -a", "XMM0");
        assertAnswer("disassemble", "TEXT main.scale(SB)", "=>");
        assertAnswer("step-instruction", "main.scale()");
    }

    @Test
    void variablesAreSet() throws IOException, InterruptedException {
        debug("values");
        dlv.type("break main.factorial");
        assertAnswer("continue", "[Breakpoint 1] main.factorial()");
        assertEquals("", dlv.type("set main.global = 99").strip());
        assertAnswer("print main.global", "99");
        assertEquals("", dlv.type("set n = 3").strip());
        dlv.type("clearall");
        assertAnswer("continue", "has exited with status 0");
        assertTrue(dlv.transcript().contains("6 99 2.5\n"), dlv.transcript());
        assertTrue(dlv.transcript().contains("changed by the debugger\n"), dlv.transcript());
    }

    @Test
    void conditionsStopWhereTheyHold() throws IOException, InterruptedException {
        debug("values");
        dlv.type("break main.factorial");
        dlv.type("condition 1 n == 3");
        assertAnswer("continue", "[Breakpoint 1] main.factorial()");
        assertAnswer("print n", "3");
        assertEquals(5, dlv.type("stack").split("in main\\.", -1).length - 1, "four calls and main");
        dlv.type("clear 1");
        assertAnswer("stepout", "~r0: 6");
        assertAnswer("continue", "has exited with status 0");
    }

    @Test
    void stepGoesIntoFunctionsAndNextOverThem() throws IOException, InterruptedException {
        debug("values", "x");
        dlv.type("break main.main");
        assertAnswer("continue", "[Breakpoint 1] main.main()");
        assertAnswer("next", "values/main.go:40");
        assertAnswer("next", "values/main.go:41");
        assertAnswer("step", "main.scale()", "values/main.go:19");
        assertAnswer("next", "values/main.go:20");
        assertAnswer("next", "values/main.go:21");
        assertAnswer("next", "main.main()");
        assertTrue(dlv.transcript().contains("args [x]\n"), dlv.transcript());
        assertAnswer("restart", "Process restarted with PID");
        assertAnswer("continue", "[Breakpoint 1] main.main()");
    }

    @Test
    void interruptStopsABusyLoop() throws IOException, InterruptedException {
        debug("busy");
        dlv.begin("continue");
        dlv.await("spinning\n");
        dlv.awaitWork();
        dlv.interrupt();
        dlv.finish();
        assertAnswer("goroutines", "main.spin");
        long count = Long.parseLong(dlv.type("print main.counter").strip());
        assertTrue(count > 0, "it has counted");
        assertEquals(count, Long.parseLong(dlv.type("print main.counter").strip()), "nothing runs meanwhile");
        dlv.type("set main.stop = true");
        assertAnswer("continue", "has exited with status 0");
        assertTrue(dlv.transcript().contains("stopped true\n"), dlv.transcript());
    }

    @Test
    void sourceIsBuiltAndDebugged(@TempDir Path output) throws IOException, InterruptedException {
        Tool.need("go");
        Path folder = GoPrograms.sources().resolveSibling("go-debug");
        dlv = DlvSession.start(
                Tool.needDlvOfToday(),
                folder,
                "debug",
                List.of("--output", output.resolve("debug").toString(), "./values"));
        assertAnswer("break main.scale", "Breakpoint 1 set at");
        assertAnswer("continue", "[Breakpoint 1] main.scale()");
        dlv.exit();
    }
}
