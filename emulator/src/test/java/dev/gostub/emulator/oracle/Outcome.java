package dev.gostub.emulator.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a {@link Trial}.
 *
 * @param trap number of the exception (SDM vol. 3, table 7-1); {@link #COMPLETE} if the INT3 behind the code was reached
 * @param write for page faults: the access was a write
 * @param address for page faults: where
 * @param error for #GP and #SS: the error code
 * @param rip address of the INT3 that ended it, or of the instruction that raised the exception
 */
record Outcome(int trap, boolean write, long address, int error, long rip, State state) {
    static final int COMPLETE = 3, PAGE_FAULT = 14;

    /** One line for each difference, {@code this} being expected. */
    List<String> differences(Outcome o, int flags) {
        List<String> d = new ArrayList<>();
        if (trap != o.trap) d.add("exception: expected %d, was %d".formatted(trap, o.trap));
        if ((trap == 13 || trap == 12) && error != o.error)
            d.add("error code: expected %x, was %x".formatted(error, o.error));
        if (rip != o.rip) d.add("rip: expected %x, was %x".formatted(rip, o.rip));
        if (trap == PAGE_FAULT && trap == o.trap && (write != o.write || address != o.address)) {
            d.add("page fault: expected %s %x, was %s %x"
                    .formatted(write ? "write" : "read", address, o.write ? "write" : "read", o.address));
        }
        d.addAll(state.differences(o.state, flags));
        return d;
    }
}
