package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gostub ends soon after SIGTERM, SIGINT and SIGHUP, whatever the guest does and whoever debugs it. */
class EndingIT {
    /** Some ten times what it takes, where nothing waits for what will not come. */
    private static final TimeLimit SOON = TimeLimit.seconds(2);

    /** What users are promised on a machine that has nothing else to do: of several tries one is not disturbed. */
    private static final TimeLimit AT_ONCE = new TimeLimit(Duration.parse("PT0.2S"));

    private static final int TRIES = 5;

    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private static final String SOURCE = """
            #include <fcntl.h>
            #include <signal.h>
            #include <string.h>
            #include <sys/wait.h>
            #include <unistd.h>
            static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
            static char much[1 << 26];
            static void say(const char *text) { write(1, text, strlen(text)); }
            static void caught(int signal) { say("caught\\n"); }
            static void leave(int signal) { _exit(7); }
            static void all(void (*handler)(int)) { for (int i = 0; i < 3; i++) signal(signals[i], handler); }
            int main(int count, char **words) {
                const char *how = words[1];
                int random = open("/dev/urandom", O_RDONLY);
                sigset_t set;
                sigfillset(&set);
                if (!strcmp(how, "ignores")) all(SIG_IGN);
                if (!strcmp(how, "handles")) all(caught);
                if (!strcmp(how, "leaves")) all(leave);
                if (!strcmp(how, "blocks")) sigprocmask(SIG_BLOCK, &set, 0);
                say("ready\\n");
                if (!strcmp(how, "reads")) read(0, much, 1);
                if (!strcmp(how, "sleeps")) pause();
                if (!strcmp(how, "stops")) raise(SIGSTOP);
                if (!strcmp(how, "waits") && fork()) wait(0);
                while (!strcmp(how, "calls")) read(random, much, sizeof much);
                for (;;) {}
            }
            """;

    private static Stream<Arguments> all(Stream<String> guests) {
        return guests.flatMap(how -> SIGNALS.keySet().stream().sorted().map(signal -> Arguments.of(how, signal)));
    }

    private static int status(String signal) {
        return 128 + SIGNALS.get(signal);
    }

    private static Path program;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Subject.chosen() == Subject.GOSTUB, "only our own command line");
        program = CPrograms.compiled("stays", SOURCE);
    }

    private static void assertEndsBy(String signal, Running gostub) throws IOException, InterruptedException {
        gostub.signal(signal);
        assertEquals(status(signal), gostub.exit(SOON), gostub.what("ended otherwise"));
    }

    // ---- run

    private static Running run(String how) throws IOException, InterruptedException {
        Running gostub = Running.start(Subject.GOSTUB.run(Map.of(), program, List.of(how)));
        gostub.out.await("ready\n");
        return gostub;
    }

    private static Stream<Arguments> guestsThatASignalEnds() {
        return Stream.concat(
                all(Stream.of("computes", "reads", "sleeps", "stops", "waits", "calls")),
                Stream.of("ignores", "blocks")
                        .flatMap(how -> Stream.of("TERM", "HUP").map(signal -> Arguments.of(how, signal))));
    }

    @ParameterizedTest
    @MethodSource("guestsThatASignalEnds")
    void runEndsByTheFirstSignal(String how, String signal) throws IOException, InterruptedException {
        try (Running gostub = run(how)) {
            assertEndsBy(signal, gostub);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"computes", "reads", "sleeps"})
    void runEndsAtOnce(String how) throws IOException, InterruptedException {
        boolean ended = false;
        for (int i = 0; i < TRIES && !ended; i++) {
            try (Running gostub = run(how)) {
                gostub.signal("TERM");
                ended = gostub.endsWithin(AT_ONCE);
            }
        }
        assertTrue(ended, "longer than " + AT_ONCE + " each time");
    }

    private static Stream<Arguments> guestsThatOutliveOne() {
        return Stream.of(
                Arguments.of("ignores", "INT"), Arguments.of("blocks", "INT"), Arguments.of("handles", "TERM"));
    }

    @ParameterizedTest
    @MethodSource("guestsThatOutliveOne")
    void runEndsByTheSecondSignalWhereTheProgramMayOutliveTheFirst(String how, String signal)
            throws IOException, InterruptedException {
        try (Running gostub = run(how)) {
            gostub.signal(signal);
            gostub.awaitWork();
            assertTrue(gostub.isAlive(), gostub.what("has ended"));
            assertEndsBy(signal, gostub);
        }
    }

    @Test
    void aProgramWithAHandlerForControlCLivesOnAsOftenAsItLikes() throws IOException, InterruptedException {
        try (Running gostub = run("handles")) {
            for (int i = 1; i <= 3; i++) {
                gostub.signal("INT");
                gostub.out.await("caught\n".repeat(i));
            }
            assertTrue(gostub.isAlive(), gostub.what("has ended"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void aProgramThatLeavesByItsHandlerHasItsOwnStatus(String signal) throws IOException, InterruptedException {
        try (Running gostub = run("leaves")) {
            gostub.signal(signal);
            assertEquals(7, gostub.exit(SOON), gostub.what("ended otherwise"));
        }
    }

    // ---- debug

    private static Server debug(String how) throws IOException, InterruptedException {
        return Server.of(program, how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void debugEndsWithoutAClient(String signal) throws IOException, InterruptedException {
        try (Server server = debug("computes")) {
            assertEndsBy(signal, server.process);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void debugEndsWhileItsClientThinks(String signal) throws IOException, InterruptedException {
        try (Server server = debug("computes");
                RspClient client = RspClient.ready(server.port)) {
            client.isInStep();
            assertEndsBy(signal, server.process);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"computes", "reads", "sleeps"})
    void debugEndsAtOnce(String how) throws IOException, InterruptedException {
        boolean ended = false;
        for (int i = 0; i < TRIES && !ended; i++) {
            try (Server server = debug(how);
                    RspClient client = RspClient.ready(server.port)) {
                client.send("vCont;c");
                server.process.out.await("ready\n");
                server.process.signal("TERM");
                ended = server.process.endsWithin(AT_ONCE);
            }
        }
        assertTrue(ended, "longer than " + AT_ONCE + " each time");
    }

    private static Stream<Arguments> guestsThatRun() {
        return all(Stream.of("computes", "reads", "sleeps", "waits", "calls", "ignores"));
    }

    @ParameterizedTest
    @MethodSource("guestsThatRun")
    void debugEndsWhileItsClientWaitsForTheProgram(String how, String signal) throws IOException, InterruptedException {
        try (Server server = debug(how);
                RspClient client = RspClient.ready(server.port)) {
            client.send("vCont;c");
            server.process.out.await("ready\n");
            assertEndsBy(signal, server.process);
        }
    }
}
