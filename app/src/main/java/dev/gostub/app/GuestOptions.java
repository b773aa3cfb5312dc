package dev.gostub.app;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code debug} and {@code run} let the user choose about the machine.
 *
 * @param environment changes to the guest's environment, each {@code NAME=VALUE}, in the order given
 * @param cleanEnvironment start from an empty environment
 * @param directory the guest's working directory; empty: ours
 * @param cpus processors the guest sees
 * @param seed start of every random number the guest can get
 * @param memoryBytes the most memory the guest may use
 * @param pacing how long a sleep of the guest takes
 * @param network what the guest reaches outside, and who reaches it
 * @param traceSyscalls print each system call to standard error
 * @param tracePackets print each packet to standard error
 * @param logLevel ERROR, WARN, INFO, DEBUG or TRACE
 * @param files what of the host's files is open
 */
record GuestOptions(
        List<String> environment,
        boolean cleanEnvironment,
        Optional<String> directory,
        int cpus,
        long seed,
        OptionalLong memoryBytes,
        Pacing pacing,
        NetworkChoice network,
        boolean traceSyscalls,
        boolean tracePackets,
        String logLevel,
        FileOptions files) {
    static final int DEFAULT_CPUS = 4;
    static final String DEFAULT_LOG_LEVEL = "WARN";

    GuestOptions {
        environment = List.copyOf(environment);
    }

    static GuestOptions defaults() {
        return new GuestOptions(
                List.of(),
                false,
                Optional.empty(),
                DEFAULT_CPUS,
                0,
                OptionalLong.empty(),
                Pacing.USUAL,
                NetworkChoice.NONE,
                false,
                false,
                DEFAULT_LOG_LEVEL,
                FileOptions.NONE);
    }
}
