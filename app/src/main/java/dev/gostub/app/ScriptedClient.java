package dev.gostub.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of the debug server that sends what it is told and reads whatever comes: for the training run only. */
final class ScriptedClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    ScriptedClient(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends one packet and waits for the one that answers it, acknowledging it as a client must before no-ack mode. */
    String ask(String payload) throws IOException {
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) sum += payload.charAt(i);
        String packet = "$" + payload + "#" + Character.forDigit(sum >> 4 & 15, 16) + Character.forDigit(sum & 15, 16);
        out.write(packet.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        for (int next = in.read(); next != '$'; next = in.read()) {
            if (next < 0) throw new IOException("the server hung up after " + payload);
        }
        for (int next = in.read(); next != '#'; next = in.read()) {
            if (next < 0) throw new IOException("the server hung up in the answer to " + payload);
            answer.append((char) next);
        }
        in.skipNBytes(2);
        out.write('+');
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
