package dev.gostub.emulator.host;

import java.util.List;
import java.util.Optional;

/**
 * The network outside of the machine, as far as it was opened. What happens there comes by {@link #take} and in no other way; what the machine does there has no result, so that it can be left out when a run is made again from
 * its log.
 *
 * <p>Bytes flow by credit in both directions, and so no buffer grows: the host reads of a connection no more than the machine has {@link #allow}ed, and the machine sends no more than there is {@link NetworkEvent.Room}.
 */
public interface HostNetwork {
    /** What happened since the last call, in order. */
    List<NetworkEvent> take();

    /** Is anything opened at all; the same at every call. */
    boolean isOpen();

    /** May the machine connect or send to this address; the same at every call. */
    boolean permits(HostAddress address);

    /** Is this where names are resolved outside; the same at every call. */
    boolean isNameServer(HostAddress address);

    /** Begins to connect a new link by TCP; {@link NetworkEvent.Connected} or {@link NetworkEvent.Failed} follows. */
    void connect(int link, HostAddress to);

    /** Opens a new link for datagrams: from now on {@link #sendTo} can be called. With a peer only it is heard, and that it is not there is told as {@link NetworkEvent.Failed}. */
    void openDatagrams(int link, Optional<HostAddress> peer);

    /** So many bytes more may be read of the link; of datagrams the last one may be longer. */
    void allow(int link, int bytes);

    /** Sends bytes, which nobody changes afterwards. */
    void send(int link, byte[] bytes);

    /** Sends a message, which nobody changes afterwards. */
    void sendTo(int link, HostAddress to, byte[] bytes);

    /** Nothing more will be sent (FIN). */
    void finish(int link);

    /** Ends a link: at once and with an RST if it is {@code aborted}, else when what was sent has gone. */
    void close(int link, boolean aborted);

    /** A machine without a network. */
    static HostNetwork none() {
        return new ClosedNetwork();
    }
}
