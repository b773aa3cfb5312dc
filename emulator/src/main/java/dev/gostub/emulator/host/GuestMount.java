package dev.gostub.emulator.host;

/** What lies somewhere else in the guest's tree than the host's tree has it. */
public sealed interface GuestMount {
    /** Absolute path in the guest's tree. */
    String at();

    /**
     * A folder of the host itself.
     *
     * @param source its path, to be shown
     */
    record Folder(String at, String source, HostFolder folder, boolean writable) implements GuestMount {}

    /** An empty folder in memory. */
    record Private(String at) implements GuestMount {}
}
