package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Fcntl;

/** What each seal of a memfd forbids ({@code fcntl(2)}, file sealing). */
final class Seals {
    static final int WRITE = Fcntl.F_SEAL_WRITE | Fcntl.F_SEAL_FUTURE_WRITE;
    static final int GROW = Fcntl.F_SEAL_GROW;
    static final int SHRINK = Fcntl.F_SEAL_SHRINK;
    static final int SEAL = Fcntl.F_SEAL_SEAL;

    private Seals() {}
}
