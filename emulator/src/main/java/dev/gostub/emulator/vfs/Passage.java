package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.host.HostNetwork;
import dev.gostub.emulator.vfs.SocketObject.Peek;
import dev.gostub.emulator.vfs.SocketObject.Received;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A connection that goes on outside: the machine has both its ends, and the outer one is moved by what happens on a link of the host. So everything that a connection does inside, it does here
 * too: buffers, half-closed directions, resets, readiness.
 */
final class Passage implements Stateful {
    private static final int PIECE_BYTES = 1 << 18;
    /** Bytes under way in each direction: as many as TCP of Linux lets a busy connection have (tcp_rmem, tcp_wmem). */
    private static final int BUFFER_BYTES = 1 << 19;
    /** Less room than this is not worth telling the host of. */
    private static final int WORTH_TELLING = 1 << 15;

    private final int link;
    private final StreamSocket outer;
    /** Bytes that the host takes. */
    private long room;
    /** Bytes that the host may still read of the peer. */
    private long allowed;

    private boolean allSent;
    private boolean allHeard;

    Passage(int link, StreamSocket outer) {
        this.link = link;
        this.outer = outer;
    }

    int link() {
        return link;
    }

    StreamSocket outer() {
        return outer;
    }

    void roomFor(int bytes) {
        room += bytes;
    }

    /** Both sides have said all they had to say. */
    boolean isOver() {
        return allSent && allHeard;
    }

    /** Bytes of the peer; false if nobody will read them, which breaks the connection. */
    boolean hear(byte[] bytes) {
        allowed -= bytes.length;
        return outer.hasPeerReading() && outer.send(bytes, 0, bytes.length, Ancillary.NONE) == bytes.length;
    }

    /** The peer has said all. */
    void heardAll() {
        allHeard = true;
        outer.shutdown(Sockets.SHUT_WR);
    }

    boolean hasUnsent() {
        return outer.isConnected() && outer.available() > 0;
    }

    /** The connection has begun. */
    void begin() {
        outer.widen(BUFFER_BYTES);
    }

    /** Sends what the guest has written and makes room for what the peer will; false if the guest has broken the connection. */
    boolean pump(HostNetwork host) {
        if (!outer.isConnected()) {
            return true;
        }
        byte[] piece = new byte[0];
        while (room > 0 && !allSent) {
            long unread = outer.available();
            piece = piece.length >= Math.min(unread, PIECE_BYTES) && piece.length > 0
                    ? piece
                    : new byte[Math.clamp(unread, 1, PIECE_BYTES)];
            Received said = outer.receive(piece, 0, (int) Math.min(room, piece.length), Peek.TAKE);
            if (said.count() == Errno.EAGAIN.result()) {
                break;
            }
            if (said.count() < 0) {
                return false;
            }
            if (said.count() == 0) {
                allSent = true;
                host.finish(link);
            } else {
                room -= said.count();
                host.send(link, Arrays.copyOf(piece, (int) said.count()));
            }
        }
        long free = allHeard ? 0 : outer.roomBytes() - allowed;
        if (free >= WORTH_TELLING) {
            allowed += free;
            host.allow(link, (int) free);
        }
        return true;
    }

    /** The connection is no more; what the guest has not read yet it can still read, unless the peer broke it. */
    void end(boolean broken) {
        if (broken) {
            outer.options().set(SocketOption.SO_LINGER, 1L << Integer.SIZE);
        }
        outer.released();
    }

    @Override
    public Saved capture() {
        long bytes = room;
        long promised = allowed;
        boolean sent = allSent;
        boolean heard = allHeard;
        return () -> {
            room = bytes;
            allowed = promised;
            allSent = sent;
            allHeard = heard;
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(outer);
    }
}
