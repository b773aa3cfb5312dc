package dev.gostub.emulator.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Streams held in memory: what the guest shall read is given beforehand or piece by piece, what it writes is kept. */
public final class FixedTerminal implements Terminal {
    private final Deque<Input> arriving = new ArrayDeque<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final List<String> modes = new ArrayList<>();
    private boolean wanted;
    private boolean terminal;
    private boolean closed;

    /** Lets this text arrive at the next {@link #take} after the pieces before it. */
    public void arrive(String text) {
        arriving.add(new Input(text.getBytes(StandardCharsets.UTF_8), false));
    }

    /** Lets the input end after the pieces given so far. */
    public void end() {
        arriving.add(new Input(new byte[0], true));
    }

    /** Makes all three streams terminals. */
    public void becomeTerminal() {
        terminal = true;
    }

    /** Makes all further writes fail, as if the reader of a pipe had gone. */
    public void hangUp() {
        closed = true;
    }

    /** Has the guest asked for input. */
    public boolean isWanted() {
        return wanted;
    }

    /** All that was written to standard output. */
    public String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what was written so far. */
    public void clear() {
        output.reset();
        error.reset();
    }

    /** All that was written to standard error. */
    public String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void want() {
        wanted = true;
    }

    @Override
    public Input take() {
        Input next = wanted ? arriving.poll() : null;
        return next == null ? Input.none() : next;
    }

    @Override
    public boolean write(Stream stream, byte[] bytes, int at, int length) {
        if (closed) {
            return false;
        }
        switch (stream) {
            case OUTPUT -> output.write(bytes, at, length);
            case ERROR -> error.write(bytes, at, length);
            case INPUT -> throw new IllegalArgumentException("write to standard input");
        }
        return true;
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return terminal;
    }

    @Override
    public Size size() {
        return Size.USUAL;
    }

    @Override
    public void setModes(List<String> changed) {
        modes.addAll(changed);
    }

    /** All that was changed of the terminal's modes, in order. */
    public List<String> modes() {
        return List.copyOf(modes);
    }
}
