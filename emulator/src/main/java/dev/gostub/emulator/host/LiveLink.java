package dev.gostub.emulator.host;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** One end of a link at the host; used by the network's thread only. A failure of the host that is not told as an event ends the link as broken. */
interface LiveLink {
    /** The channel is ready for what its key says. */
    void ready(SelectionKey key) throws IOException;

    void allow(int bytes) throws IOException;

    void send(byte[] bytes) throws IOException;

    void sendTo(HostAddress to, byte[] bytes) throws IOException;

    void finish() throws IOException;

    void close(boolean aborted) throws IOException;

    /** Has all that was sent gone. */
    boolean isIdle();

    boolean isClosed();
}
