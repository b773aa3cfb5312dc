package dev.gostub.app;

import dev.gostub.emulator.host.Terminal;
import dev.gostub.server.target.OutputSink;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The guest's standard streams: those of this process, but for output that a debugger wants to show itself. Used by the
 * thread that runs the machine.
 */
final class GuestTerminal implements Terminal {
    private final Terminal own;
    private Optional<OutputSink> sink = Optional.empty();

    GuestTerminal(Terminal own) {
        this.own = own;
    }

    /** Where output goes from now on; empty: to the streams of this process. */
    void output(Optional<OutputSink> to) {
        sink = to;
    }

    @Override
    public boolean write(Stream stream, byte[] bytes, int at, int length) {
        if (sink.isEmpty()) return own.write(stream, bytes, at, length);
        sink.get().write(Arrays.copyOfRange(bytes, at, at + length));
        return true;
    }

    @Override
    public void want() {
        own.want();
    }

    @Override
    public Input take() {
        return own.take();
    }

    /** Output that goes to a debugger is no terminal, as with a pipe. */
    @Override
    public boolean isTerminal(Stream stream) {
        return (sink.isEmpty() || stream == Stream.INPUT) && own.isTerminal(stream);
    }

    @Override
    public Size size() {
        return own.size();
    }

    @Override
    public void close() {
        own.close();
    }

    @Override
    public void setModes(List<String> modes) {
        own.setModes(modes);
    }
}
