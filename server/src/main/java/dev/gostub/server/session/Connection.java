package dev.gostub.server.session;

/** The way back to the client. Calls never block and never throw; after {@link #close} they do nothing. */
public interface Connection {
    /** Sends one packet. */
    void send(byte[] payload);

    /** Sends one packet, after which neither side acknowledges. */
    void sendLastAcknowledged(byte[] payload);

    /** Closes the connection once everything is sent. */
    void close();

    /** Who is on the other side, for log lines. */
    String peer();
}
