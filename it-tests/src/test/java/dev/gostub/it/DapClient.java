package dev.gostub.it;

import dev.gostub.limit.TimeLimit;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An editor as its debug server sees it: the Debug Adapter Protocol, of which the answers are kept as the JSON text that they are (dlv writes
 * it without blanks).
 */
final class DapClient implements AutoCloseable {
    private static final String LENGTH = "Content-Length: ";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;

    private DapClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) TimeLimit.ANSWER.here().toMillis());
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static DapClient connect(String host, int port) throws IOException {
        return new DapClient(new Socket(host, port));
    }

    /** Sends a request and returns its response; fails if that says so. */
    String ask(String command, String arguments) throws IOException {
        tell(command, arguments);
        String response = await("\"type\":\"response\"", "\"command\":\"" + command + "\"");
        if (!response.contains("\"success\":true")) {
            throw new AssertionError(command + " failed: " + response);
        }
        return response;
    }

    /** Sends a request whose response comes later, or interests nobody. */
    void tell(String command, String arguments) throws IOException {
        sequence++;
        byte[] body = "{\"seq\":%d,\"type\":\"request\",\"command\":\"%s\",\"arguments\":%s}"
                .formatted(sequence, command, arguments)
                .getBytes(StandardCharsets.UTF_8);
        out.write((LENGTH + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    String awaitEvent(String name) throws IOException {
        return await("\"type\":\"event\"", "\"event\":\"" + name + "\"");
    }

    /** The next message that has both parts; those before it are dropped. */
    private String await(String part, String other) throws IOException {
        while (true) {
            String message = receive();
            if (message.contains(part) && message.contains(other)) {
                return message;
            }
        }
    }

    private String receive() throws IOException {
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()));
            }
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new String(body, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (char next = (char) in.readByte(); next != '\n'; next = (char) in.readByte()) {
            if (next != '\r') {
                line.append(next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
