package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFailure.Reason;
import dev.gostub.emulator.host.HostFolder.Access;
import dev.gostub.emulator.host.HostOpenFile;
import dev.gostub.emulator.host.HostStat;
import dev.gostub.emulator.memory.Frame;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The bytes of a file of the host's own. Reads and writes go there at once; what is mapped is a copy, brought together with the file ({@link SharedPages}) before either can be seen through the other.
 *
 * <p>All openings share the host's handles: one that reads, one that writes, often the same. They stay while anybody has the file open or mapped, so that a file without a name goes on.
 */
final class LiveContent implements Content, LiveInode {
    private final LiveName place;
    private final SharedPages shared = new SharedPages();
    private Optional<HostOpenFile> reading;
    private Optional<HostOpenFile> writing;
    private long toldBytes;
    private boolean mapped;

    /**
     * A file.
     *
     * @param toldBytes its size
     * @param open for reading and writing, if it is
     */
    LiveContent(LiveName place, long toldBytes, Optional<HostOpenFile> open) {
        this.place = place;
        this.toldBytes = toldBytes;
        this.reading = open;
        this.writing = open;
    }

    LiveName place() {
        return place;
    }

    Mount mount() {
        return place.mount();
    }

    /** It was found under a name. */
    void found(LiveDirectory parent, String name, HostStat stat) {
        place.relocate(parent, name);
        toldBytes = stat.sizeBytes();
    }

    long toldBytes() {
        return toldBytes;
    }

    // ---- handles

    @Override
    public void open(boolean readable, boolean writable) throws FileFailure {
        try {
            if (writable) {
                writer();
            }
            if (readable) {
                reader();
            }
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    private HostOpenFile reader() throws HostFailure {
        if (reading.isEmpty()) {
            reading = Optional.of(place.open(Access.READ));
        }
        return reading.get();
    }

    private HostOpenFile writer() throws HostFailure {
        if (writing.isEmpty()) {
            try {
                writing = Optional.of(place.open(Access.READ_WRITE));
                reading = reading.or(() -> writing);
            } catch (HostFailure failure) {
                if (failure.reason() != Reason.DENIED) {
                    throw failure;
                }
                writing = Optional.of(place.open(Access.WRITE));
            }
        }
        return writing.get();
    }

    private Optional<HostOpenFile> handle() {
        return reading.or(() -> writing);
    }

    @Override
    public void closeHost() {
        if (!mapped) {
            reading.ifPresent(HostOpenFile::close);
            writing.ifPresent(HostOpenFile::close);
            reading = Optional.empty();
            writing = Optional.empty();
        }
    }

    // ---- bytes

    @Override
    public long sizeBytes() {
        try {
            Optional<HostOpenFile> open = handle();
            toldBytes = open.isPresent() ? open.get().sizeBytes() : place.stat().sizeBytes();
        } catch (HostFailure _) {
            // Gone: what was told last is all there is.
        }
        return toldBytes;
    }

    @Override
    public long read(long offset, byte[] into, int at, int length) {
        return attempt(() -> {
            meet(offset, length);
            return reader().read(offset, into, at, length);
        });
    }

    @Override
    public long write(long offset, byte[] from, int at, int length) {
        return attempt(() -> {
            meet(offset, length);
            int count = writer().write(offset, from, at, length);
            meet(offset, length);
            return count;
        });
    }

    @Override
    public long append(byte[] from, int at, int length) {
        return attempt(() -> {
            int count = writer().append(from, at, length);
            meet(0, Long.MAX_VALUE);
            return count;
        });
    }

    @Override
    public long truncate(long size) {
        return attempt(() -> {
            meet(0, Long.MAX_VALUE);
            writer().truncate(size);
            shared.cut(size);
            toldBytes = size;
            return 0;
        });
    }

    @Override
    public long sync(boolean attributes) {
        return attempt(() -> {
            meet(0, Long.MAX_VALUE);
            Optional<HostOpenFile> open = writing.or(this::handle);
            if (open.isPresent()) {
                open.get().sync(attributes);
            }
            return 0;
        });
    }

    /** Brings what is mapped in a range together with the file. */
    private void meet(long offset, long length) throws HostFailure {
        if (!shared.isEmpty()) {
            shared.meet(offset, length, reader(), this::writer);
        }
    }

    /** Something with the host's file that may fail. */
    @FunctionalInterface
    private interface Transfer {
        long run() throws HostFailure;
    }

    private static long attempt(Transfer transfer) {
        try {
            return transfer.run();
        } catch (HostFailure failure) {
            return FileFailure.errno(failure).result();
        }
    }

    // ---- mappings

    @Override
    public Optional<Frame> sharedPage(long offset) {
        try {
            return Optional.of(shared.page(offset, this::reader));
        } catch (HostFailure _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Frame> cachedPage(long offset) {
        return shared.known(offset);
    }

    /** Mapped once more: what the host has written by now is to be seen. */
    void mapped() {
        mapped = true;
        reconcile();
    }

    void unmapped() {
        reconcile();
        shared.clear();
        mapped = false;
    }

    /** Brings all that is mapped together with the file; the errno of a disk that is full is told by the next sync. */
    void reconcile() {
        long result = attempt(() -> {
            meet(0, Long.MAX_VALUE);
            return 0;
        });
        assert result <= 0 : Errno.of(result);
    }

    // ---- what it is there

    @Override
    public Attributes attributesThere() throws FileFailure {
        HostStat stat;
        try {
            stat = named();
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
        toldBytes = stat.sizeBytes();
        return place.system().attributes(stat);
    }

    private HostStat named() throws HostFailure {
        try {
            return place.stat();
        } catch (HostFailure failure) {
            Optional<HostOpenFile> open = handle();
            if (open.isEmpty()) {
                throw failure;
            }
            return open.get().stat();
        }
    }

    @Override
    public void change(HostChange change) throws FileFailure {
        try {
            place.change(change);
        } catch (FileFailure failure) {
            Optional<HostOpenFile> open = handle();
            boolean elsewhere = failure.errno() == Errno.ENOENT || failure.errno() == Errno.ESTALE;
            if (open.isEmpty() || !elsewhere) {
                throw failure;
            }
            try {
                open.get().change(change);
            } catch (HostFailure refused) {
                throw FileFailure.of(refused);
            }
        }
    }

    @Override
    public List<String> extended() throws FileFailure {
        return place.extended();
    }

    @Override
    public byte[] extended(String attribute) throws FileFailure {
        return place.extended(attribute);
    }

    void reach(Consumer<? super Stateful> visit) {
        place.reach(visit);
    }

    @Override
    public Saved capture() {
        Saved name = place.capture();
        Saved pages = shared.capture();
        long told = toldBytes;
        boolean wasMapped = mapped;
        return () -> {
            name.restore();
            pages.restore();
            toldBytes = told;
            mapped = wasMapped;
        };
    }
}
