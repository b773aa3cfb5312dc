package dev.gostub.server.target;

/**
 * What happens to signals before the program gets them.
 *
 * @param passSilently delivered at once, without a stop ({@code QPassSignals})
 * @param deliverable may be delivered when the debugger lets go of the program ({@code QProgramSignals}); the others are
 *     dropped then
 */
public record SignalPolicy(SignalSet passSilently, SignalSet deliverable) {
    /** Stop at every signal, deliver what the debugger says. */
    public static SignalPolicy stopAtAll() {
        return new SignalPolicy(SignalSet.none(), SignalSet.all());
    }

    /** Never stop for a signal. */
    public static SignalPolicy passAll() {
        return new SignalPolicy(SignalSet.all(), SignalSet.all());
    }
}
