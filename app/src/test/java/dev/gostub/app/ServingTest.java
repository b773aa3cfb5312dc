package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.session.PacketLog;
import dev.gostub.server.transport.ListenAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** From the bound port to the exit status, over a real socket and with the sample {@code hello}. */
class ServingTest {
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);
    /** {@code mov edi,42; mov eax,231 (exit_group); syscall} over the program's entry. */
    private static final String EXIT_42 = "M464840,c:bf2a000000b8e70000000f05";

    @Test
    void oneClientIsServedUntilItLeaves() throws Exception {
        try (Serving serving = serve(Serving.Lifetime.ONE_CLIENT)) {
            try (ScriptedClient client = client(serving)) {
                assertTrue(client.ask("?").startsWith("T05"));
            }
            assertEquals(0, serving.await());
        }
    }

    @Test
    void exitStatusIsTheGuestsOnceItHasEndedAndTheClientHasLeft() throws Exception {
        try (Serving serving = serve(Serving.Lifetime.ONE_GUEST)) {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(serving::await);
            try (ScriptedClient client = client(serving)) {
                assertEquals("OK", client.ask(EXIT_42));
                assertTrue(client.ask("vCont;c").startsWith("W2a"));
                assertTrue(client.ask("?").startsWith("W2a"), "the client is still served");
                assertFalse(status.isDone());
            }
            assertEquals(42, status.get());
        }
    }

    @Test
    void nextClientFindsTheProgramAsTheLastOneLeftIt() throws Exception {
        try (Serving serving = serve(Serving.Lifetime.ONE_GUEST)) {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(serving::await);
            try (ScriptedClient first = client(serving)) {
                assertTrue(first.ask("vCont;s").startsWith("T05"));
            }
            try (ScriptedClient second = client(serving)) {
                assertTrue(second.ask("p10").startsWith("6013460000000000"));
                assertFalse(status.isDone());
                assertEquals("OK", second.ask("D"));
            }
            try (ScriptedClient third = client(serving)) {
                assertTrue(third.ask("?").startsWith("T05"), "detaching leaves it stopped");
                assertTrue(third.ask("p10").startsWith("6013460000000000"));
            }
            assertFalse(status.isDone());
        }
    }

    @Test
    void lldbClientGetsTheGuestsOutputItself() throws Exception {
        MachineTarget target = target();
        try (Serving serving = Serving.lldb(target, ANY_PORT, PacketLog.none())) {
            try (ScriptedClient client = client(serving)) {
                // mov edi,1; lea rsi,[rip+11]; mov edx,5; mov eax,edi; syscall; jmp to itself; "Hello"
                assertEquals("OK", client.ask("M464840,17:bf01000000488d350b000000ba0500000089f80f05ebfe"));
                assertEquals("OK", client.ask("M464857,5:48656c6c6f"));
                assertEquals("O48656c6c6f", client.ask("vCont;c"));
            }
            assertEquals(0, serving.await());
        }
    }

    @Test
    void takenPortIsTheUsersToMend() throws Exception {
        try (Serving serving = serve(Serving.Lifetime.FOREVER)) {
            MachineTarget target = target();
            UserError error = assertThrows(
                    UserError.class,
                    () -> Serving.gdb(target, Serving.Lifetime.FOREVER, serving.address(), PacketLog.none()));
            assertTrue(error.line().contains(serving.address().toString()), error.line());
            assertTrue(error.line().contains("in use"), error.line());
        }
    }

    private static Serving serve(Serving.Lifetime lifetime) throws UserError {
        return Serving.gdb(target(), lifetime, ANY_PORT, PacketLog.none());
    }

    private static MachineTarget target() throws UserError {
        Samples samples = new Samples(Path.of("..", "samples"));
        MachineTarget target = new MachineTarget(new GuestStart(GuestOptions.defaults(), samples, Map.of()));
        target.load(new ProgramLine("hello", List.of()));
        return target;
    }

    private static ScriptedClient client(Serving serving) throws IOException {
        if (serving.address() instanceof ListenAddress.Tcp(String _, int port)) return new ScriptedClient(port);
        throw new IllegalStateException("no port: " + serving.address());
    }
}
