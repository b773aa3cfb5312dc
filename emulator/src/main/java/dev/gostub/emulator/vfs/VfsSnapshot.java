package dev.gostub.emulator.vfs;

import dev.gostub.emulator.host.EntropySnapshot;
import java.util.List;

/** State of a {@link Vfs}. Belongs to the machine it was taken from: it puts states back into that machine's own objects. */
public record VfsSnapshot(List<Saved> saved, EntropySnapshot entropy) {}
