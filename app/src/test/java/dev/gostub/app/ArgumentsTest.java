package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.transport.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void debugListensOnLoopback1234ByDefault() throws UserError {
        Invocation.Debug debug = assertInstanceOf(Invocation.Debug.class, parse("debug", "hello"));
        assertEquals(new ListenAddress.Tcp("127.0.0.1", 1234), debug.listen());
        assertEquals(Optional.of(new ProgramLine("hello", List.of())), debug.program());
        assertEquals(GuestOptions.defaults(), debug.options());
        assertFalse(debug.once());
    }

    @Test
    void debugWithoutProgramWaitsForAClientToNameOne() throws UserError {
        Invocation.Debug debug = assertInstanceOf(Invocation.Debug.class, parse("debug", "--once"));
        assertEquals(Optional.empty(), debug.program());
        assertTrue(debug.once());
    }

    @Test
    void everythingAfterTheProgramBelongsToTheGuest() throws UserError {
        Invocation.Run run = assertInstanceOf(
                Invocation.Run.class,
                parse("run", "--seed", "7", "prog", "--seed", "8", "--", "-h", "@x", "", "--help"));
        assertEquals(7, run.options().seed());
        assertEquals(
                List.of("--seed", "8", "--", "-h", "@x", "", "--help"),
                run.program().arguments());
    }

    @Test
    void doubleDashEndsOurOptions() throws UserError {
        Invocation.Run run = assertInstanceOf(Invocation.Run.class, parse("run", "--strace", "--", "--odd", "--", "x"));
        assertEquals(new ProgramLine("--odd", List.of("--", "x")), run.program());
    }

    @Test
    void allOptionsArriveWhereTheyBelong() throws UserError {
        Invocation.Debug debug = assertInstanceOf(
                Invocation.Debug.class,
                parse(
                        "debug",
                        "--listen",
                        "unix:/tmp/s",
                        "--env",
                        "A=1",
                        "--env=B=x=y,z",
                        "--env",
                        "C=",
                        "--clean-env",
                        "--cwd",
                        "/tmp",
                        "--cpus",
                        "2",
                        "--seed",
                        "0x2a",
                        "--memory",
                        "2G",
                        "--pace",
                        "none",
                        "--strace",
                        "--packets",
                        "--log",
                        "debug",
                        "./p"));
        assertEquals(new ListenAddress.Unix(Path.of("/tmp/s")), debug.listen());
        assertEquals(
                new GuestOptions(
                        List.of("A=1", "B=x=y,z", "C="),
                        true,
                        Optional.of("/tmp"),
                        2,
                        42,
                        OptionalLong.of(2L << 30),
                        Pacing.NONE,
                        NetworkChoice.NONE,
                        true,
                        true,
                        "DEBUG",
                        FileOptions.NONE),
                debug.options());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--memory 12",
                "--memory x",
                "--memory 9999999t",
                "--memory -1g",
                "--cpus 0",
                "--cpus 65",
                "--cpus two",
                "--seed x",
                "--env =1",
                "--env A",
                "--log loud",
                "--pace quick",
                "--unknown",
                "--memory",
                "--cwd"
            })
    void badOptionIsOneLineThatNamesIt(String words) {
        String[] split = ("run " + words).split(" ");
        String line = assertThrows(UserError.class, () -> Arguments.parse(List.of(split)))
                .line();
        assertTrue(line.contains(split[1]), line);
        assertFalse(line.contains("\n"), line);
    }

    @Test
    void runWithoutProgramIsAnError() {
        assertThrows(UserError.class, () -> parse("run"));
    }

    @Test
    void noCommandAndUnknownCommandAreErrors() {
        assertThrows(UserError.class, () -> parse());
        assertTrue(assertThrows(UserError.class, () -> parse("debgu")).line().contains("debgu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "run", "dlv", "demo", "samples", "syscalls"})
    void everyCommandHasHelpOfItsOwn(String command) throws UserError {
        Invocation.Show show = assertInstanceOf(Invocation.Show.class, parse(command, "--help"));
        assertTrue(show.text().contains("Usage: gostub " + command), show.text());
        assertTrue(show("--help").contains(command));
    }

    @Test
    void helpBehindTheProgramIsNotOurs() throws UserError {
        assertInstanceOf(Invocation.Debug.class, parse("debug", "prog", "--help"));
    }

    @Test
    void lldbServerLineIsReadAsDelveWritesIt() throws UserError {
        Invocation.LldbServer server = assertInstanceOf(
                Invocation.LldbServer.class,
                parse("lldb-server", "gdbserver", ":4711", "--", "/tmp/prog", "-x", "--attach", "5", "--", "y"));
        assertEquals(new ListenAddress.Tcp("127.0.0.1", 4711), server.listen());
        assertEquals(OptionalInt.empty(), server.attach());
        assertEquals(
                Optional.of(new ProgramLine("/tmp/prog", List.of("-x", "--attach", "5", "--", "y"))), server.program());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lldb-server",
                "lldb-server platform",
                "lldb-server gdbserver",
                "lldb-server gdbserver x",
                "lldb-server gdbserver --attach 5 :1",
                "lldb-server gdbserver --attach x :1 -- p",
                "lldb-server gdbserver :1 :2 -- p",
                "lldb-server gdbserver --odd :1 -- p"
            })
    void badLldbServerLineIsAnError(String words) {
        assertThrows(UserError.class, () -> Arguments.parse(List.of(words.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:80,0.0.0.0,80", ":0,127.0.0.1,0", "[::1]:9,::1,9", "localhost:65535,localhost,65535"})
    void addressesAreRead(String text, String host, int port) throws UserError {
        assertEquals(new ListenAddress.Tcp(host, port), Arguments.address(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::1:5", ":65536", ":-1", ":+1", ":x", ":", "unix:"})
    void badAddressIsAnError(String text) {
        assertThrows(UserError.class, () -> Arguments.address(text));
    }

    private static Invocation parse(String... words) throws UserError {
        return Arguments.parse(List.of(words));
    }

    private static String show(String... words) throws UserError {
        return assertInstanceOf(Invocation.Show.class, parse(words)).text();
    }
}
