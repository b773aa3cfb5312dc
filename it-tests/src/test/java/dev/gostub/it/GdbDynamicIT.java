package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gdb and a dynamically linked C program, with the machine's own dynamic linker and C library. */
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

    @TempDir
    private Path folder;

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        Client.gdb().command();
        Path gcc = Tool.need("gcc");
        Path source = Files.writeString(folder.resolve("square.c"), SOURCE);
        Path program = folder.resolve("square");
        try (Running compiling = Running.start(new ProcessBuilder(
                gcc.toString(), "-g", "-O0", "-pthread", "-o", program.toString(), source.toString()))) {
            assertEquals(0, compiling.exit(Duration.ofSeconds(60)), compiling.what("failed"));
        }
        server = Server.of(program);
        gdb = GdbSession.connect(program, server);
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
    void startsInTheDynamicLinkerAndKnowsTheLibrariesAtMain() {
        assertTrue(gdb.type("info symbol $pc").contains("_start"), "the linker's start");
        assertFalse(gdb.type("info sharedlibrary").contains("libc.so"), "nothing is loaded yet");
        gdb.type("break main");
        assertTrue(gdb.type("continue").contains("Breakpoint 1, main"));
        String libraries = gdb.type("info sharedlibrary");
        assertTrue(libraries.contains("libc.so") && libraries.contains("ld-linux"), libraries);
        assertFalse(libraries.contains("warning"), libraries);
        assertEquals(5, gdb.value("(int)strlen(\"12345\")"), "a call into the C library");
        assertTrue(gdb.type("continue").contains("exited with code 03"));
        assertTrue(server.process.out.text().contains("square 49"));
    }

    @Test
    void threadsAndTheirStacksReachIntoTheCLibrary() {
        gdb.type("break square");
        assertTrue(gdb.type("continue").contains("square (x=7)"));
        String stack = gdb.type("backtrace");
        assertTrue(stack.contains("run (p=0x") && stack.contains("start_thread"), stack);
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
