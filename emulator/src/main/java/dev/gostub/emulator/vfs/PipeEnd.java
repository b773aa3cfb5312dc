package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.OpenFlags;
import java.util.function.Consumer;

/** One opened end of a pipe, or both ends of a named one opened for reading and writing. */
public final class PipeEnd implements FileObject {
    private final Pipe pipe;
    private final Node node;
    private final boolean reads;
    private final boolean writes;

    PipeEnd(Pipe pipe, Node node, int flags) {
        this.pipe = pipe;
        this.node = node;
        this.reads = OpenFlags.readable(flags);
        this.writes = OpenFlags.writable(flags);
        if (reads) {
            pipe.addReader();
        }
        if (writes) {
            pipe.addWriter();
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long read(byte[] into, int at, int length) {
        return pipe.read(into, at, length);
    }

    @Override
    public boolean takesBytesInPortions() {
        return true;
    }

    @Override
    public long write(byte[] from, int at, int length) {
        return pipe.write(from, at, length);
    }

    @Override
    public int readiness() {
        return (reads ? pipe.readerReadiness() : 0) | (writes ? pipe.writerReadiness() : 0);
    }

    @Override
    public long activity(int interest) {
        return pipe.activity().count(interest);
    }

    @Override
    public long available() {
        return pipe.usedBytes();
    }

    /** {@code fcntl(F_GETPIPE_SZ)}. */
    public int capacityBytes() {
        return pipe.capacityBytes();
    }

    /** {@code fcntl(F_SETPIPE_SZ)}: the new size or a negative errno. */
    public long resize(int bytes) {
        return pipe.resize(bytes);
    }

    // ---- splice(2) and its kin

    /** Has the pipe somebody who could read from it. */
    public boolean hasReaders() {
        return pipe.hasReaders();
    }

    /** Has the pipe somebody who could write to it. */
    public boolean hasWriters() {
        return pipe.hasWriters();
    }

    /** How many pages could be put in now. */
    public int freeSlots() {
        return pipe.freeSlots();
    }

    /** Is this the end of the same pipe. */
    public boolean isOf(PipeEnd other) {
        return pipe == other.pipe;
    }

    /** A look at what comes next, at no more than so many pages of it: a count. */
    public int peek(byte[] into, int length, int mostSlots) {
        return pipe.peek(into, 0, length, mostSlots);
    }

    /** Takes out what was looked at. */
    public void skip(int count) {
        pipe.skip(count);
    }

    /** Puts bytes into pages, for which there must be {@link #freeSlots}; the first begins so far into its page. */
    public void fill(byte[] bytes, int length, int intoPage) {
        pipe.fill(bytes, length, intoPage);
    }

    /** Moves pages to another pipe as far as there is room: a count. */
    public int moveTo(PipeEnd to, long most) {
        return pipe.moveTo(to.pipe, most);
    }

    /** {@link #moveTo} that leaves the bytes here as well. */
    public int copyTo(PipeEnd to, long most) {
        return pipe.copyTo(to.pipe, most);
    }

    @Override
    public boolean splicesIn() {
        return true;
    }

    @Override
    public FileObject reopened(int flags) {
        return new PipeEnd(pipe, node, flags);
    }

    @Override
    public void released() {
        if (reads) {
            pipe.removeReader();
        }
        if (writes) {
            pipe.removeWriter();
        }
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(pipe);
    }
}
