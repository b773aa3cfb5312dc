package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.host.Terminal;
import dev.gostub.emulator.host.Terminal.Stream;
import java.util.Optional;
import java.util.function.Consumer;

/** Standard input, output or error: a terminal if the host's is one, otherwise told to be a pipe. */
final class StandardStream implements FileObject {
    private final Stream stream;
    private final Terminal terminal;
    private final StandardInput input;
    private final Node node;
    private final Optional<TerminalSettings> settings;

    StandardStream(
            Stream stream, Terminal terminal, StandardInput input, Node node, Optional<TerminalSettings> settings) {
        this.stream = stream;
        this.terminal = terminal;
        this.input = input;
        this.node = node;
        this.settings = settings;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Optional<TerminalSettings> terminal() {
        return settings;
    }

    private boolean reads() {
        return stream == Stream.INPUT || settings.isPresent();
    }

    @Override
    public long read(byte[] into, int at, int length) {
        return reads() ? input.read(into, at, length) : Errno.EBADF.result();
    }

    @Override
    public long write(byte[] from, int at, int length) {
        if (stream == Stream.INPUT && settings.isEmpty()) {
            return Errno.EBADF.result();
        }
        Stream target = stream == Stream.ERROR ? Stream.ERROR : Stream.OUTPUT;
        return terminal.write(target, from, at, length) ? length : Errno.EPIPE.result();
    }

    @Override
    public boolean splicesOut() {
        return true;
    }

    @Override
    public boolean splicesIn() {
        return true;
    }

    @Override
    public int readiness() {
        boolean writes = stream != Stream.INPUT || settings.isPresent();
        return (reads() ? input.readiness() : 0) | (writes ? Poll.WRITABLE : 0);
    }

    @Override
    public long activity(int interest) {
        return input.activity().count(interest);
    }

    @Override
    public long available() {
        return reads() ? input.available() : 0;
    }

    @Override
    public FileObject reopened(int flags) {
        return this;
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(input);
        settings.ifPresent(visit);
    }
}
