package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.vfs.SocketObject.Peek;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One direction of a connection: bytes, what goes along with some of them, and the error in which it may end. */
final class Direction implements Stateful {
    /** A longer packet is refused: {@code sk_sndbuf} without what {@code unix_dgram_sendmsg} keeps back. */
    private static final int LARGEST_PACKET = 212_992 - 32;

    private static final int MOST_PACKETS = 256;

    private final StreamBuffer buffer;
    private final boolean packets;
    private final SocketOptions writer;
    private final SocketOptions reader;
    /** Counts of bytes ever. */
    private long written;

    private long taken;
    /** In order, without overlap; bytes in none have nothing with them. */
    private List<Parcel> parcels = List.of();

    /** The byte that was sent with {@code MSG_OOB}, which is not among the others; negative for none. */
    private int urgent = -1;

    /** How many bytes come before it. */
    private long mark;

    private Optional<Errno> error = Optional.empty();
    private boolean reset;

    /** The bytes of one message: from the first to before the other. The files go with the first byte. */
    private record Parcel(long from, long to, Ancillary ancillary) {
        boolean hasFiles() {
            return !ancillary.files().isEmpty();
        }
    }

    /** What a read gives: a count or a negative errno. */
    record Taken(long count, Ancillary ancillary) {}

    /** With packets each write is a message of its own, read whole or cut off ({@code SOCK_SEQPACKET}). */
    Direction(StreamBuffer buffer, boolean packets, SocketOptions writer, SocketOptions reader) {
        this.buffer = buffer;
        this.packets = packets;
        this.writer = writer;
        this.reader = reader;
    }

    StreamBuffer buffer() {
        return buffer;
    }

    boolean hasPackets() {
        return packets;
    }

    /** Is there anything to read, be it a packet without bytes. */
    boolean isReadable() {
        return buffer.usedBytes() > 0 || packets && !parcels.isEmpty();
    }

    boolean isWritable() {
        return (buffer.writerReadiness() & Poll.POLLOUT) != 0 && !(packets && parcels.size() >= MOST_PACKETS);
    }

    /** A count or a negative errno; files are retained if any byte is taken. */
    long write(byte[] from, int at, int length, Ancillary with) {
        boolean passes = writer.isSet(SocketOption.SO_PASSCRED) || reader.isSet(SocketOption.SO_PASSCRED);
        if (packets) {
            return writePacket(from, at, length, with.between(passes));
        }
        long count = buffer.write(from, at, length);
        if (count > 0) {
            append(written + count, with.between(passes));
            written += count;
        }
        return count;
    }

    private long writePacket(byte[] from, int at, int length, Ancillary with) {
        if (!buffer.hasReaders()) {
            return Errno.EPIPE.result();
        }
        if (length > LARGEST_PACKET) {
            return Errno.EMSGSIZE.result();
        }
        int used = buffer.usedBytes() + length;
        if (!isWritable() || used > buffer.capacityBytes() && Errno.isError(buffer.resize(used))) {
            return Errno.EAGAIN.result();
        }
        buffer.write(from, at, length);
        List<Parcel> more = new ArrayList<>(parcels);
        more.add(new Parcel(written, written + length, with.retain()));
        parcels = List.copyOf(more);
        written += length;
        buffer.activity().noteReadable();
        return length;
    }

    private void append(long end, Ancillary with) {
        if (with.isEmpty()) {
            return;
        }
        List<Parcel> more = new ArrayList<>(parcels);
        Optional<Parcel> last = parcels.isEmpty() ? Optional.empty() : Optional.of(parcels.getLast());
        if (last.isPresent()
                && last.get().to == written
                && last.get().ancillary.equals(with)
                && !last.get().hasFiles()) {
            more.set(more.size() - 1, new Parcel(last.get().from, end, with));
        } else {
            more.add(new Parcel(written, end, with.retain()));
        }
        parcels = List.copyOf(more);
    }

    /**
     * Reads no further than the message that brings files, and, if the reader asks who sends, than those of one sender ({@code
     * unix_stream_read_generic}). The references to the files become the caller's; a look at them makes more.
     */
    Taken read(byte[] into, int at, int length, Peek peek) {
        return readUpTo(into, at, (int) Math.min(length, beforeMark()), peek);
    }

    /** No read goes past the urgent byte; one that begins there passes it by. */
    private long beforeMark() {
        if (urgent >= 0 && taken == mark) {
            urgent = -1;
        }
        return urgent < 0 ? Long.MAX_VALUE : mark - taken;
    }

    void urge(byte value) {
        urgent = value & 0xff;
        mark = written;
        buffer.activity().noteReadable();
    }

