package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What C programs use and Go programs do not: thread-local variables, signals by their names and contents, loops that a line is long. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.gostub.it.Client#gdbs")
class GdbCProgramIT {
    private static final String SOURCE = """
            #include <pthread.h>
            #include <signal.h>
            #include <stdio.h>
            #include <sys/time.h>
            #include <unistd.h>
            static __thread long unset;
            static __thread int mine = 5;
            volatile int polled, rung;
            volatile unsigned long spins;
            static void look(void) {}
            static void *second(void *p) { mine = 8; unset = 80; look(); return p; }
            static void poll(int s) { polled = s; }
            static void ring(int s) { rung = s; }
            static void fault(int s, siginfo_t *i, void *c) { printf("code %d at %p\\n", i->si_code, i->si_addr); fflush(stdout); _exit(4); }
            int main(void) {
                struct itimerval timer = {.it_value = {0, 100000}};
                struct sigaction action = {.sa_sigaction = fault, .sa_flags = SA_SIGINFO};
                pthread_t thread;
                mine = 6;
                look();
                pthread_create(&thread, NULL, second, NULL);
                pthread_join(thread, NULL);
                signal(SIGIO, poll);
                kill(getpid(), SIGIO);
                for (unsigned long i = 0; i < 20000000; i++) spins++; // long
                spins = 1;
                signal(SIGALRM, ring);
                setitimer(ITIMER_REAL, &timer, NULL);
                while (!rung) spins++; // waiting
                sigaction(SIGSEGV, &action, NULL);
                *(volatile int *)16 = 1; // faulting
                return 0;
            }
            """;

    @Parameter
    Client client;

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        client.command();
        Path program = CPrograms.compiled("everyday", SOURCE);
        server = Server.of(program);
        gdb = GdbSession.connect(client, program, server);
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

    private static int line(String comment) {
        return (int)
                SOURCE.substring(0, SOURCE.indexOf("// " + comment)).lines().count();
    }

    private void runTo(String comment) {
        gdb.type("tbreak everyday.c:" + line(comment)); // it may stand in a file of the C library
        String stop = gdb.type("continue");
        assertTrue(stop.contains("Temporary breakpoint"), stop);
    }

    @Test
    void threadLocalVariablesAreThoseOfTheSelectedThread() {
        gdb.type("break look");
        gdb.type("continue");
        assertEquals(6, gdb.value("mine"));
        assertEquals(0, gdb.value("unset"));
        gdb.type("continue");
        assertEquals(8, gdb.value("mine"));
        assertEquals(80, gdb.value("unset"));
        gdb.type("thread 1");
        assertEquals(6, gdb.value("mine"));
    }

    @Test
    void sigioStopsIfTheUserWantsItTo() {
        gdb.type("handle SIGIO stop print");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("received signal SIGIO"), stop);
        runTo("long");
        assertEquals(29, gdb.value("polled"));
    }

    @Test
    void aHandlerGetsTheSiginfoThatTheUserWrote() {
        gdb.type("handle SIGALRM nostop noprint pass");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("SIGSEGV"), stop);
        assertEquals(16, gdb.value("(long)$_siginfo._sifields._sigfault.si_addr"));
        gdb.type("set variable $_siginfo._sifields._sigfault.si_addr = (void *)0x1234");
        gdb.type("set variable $_siginfo.si_code = 77");
        assertEquals(0x1234, gdb.value("(long)$_siginfo._sifields._sigfault.si_addr"));
        gdb.type("continue");
        assertTrue(server.process.out.text().contains("code 77 at 0x1234"), server.process.out.text());
    }

    @Test
    void nextPassesALoopOfAHundredMillionInstructions() {
        runTo("long");
        String next = gdb.type("next");
        assertTrue(next.contains("spins = 1"), next);
        assertEquals(20_000_000, gdb.value("spins"));
    }

    @Test
    void aBreakpointWithAConditionInsideTheLineStopsTheNext() {
        runTo("long");
        gdb.type("watch spins if spins == 1000");
        String stop = gdb.type("next");
        assertTrue(stop.contains("atchpoint"), stop);
        assertEquals(1000, gdb.value("spins"));
    }

    @Test
    void nextOverALoopThatWaitsForASignalEndsWhenItsHandlerHasRun() {
        runTo("waiting");
        String next = gdb.type("next");
        assertTrue(next.contains("sigaction"), next);
        assertEquals(14, gdb.value("rung"));
    }
}
