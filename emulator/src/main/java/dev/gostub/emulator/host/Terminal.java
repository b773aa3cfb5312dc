package dev.gostub.emulator.host;

import java.util.List;

/**
 * Standard input, output and error of the machine.
 *
 * <p>Input never blocks: {@link #take} gives what has arrived. The first call of {@link #want} starts whatever brings it;
 * before that nothing is read from the host, so that a program which never reads leaves its input alone.
 */
public interface Terminal {
    /** The three standard streams, numbered as their descriptors. */
    enum Stream {
        INPUT,
        OUTPUT,
        ERROR
    }

    /** Says that the guest wants input: rings the doorbell of the host when there is some. */
    void want();

    /** Takes what has arrived since the last call. */
    Input take();

    /** Writes all of the bytes to output or error and gives them on at once; false if the other side is gone. */
    boolean write(Stream stream, byte[] bytes, int at, int length);

    /** Is this stream a terminal (a person), as {@code isatty(3)} asks. */
    boolean isTerminal(Stream stream);

    /** Size of the window now. */
    Size size();

    /**
     * Changes how the terminal treats what is typed and shown.
     *
     * @param modes words of stty(1), as POSIX names them: those to set, those to clear with a {@code -} before them, and {@code min N}, {@code time N}
     */
    void setModes(List<String> modes);

    /** Any thread: this process ends, and nobody wants input any more. */
    default void close() {}

    /** Of a window, in characters. */
    record Size(int rows, int columns) {
        /** When nobody knows better. */
        public static final Size USUAL = new Size(24, 80);
    }

    /** What arrived: perhaps nothing yet, perhaps the last of it. */
    record Input(byte[] bytes, boolean ended) {
        private static final Input NONE = new Input(new byte[0], false);

        /** Nothing has arrived, more may come. */
        public static Input none() {
            return NONE;
        }

        /** Is there anything to tell the guest. */
        public boolean isSomething() {
            return ended || bytes.length > 0;
        }
    }
}
