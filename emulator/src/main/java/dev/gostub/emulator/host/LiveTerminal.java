package dev.gostub.emulator.host;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The standard streams of this process. */
public final class LiveTerminal implements Terminal {
    private final InputReader input;
    private final OutputStream output;
    private final OutputStream error;
    private final ControllingTerminal controlling = new ControllingTerminal();

    public LiveTerminal(Doorbell doorbell) {
        // Without buffers: one write of the guest is one write here, as it would be on Linux.
        // A channel's read, as opposed to a stream's, can be interrupted.
        input = new InputReader(
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                doorbell,
                isTerminal(Stream.INPUT));
        output = new FileOutputStream(FileDescriptor.out);
        error = new FileOutputStream(FileDescriptor.err);
    }

    @Override
    public void want() {
        input.start();
    }

    @Override
    public Input take() {
        return input.take();
    }

    @Override
    public boolean write(Stream stream, byte[] bytes, int at, int length) {
        try {
            OutputStream target = switch (stream) {
                case OUTPUT -> output;
                case ERROR -> error;
                case INPUT -> throw new IllegalArgumentException("write to standard input");
            };
            target.write(bytes, at, length);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Linux shows what a descriptor is in {@code /proc/self/fd}; elsewhere the JVM knows only whether input and output both are
     * terminals.
     */
    @Override
    public boolean isTerminal(Stream stream) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream.ordinal()))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }

    @Override
    public Size size() {
        return controlling.size();
    }

    @Override
    public void close() {
        input.close();
    }

    @Override
    public void setModes(List<String> modes) {
        controlling.setModes(modes);
    }
}
