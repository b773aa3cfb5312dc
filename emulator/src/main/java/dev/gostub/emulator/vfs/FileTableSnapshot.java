package dev.gostub.emulator.vfs;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** State of a {@link FileTable}; array and set are never changed. */
public record FileTableSnapshot(@Nullable OpenFile[] files, BitSet closeOnExec, int limit, int users) {}
