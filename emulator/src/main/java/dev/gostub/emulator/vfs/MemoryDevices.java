package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.Entropy;
import java.util.Arrays;

/** The devices of {@code drivers/char/mem.c}: bytes from nowhere and to nowhere. */
final class MemoryDevices {
    /** What a device gives to a reader, and whether it takes what is written. */
    private enum Kind {
        NULL,
        ZERO,
        FULL,
        RANDOM
    }

    private final Entropy entropy;

    MemoryDevices(Entropy entropy) {
        this.entropy = entropy;
    }

    SeekableObject nothing(Node node) {
        return new Device(node, Kind.NULL, entropy);
    }

    SeekableObject zero(Node node) {
        return new Device(node, Kind.ZERO, entropy);
    }

    SeekableObject full(Node node) {
        return new Device(node, Kind.FULL, entropy);
    }

    SeekableObject random(Node node) {
        return new Device(node, Kind.RANDOM, entropy);
    }

    private record Device(Node node, Kind kind, Entropy entropy) implements SeekableObject {
        @Override
        public long readAt(long offset, byte[] into, int at, int length) {
            return switch (kind) {
                case NULL -> 0;
                case ZERO, FULL -> {
                    Arrays.fill(into, at, at + length, (byte) 0);
                    yield length;
                }
                case RANDOM -> {
                    entropy.fill(into, at, length);
                    yield length;
                }
            };
        }

        @Override
        public long writeAt(long offset, byte[] from, int at, int length) {
            return kind == Kind.FULL ? Errno.ENOSPC.result() : length;
        }

        @Override
        public boolean splicesOut() {
            return kind != Kind.NULL;
        }

        @Override
        public boolean splicesIn() {
            return kind != Kind.FULL;
        }

        @Override
        public long sizeBytes() {
            return 0;
        }

        @Override
        public boolean hasPositions() {
            return false;
        }

        @Override
        public Mapped mapping() {
            return kind == Kind.ZERO ? Mapped.ZEROS : Mapped.NOTHING;
        }

        @Override
        public boolean pollable() {
            return kind == Kind.RANDOM;
        }

        @Override
        public Saved capture() {
            return Saved.NOTHING;
        }
    }
}
