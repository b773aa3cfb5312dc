package dev.gostub.emulator.host;

import java.util.List;
import java.util.Optional;

/** Nothing is reached and nobody comes in. */
final class ClosedNetwork implements HostNetwork {
    @Override
    public List<NetworkEvent> take() {
        return List.of();
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public boolean permits(HostAddress address) {
        return false;
    }

    @Override
    public boolean isNameServer(HostAddress address) {
        return false;
    }

    @Override
    public void connect(int link, HostAddress to) {
        throw closed();
    }

    @Override
    public void openDatagrams(int link, Optional<HostAddress> peer) {
        throw closed();
    }

    @Override
    public void allow(int link, int bytes) {
        throw closed();
    }

    @Override
    public void send(int link, byte[] bytes) {
        throw closed();
    }

    @Override
    public void sendTo(int link, HostAddress to, byte[] bytes) {
        throw closed();
    }

    @Override
    public void finish(int link) {
        throw closed();
    }

    @Override
    public void close(int link, boolean aborted) {
        throw closed();
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("there is no link in a closed network");
    }
}
