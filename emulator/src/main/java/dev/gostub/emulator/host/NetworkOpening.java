package dev.gostub.emulator.host;

import java.util.List;

/**
 * What a user opens of the world outside.
 *
 * @param publications ports of the machine that can be reached
 * @param everywhere may the machine connect and send to every address
 * @param allowed where else it may: a port of 0 stands for all
 */
public record NetworkOpening(List<Publication> publications, boolean everywhere, List<HostAddress> allowed) {
    /** Nothing. */
    public static final NetworkOpening NONE = new NetworkOpening(List.of(), false, List.of());

    /**
     * A port of the machine that can be reached.
     *
     * @param at where outside; port 0 for any that is free
     * @param port inside
     */
    public record Publication(HostAddress at, int port) {}

    public NetworkOpening {
        publications = List.copyOf(publications);
        allowed = List.copyOf(allowed);
    }

    boolean permits(HostAddress address) {
        return everywhere || allowed.contains(address) || allowed.contains(address.withPort(0));
    }

    /** May the machine speak to anybody outside of its own accord. */
    public boolean isOutward() {
        return everywhere || !allowed.isEmpty();
    }
}
