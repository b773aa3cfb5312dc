package dev.gostub.emulator.host;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A network in which happens what a test says, and which keeps what the machine does. Closed until {@link #open}. */
public final class FixedNetwork implements HostNetwork {
    private final List<NetworkEvent> events = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private final Map<Integer, ByteArrayOutputStream> sent = new TreeMap<>();
    private boolean open;

    /** Everything is permitted from now on; to be called before there is a machine. */
    public FixedNetwork open() {
        open = true;
        return this;
    }

    /** Lets something happen. */
    public void happen(NetworkEvent event) {
        events.add(event);
    }

    /** What the machine has done but for sending, oldest first: {@code connect 1}, {@code finish 1}, {@code close 1}, {@code abort 1}, … */
    public List<String> actions() {
        return List.copyOf(actions);
    }

    /** All bytes that were sent on a link. */
    public byte[] sent(int link) {
        return sent.getOrDefault(link, new ByteArrayOutputStream()).toByteArray();
    }

    @Override
    public List<NetworkEvent> take() {
        List<NetworkEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean permits(HostAddress address) {
        return open;
    }

    @Override
    public boolean isNameServer(HostAddress address) {
        return false;
    }

    @Override
    public void connect(int link, HostAddress to) {
        actions.add("connect " + link);
    }

    @Override
    public void openDatagrams(int link, Optional<HostAddress> peer) {
        actions.add("datagrams " + link);
    }

    @Override
    public void allow(int link, int bytes) {
        actions.add("allow " + link + " " + bytes);
    }

    @Override
    public void send(int link, byte[] bytes) {
        sent.computeIfAbsent(link, _ -> new ByteArrayOutputStream()).writeBytes(bytes);
    }

    @Override
    public void sendTo(int link, HostAddress to, byte[] bytes) {
        send(link, bytes);
    }

    @Override
    public void finish(int link) {
        actions.add("finish " + link);
    }

    @Override
    public void close(int link, boolean aborted) {
        actions.add((aborted ? "abort " : "close ") + link);
    }
}
