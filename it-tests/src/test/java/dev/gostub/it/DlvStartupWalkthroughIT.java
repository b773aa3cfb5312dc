package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first walkthrough under dlv, through {@code gostub dlv exec}; by dlvs of several ages. */
class DlvStartupWalkthroughIT {
    private static final Path HELLO = Samples.file("hello");

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.gostub.it.Client#dlvs")
    void delveWalksTheBootstrap(Client client) throws IOException, InterruptedException {
        try (DlvSession dlv = DlvSession.exec(client.file(), HELLO)) {
            String set = dlv.type("b *0x464840");
            assertTrue(set.contains("Breakpoint 1 set at 0x464840 for _rt0_amd64_linux()"), set);
            assertStop(dlv.type("continue"), "_rt0_amd64_linux()", "0x464840");
            assertStop(dlv.type("si"), "_rt0_amd64()", "0x461360");
            assertStop(dlv.type("si"), "_rt0_amd64()", "0x461364");
            assertStop(dlv.type("si"), "_rt0_amd64()", "0x461369");
            assertStop(dlv.type("si"), "runtime.rt0_go()", "0x461380");
            List<String> order = List.of(
                    "runtime.args",
                    "runtime.osinit",
                    "runtime.schedinit",
                    "runtime.newproc",
                    "runtime.mstart",
                    "main.main");
            for (String function : order) {
                String answer = dlv.type("b " + function);
                assertTrue(answer.contains(" for " + function + "()"), answer);
            }
            for (int i = 0; i < order.size(); i++) {
                String stop = dlv.type("continue");
                assertTrue(stop.contains(order.get(i) + "()"), order.get(i) + " expected:\n" + stop);
                dlv.type("clear " + (i + 2));
            }
            String goroutines = dlv.type("goroutines");
            assertTrue(goroutines.contains("* Goroutine 1 ") && goroutines.contains("main.main"), goroutines);
            String stack = dlv.type("stack");
            assertTrue(stack.contains("in main.main") && stack.contains("in runtime.main"), stack);
            String threads = dlv.type("threads");
            assertTrue(threads.contains("* Thread ") && threads.contains("main.main"), threads);
            String end = dlv.type("continue");
            assertTrue(end.contains("has exited with status 0"), end);
            dlv.exit();
            assertTrue(dlv.transcript().contains("hello go\n"), dlv.transcript());
        }
    }

    private static void assertStop(String answer, String function, String pc) {
        assertTrue(answer.contains(function) && answer.contains("(PC: " + pc + ")"), pc + " expected:\n" + answer);
    }
}
