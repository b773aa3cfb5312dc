package dev.gostub.emulator.vfs;

/** The state of one object at one moment: immutable, and may be put back any number of times. */
@FunctionalInterface
public interface Saved {
    /** For objects that never change. */
    Saved NOTHING = () -> {};

    void restore();
}
