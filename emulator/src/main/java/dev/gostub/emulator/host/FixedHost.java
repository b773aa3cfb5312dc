package dev.gostub.emulator.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A world that is the same in every run: fixed date, seed and user, files and terminal held in memory. */
public final class FixedHost implements Host {
    /** 2026-01-01T00:00:00Z. */
    public static final long DATE_NANOS = 1_767_225_600L * 1_000_000_000L;

    private final long seed;
    private final SortedMap<String, String> environment = new TreeMap<>();
    private final HostFiles files;
    private final List<GuestMount> mounts = new ArrayList<>();
    private final FixedTerminal terminal = new FixedTerminal();
    private final FixedNetwork network = new FixedNetwork();
    private final Doorbell doorbell = new Doorbell();

    /** A world with these files; they may be a {@link LiveFiles} where a test needs real ones. */
    public FixedHost(long seed, HostFiles files) {
        this.seed = seed;
        this.files = files;
    }

    /** A world with no files at all. */
    public FixedHost() {
        this(1, new FixedFiles(DATE_NANOS));
    }

    /** Sets an environment variable. */
    public FixedHost set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lays something else over the guest's tree. */
    public FixedHost mount(GuestMount mount) {
        mounts.add(mount);
        return this;
    }

    @Override
    public List<GuestMount> mounts() {
        return List.copyOf(mounts);
    }

    @Override
    public long startDateNanos() {
        return DATE_NANOS;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public HostUser user() {
        return HostUser.USUAL;
    }

    @Override
    public SortedMap<String, String> environment() {
        return Collections.unmodifiableSortedMap(environment);
    }

    @Override
    public String workingDirectory() {
        return "/";
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public FixedTerminal terminal() {
        return terminal;
    }

    @Override
    public FixedNetwork network() {
        return network;
    }

    @Override
    public Doorbell doorbell() {
        return doorbell;
    }
}
