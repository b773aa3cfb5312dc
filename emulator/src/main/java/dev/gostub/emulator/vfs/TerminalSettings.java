package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Ioctl;

/**
 * What {@code ioctl(2)} can ask and set of a terminal. The settings are remembered, but the terminal of the host keeps its own line
 * discipline: Java cannot change it.
 */
public final class TerminalSettings implements Stateful {
    private byte[] termios = Ioctl.usualTermios();
    private byte[] size;
    private int foregroundGroup;

    TerminalSettings(int rows, int columns) {
        size = Ioctl.winsize(rows, columns);
    }

    /** {@code struct termios}. */
    public byte[] termios() {
        return termios.clone();
    }

    public void setTermios(byte[] changed) {
        termios = changed.clone();
    }

    /** {@code struct winsize}. */
    public byte[] size() {
        return size.clone();
    }

    public void setSize(byte[] changed) {
        size = changed.clone();
    }

    /** Process group in the foreground. */
    public int foregroundGroup() {
        return foregroundGroup;
    }

    public void setForegroundGroup(int group) {
        foregroundGroup = group;
    }

    @Override
    public Saved capture() {
        byte[] modes = termios;
        byte[] window = size;
        int group = foregroundGroup;
        return () -> {
            termios = modes;
            size = window;
            foregroundGroup = group;
        };
    }
}
