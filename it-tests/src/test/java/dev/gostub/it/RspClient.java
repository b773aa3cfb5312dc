package dev.gostub.it;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A bare client of the remote protocol: sends what it is told, well-formed or not, and reads what comes. Text is Latin 1,
 * one char a byte, with escapes and run-lengths left as they are on the wire.
 */
final class RspClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

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
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
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
        for (int b = in.read(); b != '$'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up");
            }
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int b = in.read(); b != '#'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up within a packet");
            }
            payload.write(b);
        }
        String sum = "" + (char) in.read() + (char) in.read();
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
        return in.read();
    }

    /** Whether nothing more comes within a time. */
    boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
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
