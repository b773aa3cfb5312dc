package dev.gostub.bench.compare;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A bare remote protocol client, as fast as blocking sockets are. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    /** Lengths are written as printable characters from here on (gdb's manual, E.1). */
    private static final int RUN_LENGTH_BASE = 29;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean acks = true;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
        ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+;xmlRegisters=i386");
        if (ask("QStartNoAckMode").equals("OK")) {
            acks = false;
        }
        ask("QProgramSignals:0;1;2;3;4;5;6;7;8;9;a;b;c;d;e;f;10;11;12;13;14;15;16;17");
        ask("Hgp0.0");
        ask("QPassSignals:10;17"); // SIGURG is 16 in gdb's numbers: Go preempts by it
        ask("vCont?"); // qemu refuses to step before
    }

    /** The id of the stopped thread as the stop reply writes it. */
    String thread() throws IOException {
        String stop = ask("?");
        int from = stop.indexOf("thread:") + "thread:".length();
        return stop.substring(from, stop.indexOf(';', from));
    }

    String ask(String payload) throws IOException {
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            sum += payload.charAt(i);
        }
        String packet = "$" + payload + "#" + Character.forDigit(sum >> 4 & 15, 16) + Character.forDigit(sum & 15, 16);
        out.write(packet.getBytes(StandardCharsets.ISO_8859_1));
        return answer();
    }

    private String answer() throws IOException {
        while (next() != '$') {
            continue; // acknowledgements
        }
        StringBuilder payload = new StringBuilder();
        for (int b = next(); b != '#'; b = next()) {
            if (b == '*') { // run-length coding: the character before it so many times more
                payload.repeat(payload.charAt(payload.length() - 1), next() - RUN_LENGTH_BASE);
            } else {
                payload.append((char) b);
            }
        }
        next();
        next();
        if (acks) {
            out.write('+');
        }
        return payload.toString();
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server hung up");
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
