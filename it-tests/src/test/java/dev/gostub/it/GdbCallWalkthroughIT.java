package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The second walkthrough, how a Go function is called, under stock gdbs of several ages with the sample {@code a}. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.gostub.it.Client#gdbs")
class GdbCallWalkthroughIT {
    private static final Path A = Samples.file("a");

    @Parameter
    Client client;

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void continueToMain() throws IOException, InterruptedException {
        client.command();
        server = Server.ofSample("a");
        gdb = GdbSession.connect(client, A, server);
        // The document says "break a.go:9", which newer gdbs take as the place after the prologue.
        String set = gdb.type("break *0x4678c0");
        assertTrue(set.contains("Breakpoint 1 at 0x4678c0") && set.contains("line 9."), set);
        String stop = gdb.type("continue");
        assertTrue(stop.contains("hit Breakpoint 1, main.main () at"), stop);
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
    void sectionsAreThoseOfTheDocument() {
        String files = gdb.type("info files");
        assertTrue(files.contains("Entry point: 0x465860"), files);
        assertTrue(files.contains("0x0000000000401000 - 0x0000000000467907 is .text"), files);
        assertEquals(0x467860, gdb.value("&'main.add'"));
    }

    @Test
    void mainDisassemblesAsInTheDocument() {
        List<String> expected = List.of(
                "0x4678c0 mov %fs:0xfffffffffffffff8,%rcx",
                "0x4678c9 cmp 0x10(%rcx),%rsp",
                "0x4678cd jbe 0x467900 <main.main+64>",
                "0x4678cf sub $0x28,%rsp",
                "0x4678d3 mov %rbp,0x20(%rsp)",
                "0x4678d8 lea 0x20(%rsp),%rbp",
                "0x4678dd movq $0x1,(%rsp)",
                "0x4678e5 movq $0x2,0x8(%rsp)",
                "0x4678ee call 0x467860 <main.add>",
                "0x4678f3 mov 0x20(%rsp),%rbp");
        List<String> seen = gdb.type("x/10i $pc")
                .lines()
                .filter(line -> !line.startsWith("warning: ")) // gdb 18, about the source file
                .map(line -> line.replaceFirst("^(=>)?\\s*(0x\\w+) <[^>]*>:\\s*", "$2 ")
                        .replace("callq", "call") // binutils before 2.37 wrote the suffix
                        .replaceAll("\\s+", " ")
                        .strip())
                .toList();
        assertEquals(expected, seen);
    }

    @Test
    void framesGrowAndShrinkAsInTheDocument() {
        assertFrame(0x4678c0, 0xc000030780L, 0xc0000307d0L);
        gdb.type("nexti");
        assertEquals(0x4678c9, gdb.value("$pc"));
        gdb.type("nexti");
        assertEquals(0x4678cd, gdb.value("$pc"));
        gdb.type("nexti 2");
        assertFrame(0x4678d3, 0xc000030758L, 0xc0000307d0L);
        gdb.type("nexti 2");
        assertFrame(0x4678dd, 0xc000030758L, 0xc000030778L);
        gdb.type("nexti 2");
        assertEquals("1", gdb.type("output *0xc000030758").strip(), "the first argument");
        assertEquals("2", gdb.type("output *0xc000030760").strip(), "the second argument");
        gdb.type("stepi");
        assertFrame(0x467860, 0xc000030750L, 0xc000030778L);
        gdb.type("stepi");
        assertFrame(0x467864, 0xc000030740L, 0xc000030778L);
        gdb.type("stepi 2");
        assertFrame(0x46786e, 0xc000030740L, 0xc000030748L);
    }

    @Test
    void resultsAreComputedAndReturnedAsInTheDocument() {
        until(0x467880);
        // the two results are cleared first, then the local variable c is set and incremented
        until(0x467888);
        assertEquals("3", gdb.type("output *0xc000030740").strip(), "the local variable c");
        until(0x467890);
        gdb.type("stepi");
        assertEquals(1, gdb.value("$rax"), "a in rax");
        until(0x4678ae);
        assertEquals("3", gdb.type("output *0xc000030768").strip(), "a + b");
        assertEquals("1", gdb.type("output *0xc000030770").strip(), "b - a");
        assertFrame(0x4678ae, 0xc000030740L, 0xc000030748L);
        String tail = gdb.type("x/5i $pc").replaceAll("\\s+", " ");
        assertTrue(tail.matches("(?s).*mov 0x8\\(%rsp\\),%rbp .*add \\$0x10,%rsp .*retq? .*int3 .*int3 ?"), tail);
        gdb.type("stepi");
        assertFrame(0x4678b3, 0xc000030740L, 0xc000030778L);
        gdb.type("stepi");
        assertFrame(0x4678b7, 0xc000030750L, 0xc000030778L);
        gdb.type("stepi");
        assertFrame(0x4678f3, 0xc000030758L, 0xc000030778L);
        gdb.type("stepi 2");
        assertFrame(0x4678fc, 0xc000030780L, 0xc0000307d0L);
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
    }

    private void until(long address) {
        gdb.type("tbreak *" + address);
        String stop = gdb.type("continue");
        assertEquals(address, gdb.value("$pc"), stop);
    }

    private void assertFrame(long pc, long rsp, long rbp) {
        assertEquals(hex(pc, rsp, rbp), hex(gdb.value("$pc"), gdb.value("$rsp"), gdb.value("$rbp")));
    }

    private static String hex(long pc, long rsp, long rbp) {
        return "pc 0x%x rsp 0x%x rbp 0x%x".formatted(pc, rsp, rbp);
    }
}
