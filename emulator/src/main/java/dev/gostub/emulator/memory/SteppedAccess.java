package dev.gostub.emulator.memory;

/**
 * Leaves a chain of operations before an access that only a single step may make: a write into a page with decoded code, or any access to a watched page.
 * The run loop steps the instruction with {@link AddressSpace#beginStep()} in force, so that it takes effect with the very next instruction.
 */
public final class SteppedAccess extends RuntimeException {
    private static final long serialVersionUID = 1;

    SteppedAccess() {
        super(null, null, false, false);
    }
}
