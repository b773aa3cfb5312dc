package dev.gostub.emulator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** This computer. */
public final class LiveHost implements Host {
    private static final long NANOS = 1_000_000_000L;

    private final long startDateNanos;
    private final long seed;
    private final SortedMap<String, String> environment;
    private final HostFiles files;
    private List<GuestMount> mounts = List.of();
    private final Doorbell doorbell;
    private final Terminal terminal;
    private HostNetwork network = HostNetwork.none();

    /**
     * The computer as it is now.
     *
     * @param seed where the guest's chance starts from
     * @param root the folder that is the guest's {@code /}
     */
    public LiveHost(long seed, Path root) {
        this(seed, new LiveFiles(root), new Doorbell(), HostProcess.environment());
    }

    private LiveHost(long seed, HostFiles files, Doorbell doorbell, Map<String, String> environment) {
        this(seed, files, doorbell, environment, new LiveTerminal(doorbell));
    }

    /** The computer with another terminal, for example one that gives the guest's output to a debugger. */
    public LiveHost(long seed, HostFiles files, Doorbell doorbell, Map<String, String> environment, Terminal terminal) {
        Instant now = Instant.now();
        this.startDateNanos = now.getEpochSecond() * NANOS + now.getNano();
        this.seed = seed;
        this.files = files;
        this.doorbell = doorbell;
        this.environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        this.terminal = terminal;
    }

    /** Lays something else over the guest's tree. */
    public LiveHost with(List<GuestMount> others) {
        mounts = List.copyOf(others);
        return this;
    }

    /** Opens the network. */
    public LiveHost with(HostNetwork opened) {
        network = opened;
        return this;
    }

    @Override
    public long startDateNanos() {
        return startDateNanos;
    }

    @Override
    public long seed() {
        return seed;
    }

    /** Linux gives {@code /proc/self} to the process's own user; elsewhere the home folder tells. */
    @Override
    public HostUser user() {
        for (String place : new String[] {"/proc/self", System.getProperty("user.home", "/")}) {
            try {
                Map<String, Object> facts = Files.readAttributes(Path.of(place), "unix:uid,gid");
                if (facts.get("uid") instanceof Integer user && facts.get("gid") instanceof Integer group) {
                    return new HostUser(user, group);
                }
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
                // The next place may know.
            }
        }
        return HostUser.USUAL;
    }

    @Override
    public SortedMap<String, String> environment() {
        return environment;
    }

    @Override
    public String workingDirectory() {
        return HostPaths.workingDirectory();
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public List<GuestMount> mounts() {
        return mounts;
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
        return doorbell;
    }
}
