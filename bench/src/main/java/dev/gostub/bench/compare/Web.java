package dev.gostub.bench.compare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A Go web server in a peer, and clients of the host. */
final class Web implements AutoCloseable {
    private static final int CONNECTIONS = 50;
    /** Requests a connection, after as many for warming up. */
    private static final int REQUESTS = 60;

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int TRIES = 600;
    private static final long TRY_MILLIS = 50;

    private final Process process;
    private final int port;

    private Web(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Web start(Peer peer, Path guests) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> program = List.of(guests.resolve("web").toString(), "serve", "127.0.0.1:" + port);
        Process process = new ProcessBuilder(peer.serve(port, program))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Web web = new Web(process, port);
        try {
            web.await();
            return web;
        } catch (IOException late) {
            web.close();
            throw late;
        }
    }

    private void await() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = connect()) {
                ask(socket, new BufferedInputStream(socket.getInputStream()), "/greet?name=first");
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IOException("the server does not answer");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(TRY_MILLIS);
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Requests a second over 50 connections that stay. */
    double requestsPerSecond() throws IOException {
        requests();
        long start = System.nanoTime();
        requests();
        return CONNECTIONS * REQUESTS / ((System.nanoTime() - start) / 1e9);
    }

    private void requests() throws IOException {
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(this::client);
            }
            for (Future<Integer> each : clients.invokeAll(all)) {
                each.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    private int client() throws IOException {
        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < REQUESTS; i++) {
                ask(socket, in, "/greet?name=" + i);
            }
            return REQUESTS;
        }
    }

    private static void ask(Socket socket, InputStream in, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        in.readNBytes(length(in));
    }

    /** Reads the head of an answer. */
    private static int length(InputStream in) throws IOException {
        int length = 0;
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the server hung up");
            }
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.isEmpty()) {
                return length;
            }
            if (text.startsWith("Content-Length:")) {
                length = Integer.parseInt(text.substring(text.indexOf(':') + 1).strip());
            }
        }
    }

    /** Milliseconds for the server to send so many bytes. */
    double download(long bytes) throws IOException {
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            String request = "GET /big?size=" + bytes + " HTTP/1.0\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            long got = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (got < bytes) {
                throw new IOException("only " + got + " bytes came");
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** Milliseconds for the server to take so many bytes. */
    double upload(long bytes) throws IOException {
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            OutputStream out = socket.getOutputStream();
            String head = "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] piece = new byte[1 << 16];
            for (long left = bytes; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String answer = new String(in.readNBytes(length(in)), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith(Long.toString(bytes))) {
                throw new IOException("the server took " + answer);
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
