package dev.gostub.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A debugger's end of a real connection, byte by byte. */
final class WireClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18).flip();

    private WireClient(SocketChannel channel) {
        this.channel = channel;
    }

    static WireClient connect(ListenAddress address) throws IOException {
        return switch (address) {
            case ListenAddress.Tcp(String host, int port) -> {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                yield new WireClient(channel);
            }
            case ListenAddress.Unix(var path, String _) ->
                new WireClient(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        };
    }

    /** A client that has agreed on no-ack mode. */
    static WireClient introduced(ListenAddress address) throws IOException {
        WireClient client = connect(address);
        client.raw("$QStartNoAckMode#b0");
        client.expect("+$OK#9a");
        client.raw("+");
        return client;
    }

    void raw(String bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    void tell(String payload) throws IOException {
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            sum += payload.charAt(i);
        }
        raw("$" + payload + "#" + Character.forDigit(sum >> 4 & 15, 16) + Character.forDigit(sum & 15, 16));
    }

    /** The next byte, or -1 at the end of the stream. */
    private int read() throws IOException {
        while (!buffer.hasRemaining()) {
            buffer.clear();
            int count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                return -1;
            }
        }
        return buffer.get() & 0xff;
    }

    void expect(String bytes) throws IOException {
        StringBuilder got = new StringBuilder();
        while (got.length() < bytes.length()) {
            int value = read();
            if (value < 0) {
                break;
            }
            got.append((char) value);
        }
        assertEquals(bytes, got.toString());
    }

    /** The payload of the next packet; nothing else may come before it. */
    String next() throws IOException {
        expect("$");
        StringBuilder payload = new StringBuilder();
        for (int value = read(); value != '#'; value = read()) {
            if (value < 0) {
                throw new IOException("connection closed in a packet");
            }
            payload.append((char) value);
        }
        read();
        read();
        return payload.toString();
    }

    String ask(String payload) throws IOException {
        tell(payload);
        return next();
    }

    /** True once the server has closed the connection; waits for it. */
    boolean isClosedByServer() throws IOException {
        try {
            return read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
