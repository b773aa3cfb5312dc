package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type into gdb all day, on programs of today's Go. */
class GdbEverydayIT {
    private static final String GO = "1.26.0";

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void needGdb() {
        Client.gdb().command();
    }

    @AfterEach
    void leave() {
        if (gdb != null) {
            gdb.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void debug(String name, String... arguments) throws IOException, InterruptedException {
        Path program = GoPrograms.debuggable(GO, name);
        server = Server.of(program, arguments);
        gdb = GdbSession.connect(program, server);
    }

    private void continueTo(String location) {
        gdb.type("tbreak " + location);
        String stop = gdb.type("continue");
        assertTrue(stop.contains("Temporary breakpoint "), location + " expected:\n" + stop);
    }

    @Test
    void argumentsAndLocalsHaveTheirValues() throws IOException, InterruptedException {
        debug("values", "one", "two");
        continueTo("main.describe");
        assertTrue(gdb.type("print *p").contains("{X = 3, Y = 4, Name = "), "a struct behind a pointer");
        assertTrue(gdb.type("print p.Name").contains("\"corner\""), "a string");
        assertTrue(gdb.type("info args").contains("len = 2, cap = 2"), "a slice");
        assertTrue(gdb.type("ptype p").contains("int X;"), "a type");
        assertTrue(gdb.type("x/s p.Name.str").contains("\"corner"), "memory as a string");
        assertTrue(gdb.type("print 'main.global'").contains("= 41"), "a global");
        assertTrue(gdb.type("up").contains("main.main ()"), "the caller");
        assertTrue(gdb.type("info frame").contains("caller of frame at"), "a frame");
    }

    @Test
    void systemCallsAreCaughtByNameWhereTheyBeginAndEnd() throws IOException, InterruptedException {
        debug("values", "one", "two");
        continueTo("main.main");
        gdb.type("catch syscall write exit_group");
        assertTrue(gdb.type("continue").contains("(call to syscall write)"));
        assertEquals("1", gdb.type("output $rdi").strip(), "the descriptor");
        assertEquals("1", gdb.type("output $orig_rax").strip(), "the number");
        assertEquals("133", gdb.type("output $_siginfo.si_code").strip(), "SIGTRAP with ptrace's mark");
        String length = gdb.type("output $rdx").strip();
        assertTrue(gdb.type("continue").contains("(returned from syscall write)"));
        assertEquals(length, gdb.type("output $rax").strip(), "all of it was written");
        String stop = gdb.type("continue");
        for (int i = 0; i < 100 && stop.contains("syscall write"); i++) stop = gdb.type("continue");
        assertTrue(stop.contains("(call to syscall exit_group)"), stop);
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void coreFileShowsWhatTheProgramShowed(@TempDir Path folder) throws IOException, InterruptedException {
        debug("values");
        continueTo("main.describe");
        String arguments = gdb.type("info args");
        String core = folder.resolve("core").toString();
        assertTrue(gdb.type("generate-core-file " + core).contains("Saved corefile"));
        gdb.type("kill");
        String opened = gdb.type("core-file " + core);
        assertTrue(opened.contains("main.describe"), opened);
        assertEquals(arguments, gdb.type("info args"));
        assertTrue(gdb.type("backtrace").contains("main.main ()"), "the caller");
    }

    @Test
    void stepsThatGdbRecordsAreTakenBack() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.factorial");
        gdb.type("record");
        String before = gdb.type("output $pc") + gdb.type("output $rsp") + gdb.type("output n");
        gdb.type("stepi 40");
        assertTrue(gdb.type("info record").contains("Log contains 40 instructions"));
        gdb.type("reverse-stepi 40");
        assertEquals(before, gdb.type("output $pc") + gdb.type("output $rsp") + gdb.type("output n"));
        gdb.type("record stop");
    }

    @Test
    void floatArgumentsAreReadFromVectorRegisters() throws IOException, InterruptedException {
        debug("values");
        gdb.type("tbreak *&'main.scale'");
        gdb.type("continue");
        assertEquals("1.5", gdb.type("output $xmm0.v2_double[0]").strip());
        assertEquals("2.25", gdb.type("output $xmm1.v4_float[0]").strip());
        assertEquals("1.5", gdb.type("output f").strip());
        continueTo("main.scale");
        assertTrue(gdb.type("info args").contains("f = 1.5\ng = 2.25\nn = 3\n"));
        gdb.type("next");
        gdb.type("next");
        assertEquals("6.375", gdb.type("output r").strip());
    }

    @Test
    void watchedVariableStopsWhereItChanges() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.scale");
        assertTrue(gdb.type("watch r").contains("Hardware watchpoint"));
        String change = gdb.type("continue");
        assertTrue(change.contains("Old value = 0") && change.contains("New value = 6.375"), change);
        assertTrue(gdb.type("bt 1").contains("main.scale (f=1.5, g=2.25, n=3"));
    }

    @Test
    void readOfAGlobalIsWatched() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.main");
        assertTrue(gdb.type("rwatch 'main.ratio'").contains("Hardware read watchpoint"));
        String read = gdb.type("continue");
        assertTrue(read.contains("Value = 2.5"), read);
        assertTrue(gdb.type("bt 1").contains("main.main ()"));
        gdb.type("delete");
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void variablesCanBeSet() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.scale");
        gdb.type("set var n = 100");
        assertEquals("100", gdb.type("output n").strip());
        gdb.type("set var 'main.global' = 99");
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
        server.process.out.await("103.375\n");
        server.process.out.await("changed by the debugger\n");
    }

