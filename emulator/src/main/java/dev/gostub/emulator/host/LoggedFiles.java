package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files of a {@link LoggedHost}. */
record LoggedFiles(HostFiles files, InputLog log) implements HostFiles {
    @Override
    public Optional<HostStat> stat(String path) {
        return log.answer(Question.FILE_STAT, path, () -> files.stat(path));
    }

    @Override
    public List<String> list(String path) throws HostFailure {
        return ask(Question.FILE_LIST, path, () -> files.list(path));
    }

    @Override
    public String readLink(String path) throws HostFailure {
        return ask(Question.FILE_LINK, path, () -> files.readLink(path));
    }

    /** That the file could be opened is one answer; it is really open only where somebody asks the host to read it. */
    @Override
    public HostFile open(String path) throws HostFailure {
        LoggedFile file = new LoggedFile(this, path);
        ask(Question.FILE_OPEN, path, () -> file.openLive() != null);
        return file;
    }

    private <T> T ask(Question question, String detail, LoggedQuestions.Attempt<T> attempt) throws HostFailure {
        return new LoggedQuestions(log).ask(question, detail, attempt);
    }

    private static final class LoggedFile implements HostFile {
        private final LoggedFiles owner;
        private final String path;
        private Optional<HostFile> live = Optional.empty();

        LoggedFile(LoggedFiles owner, String path) {
            this.owner = owner;
            this.path = path;
        }

        HostFile openLive() throws HostFailure {
            if (live.isEmpty()) {
                live = Optional.of(owner.files.open(path));
            }
            return live.get();
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) throws HostFailure {
            String place = path + "@" + offset + "+" + length;
            byte[] bytes = owner.ask(Question.FILE_READ, place, () -> {
                byte[] piece = new byte[length];
                return Arrays.copyOf(piece, openLive().read(offset, piece, 0, length));
            });
            System.arraycopy(bytes, 0, into, at, bytes.length);
            return bytes.length;
        }

        @Override
        public void close() {
            live.ifPresent(HostFile::close);
            live = Optional.empty();
        }
    }
}
