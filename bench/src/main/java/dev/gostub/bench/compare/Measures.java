package dev.gostub.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One method a measure; each makes one run and returns one figure. */
final class Measures {
    /** The sample of the first walkthrough; its addresses are fixed. */
    static final List<String> HELLO =
            List.of(Path.of("samples", "hello").toAbsolutePath().toString());

    private static final String MAIN = "499080";
    private static final String ENTRY = "464840";
    private static final String BEHIND_LOOP = "46484a";
    private static final int RANGE_STEPS = 200;
    private static final double ENOUGH_SECONDS = 3;
    private static final double MOMENT_SECONDS = 0.05;
    /** Of two instructions each. */
    private static final int MOST_ROUNDS = 500_000;

    private static final int STEPS = 30_000;
    /** What a server that stays has served before it is measured: both kinds are as fast as they get after about three. */
    private static final int EARLIER_CLIENTS = 5;

    private Measures() {}

    /** Milliseconds from the command to the listening port. */
    static double listening(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO)) {
            return stub.listeningMillis;
        }
    }

    /** Milliseconds from the command to the first instruction shown by a gdb that is started as soon as the port listens. */
    static double prompt(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO)) {
            return untilPrompt(stub.startNanos, List.of("-ex", "target remote 127.0.0.1:" + stub.port));
        }
    }

    /**
     * The same from the start of gdb, which has a server that stays start the program: the server has had some clients
     * before.
     */
    static double promptAtServerThatStays(Peer peer) throws IOException {
        try (Stub stub = Stub.stay(peer)) {
            String connect = "target extended-remote 127.0.0.1:" + stub.port;
            List<String> opening =
                    List.of("-ex", connect, "-ex", "set remote exec-file " + HELLO.getFirst(), "-ex", "starti");
            double millis = 0;
            for (int client = 0; client <= EARLIER_CLIENTS; client++) {
                millis = untilPrompt(System.nanoTime(), opening);
            }
            return millis;
        }
    }

    private static double untilPrompt(long startNanos, List<String> opening) throws IOException {
        Process gdb =
                Gdb.OF_THE_MACHINE.start(HELLO.getFirst(), join(opening, "-batch", "-ex", "x/i $pc", "-ex", "kill"));
        try (InputStream out = gdb.getInputStream()) {
            readUntil(out, "=> 0x464840");
            double millis = (System.nanoTime() - startNanos) / 1e6;
            out.transferTo(OutputStream.nullOutputStream()); // to its end: a server that stays is to be free again
            return millis;
        } finally {
            gdb.destroyForcibly();
        }
    }

    /** Milliseconds from the entry to a breakpoint at main.main, over the bare wire. */
    static double entryToMain(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO);
                Wire wire = new Wire(stub.port)) {
            wire.ask("Z0," + MAIN + ",1");
            long start = System.nanoTime();
            String stop = wire.ask("vCont;c");
            while (!stop.startsWith("T05")) {
                if (!stop.startsWith("T")) {
                    throw new IOException("instead of the breakpoint: " + stop);
                }
                stop = wire.ask("vCont;C" + stop.substring(1, 3)); // a signal: pass it on, as gdb does
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** Single steps a second over the bare wire, after as many for warming up. */
    static double stepsPerSecond(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO);
                Wire wire = new Wire(stub.port)) {
            String step = "vCont;s:" + wire.thread();
            long start = 0;
            for (int i = -STEPS; i < STEPS; i++) {
                if (i == 0) {
                    start = System.nanoTime();
                }
                String stop = wire.ask(step);
                if (!stop.startsWith("T05")) {
                    throw new IOException("instead of a step: " + stop);
                }
            }
            return STEPS / ((System.nanoTime() - start) / 1e9);
        }
    }

    /**
     * Instructions a second of a range step, what gdb's {@code next} sends for a line that loops: the last of several steps, so that what gets faster has become so, and of as many instructions as
     * the peer does in a moment, at most a million.
     */
    static double rangeStepsPerSecond(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO);
                Wire wire = new Wire(stub.port)) {
            String step = "vCont;r" + ENTRY + "," + BEHIND_LOOP + ":" + wire.thread();
            // mov $rounds,%ecx; dec %rcx; jnz back to it; and behind the range a jmp to the start.
            wire.ask("M" + ENTRY + ",c:b90000000048ffc975fbebf4");
            int rounds = 1_000;
            double rate = 0;
            double total = 0;
            for (int i = 0; i < RANGE_STEPS && total < ENOUGH_SECONDS; i++) {
                wire.ask("M464841,4:" + String.format(Locale.ROOT, "%08x", Integer.reverseBytes(rounds)));
                long start = System.nanoTime();
                String stop = wire.ask(step);
                double seconds = (System.nanoTime() - start) / 1e9;
                total += seconds;
                rate = 2 * rounds / seconds;
                if (!stop.startsWith("T05") || !stop.contains("10:4a48460000000000")) {
                    throw new IOException("instead of the end of the loop: " + stop);
                }
                rounds = seconds < MOMENT_SECONDS ? Math.min(10 * rounds, MOST_ROUNDS) : rounds;
            }
            return rate;
        }
    }

    /** Milliseconds for gdb's {@code stepi N} right after connecting. */
    static double stepi(Peer peer, int count) throws IOException {
        return command(peer, Gdb.OF_THE_MACHINE, HELLO, List.of(), "stepi " + count);
    }

    /** Milliseconds for a gdb to read 32 MiB into a file; {@code content} is zeros or random. */
    static double dump(Peer peer, Gdb gdb, Path guests, String content) throws IOException {
        List<String> program = List.of(guests.resolve("memory").toString(), content);
        String dump = "dump binary memory /dev/null $rdi $rsi";
        return command(peer, gdb, program, List.of("break *ready", "continue"), dump);
    }

    /** Milliseconds for a gdb to save a Go program that has just begun. */
    static double gcore(Peer peer, Gdb gdb, Path guests) throws IOException {
        List<String> program = List.of(guests.resolve("bench").toString());
        Path core = Files.createTempFile("core", "");
        try {
            List<String> before = List.of("handle SIGURG nostop noprint pass", "break main.main", "continue");
            return command(peer, gdb, program, before, "generate-core-file " + core);
        } finally {
            Files.delete(core);
        }
    }

    /** Milliseconds for one command of gdb, after others. */
    private static double command(Peer peer, Gdb gdb, List<String> program, List<String> before, String command)
            throws IOException {
        try (Stub stub = Stub.start(peer, program)) {
            Process process = gdb.start(program.getFirst(), List.of("-ex", "target remote 127.0.0.1:" + stub.port));
            try (InputStream out = process.getInputStream();
                    OutputStream in = process.getOutputStream()) {
                in.write((String.join("\n", before) + "\necho rea\\dy\\n\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
                readUntil(out, "ready\n");
                long start = System.nanoTime();
                in.write((command + "\necho d\\one\\n\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
                String said = readUntil(out, "done\n");
                if (said.contains("rror") || said.contains("annot")) {
                    throw new IOException(command + ": " + said);
                }
                return (System.nanoTime() - start) / 1e6;
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Resident MB of the server (with its children) after a client has looked at the entry. */
    static double resident(Peer peer) throws IOException {
        try (Stub stub = Stub.start(peer, HELLO);
                Wire wire = new Wire(stub.port)) {
            wire.ask("g");
            wire.ask("m464840,40");
            return stub.residentMegabytes();
        }
    }

    /** Milliseconds of a program from start to exit. */
    static double run(Peer peer, List<String> program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(peer.run(program))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", builder.command()) + " ended with status " + status);
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<String> join(List<String> first, String... then) {
        return Stream.concat(first.stream(), Stream.of(then)).toList();
    }

    private static String readUntil(InputStream in, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (seen.indexOf(text) < 0) {
            int n = in.read(buffer);
            if (n < 0) {
                throw new IOException("ended without " + text.strip() + ":\n" + seen);
            }
            seen.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
        return seen.toString();
    }
}
