package dev.gostub.emulator.machine;

import dev.gostub.emulator.kernel.KernelSnapshot;
import dev.gostub.emulator.vfs.VfsSnapshot;

/** A {@link Machine} at one moment: the guest, not what a debugger has set. */
public record MachineSnapshot(KernelSnapshot kernel, VfsSnapshot files) {}
