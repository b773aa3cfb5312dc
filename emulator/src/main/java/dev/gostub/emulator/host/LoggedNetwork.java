package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;
import java.util.List;
import java.util.Optional;

/** The network of a {@link LoggedHost}. What the machine does outside passes the log too, which leaves it out when the run is made again. */
record LoggedNetwork(HostNetwork network, InputLog log) implements HostNetwork {
    @Override
    public List<NetworkEvent> take() {
        return log.answer(Question.NETWORK_EVENTS, "", network::take);
    }

    @Override
    public boolean isOpen() {
        return log.answer(Question.NETWORK_FACTS, "open", network::isOpen);
    }

    @Override
    public boolean permits(HostAddress address) {
        return log.answer(Question.NETWORK_FACTS, "permits " + address, () -> network.permits(address));
    }

    @Override
    public boolean isNameServer(HostAddress address) {
        return log.answer(Question.NETWORK_FACTS, "name server " + address, () -> network.isNameServer(address));
    }

    @Override
    public void connect(int link, HostAddress to) {
        act(link, () -> network.connect(link, to));
    }

    @Override
    public void openDatagrams(int link, Optional<HostAddress> peer) {
        act(link, () -> network.openDatagrams(link, peer));
    }

    @Override
    public void allow(int link, int bytes) {
        act(link, () -> network.allow(link, bytes));
    }

    @Override
    public void send(int link, byte[] bytes) {
        act(link, () -> network.send(link, bytes));
    }

    @Override
    public void sendTo(int link, HostAddress to, byte[] bytes) {
        act(link, () -> network.sendTo(link, to, bytes));
    }

    @Override
    public void finish(int link) {
        act(link, () -> network.finish(link));
    }

    @Override
    public void close(int link, boolean aborted) {
        act(link, () -> network.close(link, aborted));
    }

    private void act(int link, Runnable action) {
        log.answer(Question.NETWORK_ACTION, Integer.toString(link), () -> {
            action.run();
            return true;
        });
    }
}
