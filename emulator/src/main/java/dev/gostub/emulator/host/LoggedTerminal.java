package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;
import java.util.List;

/** The terminal of a {@link LoggedHost}. */
record LoggedTerminal(Terminal terminal, InputLog log) implements Terminal {
    @Override
    public void want() {
        terminal.want();
    }

    @Override
    public Input take() {
        return log.answer(Question.TERMINAL_INPUT, "", terminal::take);
    }

    /** Whether a write succeeded is an input, too. What is written again in a replay is the log's affair. */
    @Override
    public boolean write(Stream stream, byte[] bytes, int at, int length) {
        return log.answer(Question.TERMINAL_WRITE, stream.name(), () -> terminal.write(stream, bytes, at, length));
    }

    @Override
    public boolean isTerminal(Stream stream) {
        return log.answer(Question.TERMINAL_FACTS, stream.name(), () -> terminal.isTerminal(stream));
    }

    @Override
    public Size size() {
        return log.answer(Question.TERMINAL_FACTS, "size", terminal::size);
    }

    /** Tells nothing to the guest; a log that answers without asking leaves the terminal alone. */
    @Override
    public void setModes(List<String> modes) {
        log.answer(Question.TERMINAL_MODES, String.join(" ", modes), () -> {
            terminal.setModes(modes);
            return true;
        });
    }
}
