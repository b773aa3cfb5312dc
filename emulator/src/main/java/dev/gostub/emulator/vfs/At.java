package dev.gostub.emulator.vfs;

/** Where a path starts: whose path it is and the directory for relative ones. */
public record At(FileSystemContext context, Directory start) {}