    boolean isUrgent() {
        return urgent >= 0;
    }

    /** A count or a negative errno. */
    long readUrgent(byte[] into, Peek peek) {
        if (urgent < 0) {
            return Errno.EINVAL.result();
        }
        if (into.length > 0) {
            into[0] = (byte) urgent;
        }
        urgent = peek == Peek.TAKE ? -1 : urgent;
        return Math.min(into.length, 1);
    }

    private Taken readUpTo(byte[] into, int at, int length, Peek peek) {
        if (parcels.isEmpty()) {
            long count = peek == Peek.TAKE ? buffer.read(into, at, length) : buffer.peek(into, at, length);
            taken += peek == Peek.TAKE ? Math.max(count, 0) : 0;
            return new Taken(count, Ancillary.NONE);
        }
        if (packets) {
            return readPacket(into, at, length, peek);
        }
        int most = (int) (endOfRun(taken + length) - taken);
        if (peek == Peek.LEAVE) {
            long count = buffer.peek(into, at, most);
            return new Taken(count, upTo(taken + Math.max(count, 0)).retain());
        }
        long count = Math.max(buffer.read(into, at, most), 0);
        Ancillary with = upTo(taken + count);
        taken += count;
        parcels = parcels.stream().filter(parcel -> parcel.to > taken).toList();
        return new Taken(count, with);
    }

    /** The count is that of the packet. */
    private Taken readPacket(byte[] into, int at, int length, Peek peek) {
        Parcel next = parcels.getFirst();
        int size = (int) (next.to - next.from);
        int count = Math.min(length, size);
        if (peek == Peek.LEAVE) {
            buffer.peek(into, at, count);
            return new Taken(size, next.ancillary.retain());
        }
        buffer.read(into, at, count);
        buffer.read(new byte[size - count], 0, size - count);
        taken = next.to;
        parcels = List.copyOf(parcels.subList(1, parcels.size()));
        buffer.activity().noteWritable();
        return new Taken(size, next.ancillary);
    }

    private long endOfRun(long limit) {
        long end = limit;
        boolean bySender = reader.isSet(SocketOption.SO_PASSCRED);
        Optional<Ucred> sender = senderAt(taken);
        for (Parcel parcel : parcels) {
            if (parcel.from >= end) {
                break;
            }
            if (bySender && !senderAt(Math.max(parcel.from, taken)).equals(sender)) {
                return parcel.from;
            }
            if (parcel.hasFiles() && parcel.from >= taken
                    || bySender && !senderAt(parcel.to).equals(sender)) {
                end = Math.min(end, parcel.to);
            }
        }
        return end;
    }

    private Optional<Ucred> senderAt(long position) {
        for (Parcel parcel : parcels) {
            if (parcel.from <= position && position < parcel.to) {
                return parcel.ancillary.sender();
            }
        }
        return Optional.empty();
    }

    /** What goes with the bytes from the next one to before this one. */
    private Ancillary upTo(long end) {
        for (Parcel parcel : parcels) {
            if (parcel.hasFiles() && parcel.from >= taken && parcel.from < end) {
                return new Ancillary(parcel.ancillary.files(), senderAt(taken), false);
            }
        }
        return new Ancillary(List.of(), senderAt(taken), false);
    }

    /** Nobody reads any more: what is under way is lost. */
    void abandon() {
        for (Parcel parcel : parcels) {
            if (parcel.from >= taken) {
                parcel.ancillary.release();
            }
        }
        parcels = List.of();
    }

    /** The connection has broken: the reader is told once, after the bytes that came before. */
    void reset(Errno errno) {
        reset = true;
        fail(errno);
    }

    /** The reader is told of an error once. */
    void fail(Errno errno) {
        error = Optional.of(errno);
        buffer.activity().noteBoth();
    }

    boolean isReset() {
        return reset;
    }

    Optional<Errno> error() {
        return error;
    }

    /** The error, which is forgotten by that. */
    Optional<Errno> takeError() {
        Optional<Errno> last = error;
        error = Optional.empty();
        return last;
    }

    @Override
    public Saved capture() {
        long in = written;
        long out = taken;
        List<Parcel> messages = parcels;
        Optional<Errno> last = error;
        boolean broken = reset;
        int outOfBand = urgent;
        long before = mark;
        return () -> {
            urgent = outOfBand;
            mark = before;
            written = in;
            taken = out;
            parcels = messages;
            error = last;
            reset = broken;
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(buffer);
        for (Parcel parcel : parcels) {
            parcel.ancillary.files().forEach(visit);
        }
    }
}
