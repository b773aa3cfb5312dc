package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;

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
    public int rows() {
        return log.answer(Question.TERMINAL_FACTS, "rows", terminal::rows);
    }

    @Override
    public int columns() {
        return log.answer(Question.TERMINAL_FACTS, "columns", terminal::columns);
    }
}
