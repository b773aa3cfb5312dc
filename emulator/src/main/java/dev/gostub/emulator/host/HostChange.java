package dev.gostub.emulator.host;

/** A change of what a file carries beside its content. */
public sealed interface HostChange {
    /** Permissions with the bits for set-id and sticky. */
    record Permissions(int bits) implements HostChange {}

    /** Numbers of user and group; -1 leaves one as it is. */
    record Owner(int user, int group) implements HostChange {}

    /** Nanoseconds since 1970. */
    record Times(long accessed, long modified) implements HostChange {
        /** Now, as the host's clock says it: so it fits what the host sets by itself. */
        public static final long NOW = Long.MIN_VALUE;
        /** Leave as it is. */
        public static final long OMIT = Long.MIN_VALUE + 1;
    }

    /** An extended attribute with a new value. */
    record Attribute(String name, byte[] value) implements HostChange {}

    /** An extended attribute less. */
    record NoAttribute(String name) implements HostChange {}
}
