package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A program of today's Go with sixteen workers that all reach one breakpoint, under dlv. Emulators that are not strictly
 * all-stop lose dlv here.
 */
class DlvManyWorkersIT {
    private static final Pattern HIT = Pattern.compile("hits goroutine\\((\\d+)\\)");

    private DlvSession dlv;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path tool = Tool.needDlvOfToday();
        dlv = DlvSession.exec(tool, GoPrograms.debuggable("1.26.0", "workers"));
        String set = dlv.type("b main.visit");
        assertTrue(set.contains("Breakpoint 1 set at") && set.contains("workers/main.go:15"), set);
    }

    @AfterEach
    void leave() {
        if (dlv != null) {
            dlv.close();
        }
    }

    @Test
    void everyWorkerIsStoppedAtTheBreakpoint() {
        Set<String> goroutines = new TreeSet<>();
        for (int i = 0; i < 80 && goroutines.size() < 16; i++) {
            String stop = dlv.typeAndFinish("continue");
            assertTrue(stop.contains("[Breakpoint 1] main.visit()"), "stop " + i + ":\n" + stop);
            for (Matcher hit = HIT.matcher(stop); hit.find(); ) {
                goroutines.add(hit.group(1));
            }
        }
        assertEquals(16, goroutines.size(), "goroutines that were seen at the breakpoint: " + goroutines);
    }

    @Test
    void nextStaysInItsGoroutine() {
        String stop = dlv.type("continue");
        assertTrue(stop.contains("[Breakpoint 1] main.visit()"), stop);
        String args = dlv.type("args");
        assertTrue(args.contains("id = ") && args.contains("round = 0"), args);
        String me = goroutine();
        int id = Integer.parseInt(dlv.type("print id").strip());
        for (int line = 16; line <= 19; line++) {
            String step = dlv.typeAndFinish("next");
            assertTrue(step.contains("workers/main.go:" + line + " (PC"), "line " + line + ":\n" + step);
        }
        assertEquals(Integer.toString(2 * id), dlv.type("print doubled").strip());
        assertEquals(me, goroutine());
    }

    @Test
    void programRunsToItsEndWhenTheBreakpointIsCleared() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            dlv.typeAndFinish("continue");
        }
        String goroutines = dlv.type("goroutines");
        assertTrue(
                goroutines.lines().filter(line -> line.contains(" Goroutine ")).count() >= 16, goroutines);
        assertTrue(goroutines.contains("main.visit") && goroutines.contains("main.main"), goroutines);
        String threads = dlv.type("threads");
        assertTrue(threads.contains("* Thread"), threads);
        String out = dlv.typeAndFinish("stepout");
        assertTrue(out.contains("main.main.func1()"), out);
        assertTrue(dlv.type("clear 1").contains("Breakpoint 1 cleared"));
        String end = dlv.type("continue");
        assertTrue(end.contains("has exited with status 0"), end);
        assertTrue(dlv.transcript().contains("total 1360\n"), dlv.transcript());
        String again = dlv.type("restart");
        assertTrue(again.contains("Process restarted with PID"), again);
        assertTrue(dlv.type("continue").contains("has exited with status 0"));
        dlv.exit();
    }

    @Test
    void registersAndVariablesCanBeReadAndSet() {
        dlv.type("continue");
        assertTrue(dlv.type("regs").contains("Rip = 0x"), "registers");
        String code = dlv.type("disassemble");
        assertTrue(code.contains("TEXT main.visit(SB)") && code.contains("=>"), code);
        assertEquals("", dlv.type("set id = 3").strip());
        assertEquals("3", dlv.type("print id").strip());
        String visits = dlv.type("print visits");
        assertTrue(visits.startsWith("[16]int ["), visits);
        String list = dlv.type("list");
        assertTrue(list.contains("=>  15:\tfunc visit(id, round int) int {"), list);
    }

    private String goroutine() {
        String answer = dlv.type("goroutine");
        Matcher number = Pattern.compile("(?m)^Goroutine (\\d+):").matcher(answer);
        assertTrue(number.find(), answer);
        return number.group(1);
    }
}