    @Test
    void registersCanBeSet() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.factorial");
        gdb.type("set $r10 = 0x1122334455667788");
        assertEquals(0x1122334455667788L, gdb.value("$r10"));
        gdb.type("set $eflags = 0x247");
        assertTrue(gdb.type("print $eflags").contains("[ CF PF ZF IF ]") || gdb.value("$eflags") == 0x247);
        long rip = gdb.value("$pc");
        gdb.type("stepi");
        assertFalse(rip == gdb.value("$pc"), "the program counter moves");
        gdb.type("set $pc = " + rip);
        assertEquals(rip, gdb.value("$pc"));
    }

    @Test
    void vectorRegistersCanBeSet() throws IOException, InterruptedException {
        assumeTrue(
                Subject.chosen() == Subject.GOSTUB, "gdbserver 13 loses such writes on CPUs with large register files");
        debug("values");
        continueTo("main.scale");
        gdb.type("set $xmm9.v4_int32[1] = 77");
        assertEquals("77", gdb.type("output $xmm9.v4_int32[1]").strip());
        gdb.type("set $ymm3.v8_int32[6] = -5");
        gdb.type("stepi");
        assertEquals("-5", gdb.type("output $ymm3.v8_int32[6]").strip());
        assertTrue(gdb.value("$fs_base") != 0, "Go keeps its g behind fs");
    }

    @Test
    void finishReturnsToTheCaller() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.factorial if n == 3");
        String backtrace = gdb.type("backtrace");
        assertEquals(4, backtrace.split("in main.factorial|main.factorial \\(", -1).length - 1, backtrace);
        assertTrue(backtrace.contains("in main.main ()"), backtrace);
        String up = gdb.type("finish");
        assertTrue(up.contains("Run till exit from") && up.contains("main.factorial (n=4"), up);
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
    }

    @Test
    void sourceLinesAreStepped() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.main");
        assertTrue(gdb.type("next").contains("\"args\""), "the first line");
        assertTrue(gdb.type("next").contains("scale(1.5, 2.25, 3)"), "the line after the first output");
        String into = gdb.type("step");
        assertTrue(into.contains("main.scale (f=1.5"), into);
        assertTrue(gdb.type("next").contains("r := f*float64(g) + float64(n)"));
        assertTrue(gdb.type("next").contains("return r"));
        String here = gdb.type("info line");
        assertTrue(here.contains("values/main.go"), here);
        assertTrue(gdb.type("until").contains("main.main ()"), "out of the function");
    }

    @Test
    void nextiStepsOverCallsAndStepiInto() throws IOException, InterruptedException {
        debug("values");
        continueTo("main.factorial if n == 2");
        boolean over = false;
        for (int i = 0; i < 40 && !over; i++) {
            boolean call = gdb.type("x/i $pc").contains("call ");
            long next = call ? gdb.value("$pc") + 5 : 0;
            gdb.type("nexti");
            over = call && next == gdb.value("$pc");
        }
        assertTrue(over, "a call was stepped over");
        assertTrue(gdb.type("backtrace").contains("main.factorial (n=2"), "still in the caller");
    }

    @Test
    void conditionsIgnoresCommandsAndDisplaysWork() throws IOException, InterruptedException {
        debug("values");
        gdb.type("break main.factorial");
        gdb.type("ignore 1 3");
        assertTrue(gdb.type("continue").contains("main.factorial (n=3"));
        assertTrue(gdb.type("info breakpoints").contains("breakpoint already hit 4 times"));
        gdb.type("display n");
        assertTrue(gdb.type("continue").contains("n = 2"));
        gdb.type("disable 1");
        gdb.type("hbreak fmt.Println");
        assertTrue(gdb.type("continue").contains("fmt.Println"));
        gdb.type("delete");
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void interruptStopsABusyLoop() throws IOException, InterruptedException {
        debug("busy");
        int from = gdb.begin("continue");
        server.process.out.await("spinning\n");
        server.process.awaitWork();
        gdb.interrupt();
        String stop = gdb.finish(from);
        assertTrue(stop.contains("received signal SIGINT, Interrupt."), stop);
        assertTrue(gdb.type("thread apply all backtrace").contains("main.spin"), "the loop's function in a backtrace");
        long count = gdb.value("*(long *)&'main.counter'");
        assertTrue(count > 0, "it has counted: " + count);
        assertEquals(count, gdb.value("*(long *)&'main.counter'"), "nothing runs while it is stopped");
        gdb.type("set var 'main.stop' = true");
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
        server.process.out.await("stopped true\n");
    }

    @Test
    void everyWorkerStopsAtTheBreakpoint() throws IOException, InterruptedException {
        debug("workers");
        gdb.type("break main.visit");
        Set<String> visits = new TreeSet<>();
        for (int i = 0; i < 160 && visits.size() < 80; i++) {
            String stop = gdb.type("continue");
            assertTrue(stop.contains("Breakpoint 1, main.visit (id="), "stop " + i + ":\n" + stop);
            Matcher who = Pattern.compile("id=(\\d+), round=(\\d+)").matcher(stop);
            assertTrue(who.find(), stop);
            visits.add(who.group()); // a thread whose step off the breakpoint is taken by SIGURG hits it again
        }
        assertEquals(80, visits.size(), "visits: " + visits);
        assertTrue(gdb.type("info threads").contains("main.visit"), "a thread in the function");
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
        server.process.out.await("total 1360\n");
    }

    @Test
    void signalsStopAndArePassedOn() throws IOException, InterruptedException {
        Path program = GoPrograms.program(GO, "signals");
        server = Server.of(program);
        gdb = GdbSession.connect(program, server);
        String stop = gdb.type("continue");
        assertTrue(stop.contains("received signal SIGUSR1, User defined signal 1."), stop);
        assertTrue(gdb.type("print $_siginfo.si_signo").contains("= 10"), "siginfo");
        gdb.type("handle SIGUSR1 SIGUSR2 SIGTERM SIGHUP nostop noprint pass");
        assertTrue(gdb.type("continue").contains("exited normally"));
        server.process.out.await("got user defined signal 1\n".repeat(3));
    }

    @Test
    void faultStopsBeforeThePanic() throws IOException, InterruptedException {
        Path program = GoPrograms.program(GO, "panics");
        server = Server.of(program, "nil");
        gdb = GdbSession.connect(program, server);
        String stop = gdb.type("continue");
        assertTrue(stop.contains("received signal SIGSEGV, Segmentation fault."), stop);
        assertTrue(gdb.function().startsWith("main.main"), gdb.function());
        assertEquals(0, gdb.value("$_siginfo._sifields._sigfault.si_addr"));
        String end = gdb.type("continue");
        assertTrue(end.contains("exited with code 02"), end);
        server.process.err.await("nil pointer dereference");
    }

    @Test
    void unmappedMemoryIsAnErrorAndNoMore() throws IOException, InterruptedException {
        debug("values");
        assertTrue(gdb.type("x/x 0x10").contains("Cannot access memory at address 0x10"));
        assertTrue(gdb.type("print $pc").contains("_rt0_amd64_linux"));
    }

    @Test
    void memoryMapAndAuxiliaryVectorAreShown() throws IOException, InterruptedException {
        debug("values");
        String auxv = gdb.type("info auxv");
        assertTrue(auxv.contains("AT_ENTRY") && auxv.contains("AT_RANDOM") && auxv.contains("AT_PAGESZ"), auxv);
        String maps = gdb.type("info proc mappings");
        // gdb 16 fills addresses up with zeros.
        String text = "0x0*400000 .* r-?xp .*/values";
        assertTrue(Pattern.compile(text).matcher(maps).find() && maps.contains("[stack]"), maps);
    }

    @Test
    void programIsReadFromTheServerIfThereIsNoLocalFile() throws IOException, InterruptedException {
        Path program = GoPrograms.debuggable(GO, "values");
        server = Server.of(program);
        gdb = GdbSession.open(Path.of("/dev/null"));
        gdb.type("file");
        String answer = gdb.type("target remote 127.0.0.1:" + server.port);
        assertTrue(answer.contains("Reading ") && answer.contains("from remote target"), answer);
        assertTrue(gdb.function().startsWith("_rt0_amd64_linux"), gdb.function());
    }
}
