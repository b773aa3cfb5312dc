package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Ioctl;
import dev.gostub.emulator.abi.Termios;
import dev.gostub.emulator.host.Terminal;
import java.util.List;
import java.util.Optional;

/** What {@code ioctl(2)} can ask and set of a terminal. The line discipline is that of the host's terminal, which is told what changes. */
public final class TerminalSettings implements Stateful {
    private final Terminal terminal;
    private byte[] termios = Termios.usual();
    /** What the guest has set; without it the size is that of the host's window. */
    private Optional<byte[]> size = Optional.empty();

    private int foregroundGroup;

    TerminalSettings(Terminal terminal) {
        this.terminal = terminal;
    }

    /** {@code struct termios}. */
    public byte[] termios() {
        return termios.clone();
    }

    public void setTermios(byte[] changed) {
        List<String> modes = Termios.changes(termios, changed);
        termios = changed.clone();
        if (!modes.isEmpty()) {
            terminal.setModes(modes);
        }
    }

    /** {@code struct winsize}. */
    public byte[] size() {
        return size.map(byte[]::clone).orElseGet(() -> {
            Terminal.Size window = terminal.size();
            return Ioctl.winsize(window.rows(), window.columns());
        });
    }

    public void setSize(byte[] changed) {
        size = Optional.of(changed.clone());
    }

    /** Process group in the foreground. */
    public int foregroundGroup() {
        return foregroundGroup;
    }

    public void setForegroundGroup(int group) {
        foregroundGroup = group;
    }

    /** The host's terminal is not told when the state comes back: it belongs to the present. */
    @Override
    public Saved capture() {
        byte[] modes = termios;
        Optional<byte[]> window = size;
        int group = foregroundGroup;
        return () -> {
            termios = modes;
            size = window;
            foregroundGroup = group;
        };
    }
}
