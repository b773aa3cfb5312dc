package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A folder of a {@link LoggedHost}: its answers pass the log, and so what is done there is done once only.
 *
 * @param label which folder, in the questions
 * @param live the host's own, had only where the host is asked
 */
record LoggedFolder(LoggedQuestions log, String label, Handle live) implements HostFolder {
    /** Gives the host's own folder. */
    @FunctionalInterface
    interface Handle {
        HostFolder get();
    }

    LoggedFolder(InputLog log, String label, HostFolder live) {
        this(new LoggedQuestions(log), label, () -> live);
    }

    @Override
    public Optional<HostStat> stat(String name) throws HostFailure {
        return log.ask(Question.FOLDER_STAT, path(name), () -> live.get().stat(name));
    }

    @Override
    public List<String> list() throws HostFailure {
        return log.ask(Question.FOLDER_LIST, label, () -> live.get().list());
    }

    @Override
    public String readLink(String name) throws HostFailure {
        return log.ask(Question.FOLDER_LINK, path(name), () -> live.get().readLink(name));
    }

    @Override
    public HostFolder folder(String name, HostStat known) {
        return new LoggedFolder(log, path(name), new Lazy(this, name, known)::get);
    }

    @Override
    public HostOpenFile open(String name, HostStat known, Access access) throws HostFailure {
        LoggedOpenFile file =
                new LoggedOpenFile(log, path(name), () -> live.get().open(name, known, access));
        log.tell(Question.FOLDER_OPEN, path(name) + " " + access, file::openLive);
        return file;
    }

    /** In a run that is done again the file is there already, whenever it is to be read after all. */
    @Override
    public HostOpenFile create(String name, int permissions) throws HostFailure {
        LoggedOpenFile file = new LoggedOpenFile(log, path(name), () -> again(name));
        log.tell(
                Question.FOLDER_OPEN,
                path(name) + " CREATE " + permissions,
                () -> file.opened(live.get().create(name, permissions)));
        return file;
    }

    private HostOpenFile again(String name) throws HostFailure {
        HostStat known = live.get().stat(name).orElseThrow(() -> new HostFailure(HostFailure.Reason.STALE, path(name)));
        return live.get().open(name, known, Access.READ_WRITE);
    }

    @Override
    public void makeFolder(String name, int permissions) throws HostFailure {
        tell("mkdir " + permissions, name, () -> live.get().makeFolder(name, permissions));
    }

    @Override
    public void makeSymbolicLink(String name, String text) throws HostFailure {
        tell("symlink " + text, name, () -> live.get().makeSymbolicLink(name, text));
    }

    @Override
    public void link(String name, HostFolder from, String oldName) throws HostFailure {
        LoggedFolder other = (LoggedFolder) from;
        tell("link " + other.path(oldName), name, () -> live.get().link(name, other.live.get(), oldName));
    }

    @Override
    public void unlink(String name) throws HostFailure {
        tell("unlink", name, () -> live.get().unlink(name));
    }

    @Override
    public void removeFolder(String name) throws HostFailure {
        tell("rmdir", name, () -> live.get().removeFolder(name));
    }

    @Override
    public void rename(String name, HostFolder to, String newName) throws HostFailure {
        LoggedFolder other = (LoggedFolder) to;
        tell("rename " + other.path(newName), name, () -> live.get().rename(name, other.live.get(), newName));
    }

    @Override
    public void change(String name, HostChange change) throws HostFailure {
        tell(change.toString(), name, () -> live.get().change(name, change));
    }

    @Override
    public List<String> attributes(String name) throws HostFailure {
        return log.ask(
                Question.FOLDER_LIST,
                path(name) + " attributes",
                () -> live.get().attributes(name));
    }

    @Override
    public byte[] attribute(String name, String attribute) throws HostFailure {
        return log.ask(
                Question.FOLDER_READ,
                path(name) + " " + attribute,
                () -> live.get().attribute(name, attribute));
    }

    @Override
    public void sync() throws HostFailure {
        tell("fsync", ".", () -> live.get().sync());
    }

    @Override
    public HostSpace space() throws HostFailure {
        return log.ask(Question.FOLDER_SPACE, label, () -> live.get().space());
    }

    private void tell(String what, String name, LoggedQuestions.Deed deed) throws HostFailure {
        log.tell(Question.FOLDER_CHANGE, path(name) + " " + what, deed);
    }

    private String path(String name) {
        return name.equals(".") ? label : label + "/" + name;
    }

    /** A folder below another, asked for once. */
    private static final class Lazy {
        private final LoggedFolder above;
        private final String name;
        private final HostStat known;
        private Optional<HostFolder> live = Optional.empty();

        Lazy(LoggedFolder above, String name, HostStat known) {
            this.above = above;
            this.name = name;
            this.known = known;
        }

        HostFolder get() {
            if (live.isEmpty()) {
                live = Optional.of(above.live.get().folder(name, known));
            }
            return live.get();
        }
    }

    /** An open file: that it could be opened is one answer; it is really open only where somebody asks the host. */
    private static final class LoggedOpenFile implements HostOpenFile {
        private final LoggedQuestions log;
        private final String path;
        private final LoggedQuestions.Attempt<HostOpenFile> opening;
        private Optional<HostOpenFile> live = Optional.empty();

        LoggedOpenFile(LoggedQuestions log, String path, LoggedQuestions.Attempt<HostOpenFile> opening) {
            this.log = log;
            this.path = path;
            this.opening = opening;
        }

        void opened(HostOpenFile file) {
            live = Optional.of(file);
        }

        HostOpenFile openLive() throws HostFailure {
            if (live.isEmpty()) {
                live = Optional.of(opening.run());
            }
            return live.get();
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) throws HostFailure {
            byte[] bytes = log.ask(Question.FOLDER_READ, path + "@" + offset + "+" + length, () -> {
                byte[] piece = new byte[length];
                return Arrays.copyOf(piece, openLive().read(offset, piece, 0, length));
            });
            System.arraycopy(bytes, 0, into, at, bytes.length);
            return bytes.length;
        }

        @Override
        public int write(long offset, byte[] from, int at, int length) throws HostFailure {
            String where = path + "@" + offset + "+" + length;
            return log.ask(Question.FOLDER_WRITE, where, () -> openLive().write(offset, from, at, length));
        }

        @Override
        public int append(byte[] from, int at, int length) throws HostFailure {
            String where = path + "@end+" + length;
            return log.ask(Question.FOLDER_WRITE, where, () -> openLive().append(from, at, length));
        }

        @Override
        public long sizeBytes() throws HostFailure {
            return log.ask(
                    Question.FOLDER_STAT, path + " size", () -> openLive().sizeBytes());
        }

        @Override
        public void truncate(long sizeBytes) throws HostFailure {
            tell(" truncate " + sizeBytes, () -> openLive().truncate(sizeBytes));
        }

        @Override
        public void sync(boolean attributes) throws HostFailure {
            tell(" fsync " + attributes, () -> openLive().sync(attributes));
        }

        @Override
        public HostStat stat() throws HostFailure {
            return log.ask(
                    Question.FOLDER_STAT, path + " open", () -> openLive().stat());
        }

        @Override
        public void change(HostChange change) throws HostFailure {
            tell(" " + change, () -> openLive().change(change));
        }

        private void tell(String what, LoggedQuestions.Deed deed) throws HostFailure {
            log.tell(Question.FOLDER_WRITE, path + what, deed);
        }

        @Override
        public void close() {
            live.ifPresent(HostFile::close);
            live = Optional.empty();
        }
    }
}
