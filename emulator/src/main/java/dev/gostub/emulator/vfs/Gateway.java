package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.host.HostAddress;
import dev.gostub.emulator.host.HostNetwork;
import dev.gostub.emulator.host.NetworkEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where sockets of the machine meet the network outside. {@link #poll} alone lets in what happened there, so it is an input with a moment; what goes out has no influence on the run.
 */
final class Gateway implements Stateful {
    /** So many bytes of datagrams may wait outside for a socket. */
    private static final int DATAGRAM_BYTES = 1 << 18;

    private final HostNetwork host;
    private final boolean open;
    private final Network network;
    private TreeMap<Integer, Passage> passages = new TreeMap<>();
    /** Those of {@code connect(2)} that are under way. */
    private TreeMap<Integer, StreamSocket> attempts = new TreeMap<>();
    /** Connections that have come and wait for somebody who listens, or for room in his queue. */
    private TreeMap<Integer, NetworkEvent.Accepted> arrivals = new TreeMap<>();

    private TreeMap<Integer, DatagramSocket> datagrams = new TreeMap<>();
    /** Published ports on which somebody has ever listened. */
    private TreeSet<Integer> served = new TreeSet<>();

    private int lastLink;

    Gateway(HostNetwork host, Network network) {
        this.host = host;
        this.open = host.isOpen();
        this.network = network;
    }

    /** Is anything of the world outside open. */
    boolean isOpen() {
        return open;
    }

    /** May the guest reach this address outside. */
    boolean leadsTo(Internet address) {
        return open && host.permits(outside(address));
    }

    private static HostAddress outside(Internet address) {
        return new HostAddress(address.high(), address.low(), address.port());
    }

    private static Internet inside(HostAddress address) {
        return new Internet(address.high(), address.low(), address.port());
    }

    // ---- what the guest does

    /** Begins to connect a socket, which hears of the end by {@link StreamSocket#reached} or {@link StreamSocket#missed}. */
    void connect(StreamSocket socket, Internet target) {
        int link = ++lastLink;
        attempts.put(link, socket);
        socket.attempt(target);
        host.connect(link, outside(target));
    }

    /** The socket is closed before it was connected. */
    void abandon(StreamSocket socket) {
        List<Integer> links = new ArrayList<>();
        attempts.forEach((link, attempting) -> {
            if (attempting == socket) {
                links.add(link);
            }
        });
        for (int link : links) {
            attempts.remove(link);
            host.close(link, true);
        }
    }

    /** Sends a message; one that finds nobody is lost. */
    void send(DatagramSocket socket, Internet target, byte[] bytes) {
        host.sendTo(linkOf(socket), outside(target), bytes);
    }

    private int linkOf(DatagramSocket socket) {
        if (socket.link() == 0) {
            int link = ++lastLink;
            socket.linked(link);
            datagrams.put(link, socket);
            Optional<HostAddress> peer = socket.internetPeer().map(Gateway::outside);
            host.openDatagrams(link, peer);
            host.allow(link, DATAGRAM_BYTES);
        }
        return socket.link();
    }

    /** The socket is closed. */
    void close(DatagramSocket socket) {
        if (socket.link() != 0 && datagrams.remove(socket.link()) != null) {
            host.close(socket.link(), false);
        }
    }

    /** Has anything been written that the host has not taken. */
    boolean hasUnsent() {
        return passages.values().stream().anyMatch(Passage::hasUnsent);
    }

    // ---- what happens outside

    /** Lets in what happened outside, and lets out what the guest has written. */
    void poll() {
        if (!open) {
            return;
        }
        for (NetworkEvent event : host.take()) {
            take(event);
        }
        seatArrivals();
        List<Passage> ended = new ArrayList<>();
        for (Passage passage : passages.values()) {
            if (!passage.pump(host) || passage.isOver()) {
                ended.add(passage);
            }
        }
        ended.forEach(passage -> end(passage.link(), !passage.isOver()));
    }

    private void take(NetworkEvent event) {
        switch (event) {
            case NetworkEvent.Accepted arrival -> {
                arrivals.put(arrival.link(), arrival);
                passages.put(arrival.link(), new Passage(arrival.link(), network.outerEnd()));
            }
            case NetworkEvent.Connected(int link, HostAddress local) -> connected(link, inside(local));
            case NetworkEvent.Failed(int link, NetworkEvent.Reason reason) ->
                failed(link, Errno.valueOf(reason.name()));
            case NetworkEvent.Datagram(int link, HostAddress from, byte[] bytes) -> datagram(link, inside(from), bytes);
            case NetworkEvent.Received(int link, byte[] bytes) -> {
                if (passage(link).filter(passage -> !passage.hear(bytes)).isPresent()) {
                    end(link, true);
                }
            }
            case NetworkEvent.Room(int link, int bytes) -> passage(link).ifPresent(passage -> passage.roomFor(bytes));
            case NetworkEvent.Finished(int link) -> passage(link).ifPresent(Passage::heardAll);
            case NetworkEvent.Broken(int link) -> {
                if (attempts.containsKey(link)) {
                    failed(link, Errno.ECONNREFUSED);
                } else {
                    end(link, true);
                }
            }
        }
    }

    private void connected(int link, Internet local) {
        StreamSocket socket = attempts.remove(link);
        if (socket != null) {
            StreamSocket outer = network.twin(socket);
            socket.reached(outer, local);
            Passage passage = new Passage(link, outer);
            passage.begin();
            passages.put(link, passage);
        }
    }

    private void failed(int link, Errno errno) {
        StreamSocket socket = attempts.remove(link);
        DatagramSocket datagram = datagrams.get(link);
        if (socket != null) {
            socket.missed(errno);
        } else if (datagram != null) {
            datagram.fail(errno);
        }
    }

    private void datagram(int link, Internet from, byte[] bytes) {
        DatagramSocket socket = datagrams.get(link);
        if (socket != null) {
            host.allow(link, bytes.length);
            if (socket.internetPeer().stream().allMatch(from::equals)) {
                // One that finds no room is lost.
                socket.deliver(bytes, from);
            }
        }
    }

    private Optional<Passage> passage(int link) {
        return Optional.ofNullable(passages.get(link));
    }

    private void seatArrivals() {
        for (NetworkEvent.Accepted arrival : List.copyOf(arrivals.values())) {
            passage(arrival.link()).ifPresent(passage -> seat(arrival, passage));
        }
    }

    private void seat(NetworkEvent.Accepted arrival, Passage passage) {
        Optional<StreamSocket> listener = network.listenerAt(arrival.port(), passage.outer());
        if (listener.isPresent()) {
            served.add(arrival.port());
            seat(arrival, passage, listener.get());
        } else if (served.contains(arrival.port())) {
            // Nobody listens any more. Before the first has begun to, a client waits.
            end(arrival.link(), true);
        }
    }

    private void seat(NetworkEvent.Accepted arrival, Passage passage, StreamSocket listener) {
        Internet here = Internet.LOOPBACK.withPort(arrival.port());
        if (passage.outer().joinQueue(listener, inside(arrival.peer()), here)) {
            passage.begin();
            arrivals.remove(arrival.link());
        }
    }

    private void end(int link, boolean broken) {
        arrivals.remove(link);
        passage(link).ifPresent(passage -> {
            passages.remove(link);
            passage.end(broken);
            host.close(link, broken);
        });
    }

    @Override
    public Saved capture() {
        TreeMap<Integer, Passage> connections = new TreeMap<>(passages);
        TreeMap<Integer, StreamSocket> trying = new TreeMap<>(attempts);
        TreeMap<Integer, NetworkEvent.Accepted> waiting = new TreeMap<>(arrivals);
        TreeMap<Integer, DatagramSocket> messages = new TreeMap<>(datagrams);
        TreeSet<Integer> ports = new TreeSet<>(served);
        int last = lastLink;
        return () -> {
            passages = new TreeMap<>(connections);
            attempts = new TreeMap<>(trying);
            arrivals = new TreeMap<>(waiting);
            datagrams = new TreeMap<>(messages);
            served = new TreeSet<>(ports);
            lastLink = last;
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        passages.values().forEach(visit);
        attempts.values().forEach(visit);
        datagrams.values().forEach(visit);
    }
}
