package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.vfs.Direction.Taken;
import dev.gostub.emulator.vfs.SocketObject.Peek;
import java.util.Optional;
import java.util.function.Consumer;

/** A connection as one of its two sockets has it. What local sockets and TCP do differently is decided here. */
final class Connection implements Stateful {
    /** {@code TCP_ESTABLISHED} and the like of {@code net/tcp_states.h}. */
    private static final int ESTABLISHED = 1;

    private static final int FIN_WAIT2 = 5;
    private static final int CLOSE = 7;
    private static final int CLOSE_WAIT = 8;

    private final boolean local;
    private final SocketAddress peer;
    private final Ucred peerCredentials;
    private final Direction in;
    private final Direction out;
    private boolean readShut;
    private boolean writeShut;

    /** The directions are held by both sides, each the other way round. */
    Connection(StreamSocket other, SocketAddress peer, Direction in, Direction out) {
        this.local = other.family() == Sockets.AF_UNIX;
        this.peer = peer;
        this.peerCredentials = local ? other.owner() : Ucred.NONE;
        this.in = in;
        this.out = out;
    }

    SocketAddress peer() {
        return peer;
    }

    Ucred peerCredentials() {
        return peerCredentials;
    }

    Taken read(byte[] into, int at, int length, Peek peek) {
        boolean empty = !in.isReadable();
        // A connection that ends before it breaks is at its end (SOCK_DONE of tcp_recvmsg_locked); bytes come before
        // the
        // error, packets after it (__skb_try_recv_datagram).
        if ((empty || in.hasPackets()) && in.error().equals(Optional.of(Errno.ECONNRESET))) {
            return new Taken(in.takeError().orElseThrow().result(), Ancillary.NONE);
        }
        if (empty && readShut) {
            return new Taken(0, Ancillary.NONE);
        }
        return in.read(into, at, length, peek);
    }

    long write(byte[] from, int at, int length, Ancillary with) {
        if (local) {
            return writeShut ? Errno.EPIPE.result() : out.write(from, at, length, with);
        }
        Optional<Errno> error = in.takeError();
        if (error.isPresent()) {
            return error.get().result();
        }
        if (writeShut || in.isReset()) {
            return Errno.EPIPE.result();
        }
        if (!out.buffer().hasReaders()) {
            // The bytes go out; what comes back says that nobody is there (tcp_reset).
            in.reset(in.buffer().hasWriters() ? Errno.ECONNRESET : Errno.EPIPE);
            return length;
        }
        return out.write(from, at, length, Ancillary.NONE);
    }

    long writeUrgent(byte value) {
        if (writeShut || !local && in.isReset() || !out.buffer().hasReaders()) {
            return Errno.EPIPE.result();
        }
        out.urge(value);
        return 0;
    }

    long readUrgent(byte[] into, Peek peek) {
        return in.readUrgent(into, peek);
    }

    long shutdown(int how) {
        if (!local && in.isReset()) {
            return Errno.ENOTCONN.result();
        }
        boolean read = how != Sockets.SHUT_WR && !readShut;
        boolean write = how != Sockets.SHUT_RD && !writeShut;
        if (read && local) {
            in.buffer().removeReader();
        }
        if (write) {
            out.buffer().removeWriter();
        }
        readShut |= read;
        writeShut |= write;
        return 0;
    }

    /** The socket is closed: what the peer sent and nobody read, or a wait of no time for what it has still to read, breaks the connection. */
    void close(boolean unaccepted, SocketOptions options) {
        boolean aborts = options.get(SocketOption.SO_LINGER) == 1L << Integer.SIZE;
        if (unaccepted || in.isReadable() || !local && aborts) {
            out.reset(writeShut && !local ? Errno.EPIPE : Errno.ECONNRESET);
        }
        in.abandon();
        if (!readShut || !local) {
            in.buffer().removeReader();
        }
        if (!writeShut) {
            out.buffer().removeWriter();
        }
    }

    int readiness() {
        int inward = in.buffer().readerReadiness();
        int outward = out.buffer().writerReadiness();
        boolean broken = !local && in.isReset();
        boolean noMoreIn = (inward & Poll.POLLHUP) != 0 || readShut || broken;
        boolean noMoreOut = local && (outward & Poll.POLLERR) != 0 || writeShut || broken;
        boolean writable = noMoreOut || !out.buffer().hasReaders() || out.isWritable();
        return (in.isReadable() ? Poll.READABLE : 0)
                | (in.isUrgent() ? Poll.POLLPRI : 0)
                | (in.error().isPresent() ? Poll.POLLERR : 0)
                | (noMoreIn ? Poll.READABLE | Poll.POLLRDHUP : 0)
                | (writable ? Poll.WRITABLE : 0)
                | (noMoreIn && noMoreOut ? Poll.POLLHUP : 0);
    }

    long activity(int interest) {
        return in.buffer().activity().count(interest & ~Poll.WRITABLE)
                + out.buffer().activity().count(interest & ~(Poll.READABLE | Poll.POLLRDHUP));
    }

    boolean hasPeerReading() {
        return out.buffer().hasReaders();
    }

    void widen(int bytes) {
        in.buffer().resize(bytes);
        out.buffer().resize(bytes);
    }

    int roomBytes() {
        return out.buffer().capacityBytes() - out.buffer().usedBytes();
    }

    long unreadBytes() {
        return in.buffer().usedBytes();
    }

    /** What the peer of a local socket has not read; TCP has it acknowledged as soon as it has arrived. */
    long unsentBytes() {
        return local ? out.buffer().usedBytes() : 0;
    }

    void fail(Errno errno) {
        in.fail(errno);
    }

    Optional<Errno> takeError() {
        return in.takeError();
    }

    /** {@code tcpi_state}. */
    int state() {
        boolean peerOpen = in.buffer().hasWriters();
        if (in.isReset() || writeShut && !peerOpen) {
            return CLOSE;
        }
        return writeShut ? FIN_WAIT2 : peerOpen ? ESTABLISHED : CLOSE_WAIT;
    }

    @Override
    public Saved capture() {
        boolean read = readShut;
        boolean write = writeShut;
        return () -> {
            readShut = read;
            writeShut = write;
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(in);
        visit.accept(out);
    }
}
