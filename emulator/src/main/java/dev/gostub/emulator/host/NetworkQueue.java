package dev.gostub.emulator.host;

import java.util.ArrayList;
import java.util.List;

/** Events on their way from the thread of the network to that of the machine. */
final class NetworkQueue {
    private final Doorbell doorbell;
    private final Object lock = new Object();
    private List<NetworkEvent> events = new ArrayList<>();
    // Looked at without the lock by a machine that asks every 50,000 instructions.
    private volatile boolean empty = true;

    NetworkQueue(Doorbell doorbell) {
        this.doorbell = doorbell;
    }

    void add(NetworkEvent event) {
        boolean first;
        synchronized (lock) {
            first = events.isEmpty();
            events.add(event);
            empty = false;
        }
        if (first) {
            doorbell.ring();
        }
    }

    List<NetworkEvent> take() {
        if (empty) {
            return List.of();
        }
        synchronized (lock) {
            List<NetworkEvent> taken = events;
            events = new ArrayList<>();
            empty = true;
            return List.copyOf(taken);
        }
    }
}
