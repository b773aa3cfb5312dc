package dev.gostub.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A peer's debug server that listens; gone after {@link #close}. */
final class Stub implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    final int port;
    /** When the process was asked for, by {@link System#nanoTime}. */
    final long startNanos;
    /** From then until the port was listened on. */
    final double listeningMillis;

    private Stub(Process process, int port, long startNanos) throws IOException {
        this.process = process;
        this.port = port;
        this.startNanos = startNanos;
        while (!isListening(port)) {
            if (System.nanoTime() - startNanos > LIMIT_NANOS || !process.isAlive()) {
                throw new IOException("does not listen: " + process.info().commandLine());
            }
            pause();
        }
        this.listeningMillis = (System.nanoTime() - startNanos) / 1e6;
    }

    /** With a program stopped at its entry. */
    static Stub start(Peer peer, List<String> program) throws IOException {
        return start(port -> peer.debug(port, program));
    }

    /** Without a program: its clients name them. */
    static Stub stay(Peer peer) throws IOException {
        return start(peer::stay);
    }

    private static Stub start(IntFunction<List<String>> command) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(command.apply(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        long start = System.nanoTime();
        return new Stub(builder.start(), port, start);
    }

    /** Seen from outside: a connection would be taken as the one client by some peers. */
    private static boolean isListening(int port) throws IOException {
        String wanted = String.format(Locale.ROOT, ":%04X ", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path file = Path.of(table);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    int at = line.indexOf(wanted);
                    if (at >= 0 && line.indexOf(" 0A ") > at) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Resident memory of the server and its children, in MB. */
    double residentMegabytes() {
        long kilobytes = resident(process.toHandle());
        for (ProcessHandle child : process.descendants().toList()) {
            kilobytes += resident(child);
        }
        return kilobytes / 1024.0;
    }

    private static long resident(ProcessHandle handle) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(handle.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(1);
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
