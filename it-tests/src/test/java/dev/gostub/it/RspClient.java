package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.Deadline;
import dev.gostub.limit.TimeLimit;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A bare client of the remote protocol: sends what it is told, well-formed or not, and reads what comes. Text is Latin 1,
 * one char a byte, with escapes and run-lengths left as they are on the wire.
 */
final class RspClient implements AutoCloseable {
    /** How often a wait looks whether it has been too long. */
    private static final int LOOK_MILLIS = 1000;

    /** A packet that is not asked for comes at the latest while so many others are answered. */
    private static final int ROUNDS = 100;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean acks = true;

    private RspClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static RspClient connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LOOK_MILLIS);
        return new RspClient(socket);
    }

    /** Connected, greeted, without acknowledgements. */
    static RspClient ready(int port) throws IOException {
        RspClient client = connect(port);
        client.ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+;xmlRegisters=i386");
        client.withoutAcks();
        client.ask("Hgp0.0"); // as gdb does; gdbserver 13 dies of a breakpoint without it
        return client;
    }

    void withoutAcks() throws IOException {
        if (ask("QStartNoAckMode").equals("OK")) {
            acks = false;
        }
    }

    /** One packet and its answer. */
    String ask(String payload) throws IOException {
        send(payload);
        return answer();
    }

    void send(String payload) throws IOException {
        raw("$" + payload + "#" + checksum(payload));
    }

    /** Bytes as they are. */
    void raw(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The next packet's payload. */
    String answer() throws IOException {
        for (int b = rawByte(); b != '$'; b = rawByte()) {
            if (b < 0) {
                throw new EOFException("the server hung up");
            }
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int b = rawByte(); b != '#'; b = rawByte()) {
            if (b < 0) {
                throw new EOFException("the server hung up within a packet");
            }
            payload.write(b);
        }
        String sum = "" + (char) rawByte() + (char) rawByte();
        String text = payload.toString(StandardCharsets.ISO_8859_1);
        if (!sum.equals(checksum(text))) {
            throw new AssertionError("wrong checksum " + sum + " of " + text);
        }
        if (acks) {
            raw("+");
        }
        return text;
    }

    /** The next byte as it is, -1 at the end. */
    int rawByte() throws IOException {
        Deadline deadline = TimeLimit.ANSWER.start();
        while (true) {
            try {
                return in.read();
            } catch (SocketTimeoutException silent) {
                if (deadline.isOver()) {
                    throw silent;
                }
            }
        }
    }

    /** Each question is answered by its own answer: nothing is owed, and nothing comes unasked. */
    void isInStep() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            assertTrue(ask("qC").startsWith("QC"), "one answer each");
            assertEquals("", ask("vMustReplyEmpty"), "one answer each");
        }
    }

    /** The program counter of the stopped thread: register 16 of the amd64 layout. */
    long pc() throws IOException {
        String registers = expanded(ask("g"));
        return littleEndian(registers.substring(16 * 16, 17 * 16));
    }

    /** With the run-lengths of the protocol written out: a star repeats the char before it. */
    static String expanded(String text) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '*') {
                i++;
                all.repeat(all.charAt(all.length() - 1), text.charAt(i) - 29);
            } else {
                all.append(text.charAt(i));
            }
        }
        return all.toString();
    }

    static long littleEndian(String hex) {
        return Long.reverseBytes(Long.parseUnsignedLong(hex, 16));
    }

    static String checksum(String payload) {
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            sum += payload.charAt(i);
        }
        return "%02x".formatted(sum & 0xff);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
