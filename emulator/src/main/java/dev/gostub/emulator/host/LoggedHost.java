package dev.gostub.emulator.host;

import dev.gostub.emulator.host.InputLog.Question;
import java.util.List;
import java.util.SortedMap;

/**
 * Another host, each of whose answers passes an {@link InputLog}. The seed is not asked for: it is part of the machine's
 * command line, and the doorbell carries no information.
 */
public final class LoggedHost implements Host {
    private final Host host;
    private final InputLog log;
    private final LoggedFiles files;
    private final List<GuestMount> mounts;
    private final LoggedTerminal terminal;
    private final LoggedNetwork network;

    public LoggedHost(Host host, InputLog log) {
        this.host = host;
        this.log = log;
        this.files = new LoggedFiles(host.files(), log);
        this.mounts = host.mounts().stream().map(this::logged).toList();
        this.terminal = new LoggedTerminal(host.terminal(), log);
        this.network = new LoggedNetwork(host.network(), log);
    }

    @Override
    public long startDateNanos() {
        return log.answer(Question.DATE, "", host::startDateNanos);
    }

    @Override
    public long seed() {
        return host.seed();
    }

    @Override
    public HostUser user() {
        return log.answer(Question.USER, "", host::user);
    }

    @Override
    public SortedMap<String, String> environment() {
        return log.answer(Question.ENVIRONMENT, "", host::environment);
    }

    @Override
    public String workingDirectory() {
        return log.answer(Question.WORKING_DIRECTORY, "", host::workingDirectory);
    }

    @Override
    public HostFiles files() {
        return files;
    }

    /** What the guest's tree is made of is part of the machine's command line; what is in it is not. */
    @Override
    public List<GuestMount> mounts() {
        return mounts;
    }

    private GuestMount logged(GuestMount mount) {
        return switch (mount) {
            case GuestMount.Folder(String at, String source, HostFolder folder, boolean writable) ->
                new GuestMount.Folder(at, source, new LoggedFolder(log, at, folder), writable);
            case GuestMount.Private own -> own;
        };
    }

    @Override
    public Terminal terminal() {
        return terminal;
    }

    @Override
    public HostNetwork network() {
        return network;
    }

    @Override
    public Doorbell doorbell() {
        return host.doorbell();
    }
}
