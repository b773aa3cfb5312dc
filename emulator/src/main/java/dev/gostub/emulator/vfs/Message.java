package dev.gostub.emulator.vfs;

/** What {@code sendmsg(2)} sends: bytes that nobody else changes, and what goes along. */
public record Message(byte[] bytes, Ancillary with) {}
