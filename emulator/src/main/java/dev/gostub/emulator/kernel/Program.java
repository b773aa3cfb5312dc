package dev.gostub.emulator.kernel;

import java.util.List;

/**
 * What a process executes, as /proc shows it.
 *
 * @param file the path it was started by, a script's too
 * @param path absolute path of the file that is in memory
 * @param arguments with the program's own name first
 * @param environment {@code NAME=value}
 * @param auxiliaryVector the bytes on the stack
 * @param entry the program's entry point (AT_ENTRY)
 * @param start address of the first instruction, which is an interpreter's if there is one
 * @param argumentStrings where the argument strings lie, and where they end
 * @param environmentStrings where the environment strings lie, and where they end
 * @param stackPointer RSP at the first instruction
 */
public record Program(
        String file,
        String path,
        List<String> arguments,
        List<String> environment,
        byte[] auxiliaryVector,
        long entry,
        long start,
        Range argumentStrings,
        Range environmentStrings,
        long stackPointer) {
    /** Before anything is loaded. */
    static final Program NONE =
            new Program("", "", List.of(), List.of(), new byte[0], 0, 0, new Range(0, 0), new Range(0, 0), 0);

    /** Addresses from {@code start} up to {@code end}. */
    public record Range(long start, long end) {}

    /** The name it was started by, without its folder, cut to what a task's name holds. */
    public String taskName() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.length() > 15 ? name.substring(0, 15) : name;
    }
}
