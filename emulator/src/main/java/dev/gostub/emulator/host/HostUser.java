package dev.gostub.emulator.host;

/** User and group that own the machine: numbers as Linux has them. */
public record HostUser(int user, int group) {
    /** What a host without such numbers is given. */
    public static final HostUser USUAL = new HostUser(1000, 1000);
}
