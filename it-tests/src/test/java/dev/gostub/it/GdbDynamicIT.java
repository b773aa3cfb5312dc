package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** gdbs of several ages and a dynamically linked C program, with the machine's own dynamic linker and C library. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.gostub.it.Client#gdbs")
class GdbDynamicIT {
    private static final String SOURCE = """
            #include <pthread.h>
            #include <stdio.h>
            #include <string.h>
            static int square(int x) { return x * x; }
            static void *run(void *p) { *(int *)p = square(*(int *)p); return p; }
            int main(void) {
                int n = 7;
                pthread_t thread;
                pthread_create(&thread, NULL, run, &n);
                pthread_join(thread, NULL);
                printf("square %d\\n", n);
                return 3;
            }
            """;

    @Parameter
    Client client;

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        client.command();
        Path program = CPrograms.compiled("square", SOURCE);
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

    @Test
    void startsInTheDynamicLinkerAndKnowsTheLibrariesAtMain() throws InterruptedException {
        String first = gdb.type("info sharedlibrary");
        assertTrue(first.contains("ld-linux") && !first.contains("libc.so"), first);
        gdb.type("break main");
        assertTrue(gdb.type("continue").contains("Breakpoint 1, main"));
        String libraries = gdb.type("info sharedlibrary");
        assertTrue(libraries.contains("libc.so") && libraries.contains("ld-linux"), libraries);
        assertFalse(libraries.contains("warning"), libraries);
        assertEquals(5, gdb.value("(int)strlen(\"12345\")"), "a call into the C library");
        assertTrue(gdb.type("continue").contains("exited with code 03"));
        server.process.out.await("square 49");
    }

    @Test
    void threadsAndTheirStacksReachIntoTheCLibrary() {
        gdb.type("break square");
        assertTrue(gdb.type("continue").contains("square (x=7)"));
        String stack = gdb.type("backtrace");
        assertTrue(stack.contains("run (p=0x"), stack);
        // With debug information of the C library, and without.
        assertTrue(stack.contains("start_thread") || stack.contains("libc.so"), stack);
        assertTrue(gdb.type("info threads").lines().count() > 2, "two threads");
        assertTrue(gdb.type("finish").contains("Value returned is $1 = 49"));
        gdb.type("break puts");
        gdb.type("tbreak printf");
        assertTrue(gdb.type("continue").contains("printf"));
        assertTrue(gdb.type("up").contains("main ()"));
        assertEquals(49, gdb.value("n"));
        assertTrue(gdb.type("continue").contains("exited with code 03"));
    }
}
