package dev.gostub.emulator.loader;

import dev.gostub.emulator.loader.BadProgramException.Reason;
import java.util.List;

/**
 * What a program is started with.
 *
 * @param file the path it was started by (AT_EXECFN)
 * @param arguments with argument 0
 * @param environment {@code NAME=value}, in the order in which the program will see it
 * @param user real, effective user, real, effective group
 * @param random sixteen bytes for AT_RANDOM
 * @param hardwareCapabilities CPUID.1:EDX, for AT_HWCAP
 * @param clocks for the vDSO
 */
public record StartArguments(
        String file,
        List<String> arguments,
        List<String> environment,
        User user,
        byte[] random,
        long hardwareCapabilities,
        ClockOrigin clocks) {
    /** A quarter of the stack's limit, as Linux allows. */
    private static final long LARGEST_BYTES = ElfLoader.STACK_BYTES / 4;

    public StartArguments {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** What the clocks say where the time-stamp counter is 0, in nanoseconds. */
    public record ClockOrigin(long realtime, long monotonic) {}

    /** For AT_UID and its neighbours. */
    public record User(int realUser, int effectiveUser, int realGroup, int effectiveGroup) {}

    void checkSize(String path) throws BadProgramException {
        long bytes = 0;
        for (List<String> strings : List.of(arguments, environment)) {
            for (String text : strings) {
                bytes += text.length() + 1 + Long.BYTES;
            }
        }
        if (bytes > LARGEST_BYTES) {
            throw new BadProgramException(
                    Reason.ARGUMENTS_TOO_LONG,
                    "cannot run " + path + ": arguments and environment take " + bytes + " bytes, more than the "
                            + LARGEST_BYTES + " that fit; give fewer");
        }
    }
}
