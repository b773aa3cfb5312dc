package dev.gostub.emulator.host;

/** State of an {@link Entropy}. */
public record EntropySnapshot(long state) {}
