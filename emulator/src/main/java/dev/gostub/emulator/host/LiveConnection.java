package dev.gostub.emulator.host;

import dev.gostub.emulator.host.NetworkEvent.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** A connection of bytes. */
final class LiveConnection implements LiveLink {
    /** So much may be under way to a peer that does not read. */
    static final int ROOM_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 1 << 18;

    private final int link;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final NetworkQueue events;
    private final ByteBuffer chunk;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int allowed;
    private boolean heardAll;
    private boolean finishing;
    private boolean closing;

    /** What all connections of a network have together: where their events go, and a buffer to read into. */
    record Shared(NetworkQueue events, ByteBuffer chunk) {
        Shared(NetworkQueue events) {
            this(events, ByteBuffer.allocateDirect(CHUNK_BYTES));
        }
    }

    /** Of a channel that is connected, or about to be; its key is its own. */
    LiveConnection(int link, SocketChannel channel, SelectionKey key, Shared shared) {
        this.link = link;
        this.channel = channel;
        this.key = key;
        this.events = shared.events();
        this.chunk = shared.chunk();
    }

    /** The channel was connected by {@code connect} at once. */
    void connected() throws IOException {
        if (channel.getLocalAddress() instanceof InetSocketAddress local) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            events.add(new NetworkEvent.Connected(link, LiveNetwork.address(local)));
        } else {
            events.add(new NetworkEvent.Connected(link, new HostAddress(0, 0, 0)));
        }
        begin();
    }

    /** From now on bytes can flow. */
    void begin() {
        events.add(new NetworkEvent.Room(link, ROOM_BYTES));
        interest();
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isConnectable()) {
            try {
                channel.finishConnect();
            } catch (IOException failure) {
                events.add(new NetworkEvent.Failed(link, reason(failure)));
                channel.close();
                return;
            }
            connected();
            return;
        }
        if (ready.isReadable()) {
            read();
        }
        if (channel.isOpen() && ready.isValid() && ready.isWritable()) {
            write();
        }
    }

    private void read() throws IOException {
        chunk.clear().limit(Math.min(allowed, chunk.capacity()));
        int count = channel.read(chunk);
        if (count < 0) {
            heardAll = true;
            events.add(new NetworkEvent.Finished(link));
        } else if (count > 0) {
            allowed -= count;
            byte[] bytes = new byte[count];
            chunk.flip().get(bytes);
            events.add(new NetworkEvent.Received(link, bytes));
        }
        interest();
    }

    @Override
    public void allow(int bytes) {
        allowed += bytes;
        interest();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        waiting.add(ByteBuffer.wrap(bytes));
        if (waiting.size() == 1) {
            write();
        }
    }

    @Override
    public void sendTo(HostAddress to, byte[] bytes) {
        throw new IllegalStateException("link " + link + " is a connection");
    }

    private void write() throws IOException {
        int written = 0;
        while (!waiting.isEmpty()) {
            written += channel.write(waiting.getFirst());
            if (waiting.getFirst().hasRemaining()) {
                break;
            }
            waiting.removeFirst();
        }
        if (written > 0) {
            events.add(new NetworkEvent.Room(link, written));
        }
        afterWrite();
    }

    private void afterWrite() throws IOException {
        if (!waiting.isEmpty()) {
            interest();
        } else if (closing) {
            channel.close();
        } else {
            if (finishing && channel.isConnected()) {
                finishing = false;
                channel.shutdownOutput();
            }
            interest();
        }
    }

    @Override
    public void finish() throws IOException {
        finishing = true;
        afterWrite();
    }

    @Override
    public void close(boolean aborted) throws IOException {
        if (aborted) {
            // Nothing is sent any more but an RST.
            if (channel.getRemoteAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } else {
            closing = true;
            afterWrite();
        }
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isIdle() {
        return waiting.isEmpty() || !channel.isOpen();
    }

    private void interest() {
        if (!key.isValid()) {
            return;
        }
        if (channel.isConnectionPending()) {
            key.interestOps(SelectionKey.OP_CONNECT);
            return;
        }
        boolean reads = allowed > 0 && !heardAll && !closing;
        key.interestOps((reads ? SelectionKey.OP_READ : 0) | (waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }

    /** The JDK tells what the system said in words only. */
    static Reason reason(IOException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("timed out")) {
            return Reason.ETIMEDOUT;
        }
        if (words.contains("network is unreachable")) {
            return Reason.ENETUNREACH;
        }
        if (words.contains("no route") || words.contains("host is") || failure instanceof NoRouteToHostException) {
            return Reason.EHOSTUNREACH;
        }
        if (words.contains("permission") || words.contains("denied") || words.contains("not permitted")) {
            return Reason.EACCES;
        }
        if (words.contains("cannot assign")) {
            return Reason.EADDRNOTAVAIL;
        }
        if (words.contains("no such file")) {
            return Reason.ENOENT;
        }
        return words.contains("reset") && !(failure instanceof ConnectException)
                ? Reason.ECONNRESET
                : Reason.ECONNREFUSED;
    }

    /** Begins to connect. */
    void connect(SocketAddress to) {
        try {
            if (channel.connect(to)) {
                connected();
            } else {
                interest();
            }
        } catch (IOException failure) {
            events.add(new NetworkEvent.Failed(link, reason(failure)));
            LiveNetwork.closeQuietly(channel);
        }
    }
}
