package dev.gostub.server.packet;

/** A packet whose name is known but whose arguments make no sense. It is answered with an error. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
