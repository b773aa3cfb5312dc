package dev.gostub.emulator.host;

import java.util.List;
import java.util.SortedMap;

/** What lies outside the machine. Apart from {@link #doorbell()} all of it belongs to the one thread that runs the machine. */
public interface Host {
    /** Date of the start of this run, nanoseconds since 1970-01-01 UTC; the same at every call. */
    long startDateNanos();

    /** What the generators of the machine start from, see {@link Entropy}. */
    long seed();

    /** The user that the machine runs for. */
    HostUser user();

    /** Environment variables, in the order of their names. */
    SortedMap<String, String> environment();

    /** Absolute path of the folder the machine was started in. */
    String workingDirectory();

    /** The read-only tree of files. */
    HostFiles files();

    /** What else the guest's tree is made of, those above others first. */
    default List<GuestMount> mounts() {
        return List.of();
    }

    /** Standard input, output and error. */
    Terminal terminal();

    /** The network outside. */
    HostNetwork network();

    /** Real time, to pace a machine that waits for the outside world, and the bell that ends such a wait early. */
    Doorbell doorbell();
}
