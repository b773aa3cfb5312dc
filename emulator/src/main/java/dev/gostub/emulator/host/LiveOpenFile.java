package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An open file of this computer. */
final class LiveOpenFile implements HostOpenFile {
    private final LiveFolder.Opened file;
    private Optional<FileChannel> appending = Optional.empty();
    private Optional<Path> descriptor = Optional.empty();

    LiveOpenFile(LiveFolder.Opened file) {
        this.file = file;
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws HostFailure {
        ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
        try {
            while (buffer.hasRemaining() && file.channel().read(buffer, offset + buffer.position() - at) >= 0) {
                // Until it is full or the file ends.
            }
            return buffer.position() - at;
        } catch (IOException e) {
            throw HostFailures.of(e, file.name());
        }
    }

    @Override
    public int write(long offset, byte[] from, int at, int length) throws HostFailure {
        return written(from, at, length, buffer -> file.channel().write(buffer, offset + buffer.position() - at));
    }

    /** With a channel of its own, as O_APPEND belongs to the opening. */
    @Override
    public int append(byte[] from, int at, int length) throws HostFailure {
        if (appending.isEmpty()) {
            Path path = path();
            attempt(() -> appending = Optional.of(FileChannel.open(path, StandardOpenOption.APPEND)));
        }
        FileChannel end = appending.get();
        return written(from, at, length, end::write);
    }

    /** Takes some of a buffer. */
    @FunctionalInterface
    private interface Sink {
        int write(ByteBuffer buffer) throws IOException;
    }

    /** Of a write that has taken some bytes the error is told the next time, as write(2) does. */
    private int written(byte[] from, int at, int length, Sink sink) throws HostFailure {
        ByteBuffer buffer = ByteBuffer.wrap(from, at, length);
        try {
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
        } catch (IOException e) {
            if (buffer.position() == at) {
                throw HostFailures.of(e, file.name());
            }
        }
        return buffer.position() - at;
    }

    @Override
    public long sizeBytes() throws HostFailure {
        long[] size = new long[1];
        attempt(() -> size[0] = file.channel().size());
        return size[0];
    }

    /** Java's own truncation only shortens. */
    @Override
    public void truncate(long sizeBytes) throws HostFailure {
        attempt(() -> {
            if (sizeBytes > file.channel().size()) {
                file.channel().write(ByteBuffer.allocate(1), sizeBytes - 1);
            } else {
                file.channel().truncate(sizeBytes);
            }
        });
    }

    @Override
    public void sync(boolean attributes) throws HostFailure {
        attempt(() -> file.channel().force(attributes));
    }

    @Override
    public HostStat stat() throws HostFailure {
        Optional<HostStat> named = named();
        if (named.isPresent()) {
            return named.get();
        }
        HostStat[] stat = new HostStat[1];
        Path path = path();
        attempt(() -> stat[0] = HostStats.of(path, file.name()));
        return stat[0];
    }

    @Override
    public void change(HostChange change) throws HostFailure {
        if (!(change instanceof HostChange.Permissions) && named().isPresent()) {
            file.folder().change(file.name(), change);
            return;
        }
        Path path = path();
        attempt(() -> Modes.change(path, change));
    }

    /** What the name leads to, if that is still this file. */
    private Optional<HostStat> named() {
        try {
            return file.folder().stat(file.name()).filter(file::isStill);
        } catch (HostFailure _) {
            return Optional.empty();
        }
    }

    /** A path that leads to the open file whatever its name: on Linux that of its descriptor, or of another one that has it open. */
    private Path path() throws HostFailure {
        try {
            if (descriptor.isEmpty() || !isStill(descriptor.get())) {
                descriptor = Anchors.descriptors(file::isStill).stream().findFirst();
            }
        } catch (IOException e) {
            throw HostFailures.of(e, file.name());
        }
        return descriptor.orElseThrow(() -> new HostFailure(Reason.NOT_SUPPORTED, file.name()));
    }

    private boolean isStill(Path path) throws IOException {
        return Files.exists(path) && file.isStill(HostStats.of(path, file.name()));
    }

    /** Something done to the file. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private void attempt(Deed deed) throws HostFailure {
        try {
            deed.run();
        } catch (IOException e) {
            throw HostFailures.of(e, file.name());
        }
    }

    @Override
    public void close() {
        file.close();
        appending.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException _) {
                // As for the file itself.
            }
        });
    }
}
