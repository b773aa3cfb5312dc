package dev.gostub.emulator.host;

import dev.gostub.emulator.host.NetworkEvent.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.function.Consumer;

/** A link of datagrams. What cannot be sent at once is lost, as on any network. */
final class LiveDatagrams implements LiveLink {
    private static final int LARGEST_BYTES = 65_535;

    private final int link;
    private final DatagramChannel channel;
    private final Consumer<NetworkEvent> events;
    private final SelectionKey key;
    private final ByteBuffer chunk = ByteBuffer.allocate(LARGEST_BYTES);
    private int allowed;

    LiveDatagrams(int link, DatagramChannel channel, SelectionKey key, Consumer<NetworkEvent> events) {
        this.link = link;
        this.channel = channel;
        this.events = events;
        this.key = key;
    }

    void connect(Optional<HostAddress> peer) throws IOException {
        if (peer.isPresent()) {
            channel.connect(LiveNetwork.address(peer.get()));
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        chunk.clear();
        try {
            if (channel.receive(chunk) instanceof InetSocketAddress from) {
                byte[] bytes = new byte[chunk.flip().remaining()];
                chunk.get(bytes);
                events.accept(new NetworkEvent.Datagram(link, LiveNetwork.address(from), bytes));
                allow(-bytes.length);
            }
        } catch (PortUnreachableException nobody) {
            events.accept(new NetworkEvent.Failed(link, Reason.ECONNREFUSED));
        }
    }

    @Override
    public void sendTo(HostAddress to, byte[] bytes) throws IOException {
        try {
            if (channel.isConnected()) {
                channel.write(ByteBuffer.wrap(bytes));
            } else {
                channel.send(ByteBuffer.wrap(bytes), LiveNetwork.address(to));
            }
        } catch (PortUnreachableException nobody) {
            events.accept(new NetworkEvent.Failed(link, Reason.ECONNREFUSED));
        } catch (IOException failure) {
            events.accept(new NetworkEvent.Failed(link, LiveConnection.reason(failure)));
        }
    }

    @Override
    public void allow(int bytes) {
        allowed += bytes;
        if (key.isValid()) {
            key.interestOps(allowed > 0 ? SelectionKey.OP_READ : 0);
        }
    }

    @Override
    public void send(byte[] bytes) {
        throw new IllegalStateException("link " + link + " is for datagrams");
    }

    @Override
    public void finish() {
        throw new IllegalStateException("link " + link + " is for datagrams");
    }

    @Override
    public void close(boolean aborted) throws IOException {
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isIdle() {
        return true;
    }
}
