package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** EXTRACTPS, VEXTRACTF128 and the masked moves VMASKMOVPS and VMASKMOVPD. */
public enum FloatExtract implements Family {
    EXTRACTPS,
    VEXTRACTF128,
    VMASKMOVPS,
    VMASKMOVPD;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case EXTRACTPS -> new Extract(Access.of(i, 0), Elementwise.register(i, 1), (int) i.immediate() & 3);
            case VEXTRACTF128 -> i.hasMemory() ? new StoreHalf(i) : new CopyHalf(i);
            case VMASKMOVPS, VMASKMOVPD ->
                i.opcode() < 0x2e ? new MaskedLoad(i, this == VMASKMOVPS) : new MaskedStore(i, this == VMASKMOVPS);
        };
    }

    private static final class Extract extends Op {
        private final Access destination;
        private final int s, element;

        Extract(Access destination, int s, int element) {
            this.destination = destination;
            this.s = s;
            this.element = element;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, c.v[s + (element >> 1)] >>> 32 * (element & 1) & 0xffffffffL);
            return next.exec(c);
        }
    }

    private static final class CopyHalf extends Op {
        private final int d, s;

        CopyHalf(Instruction i) {
            this.d = Elementwise.register(i, 0);
            this.s = Elementwise.register(i, 1) + 2 * ((int) i.immediate() & 1);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.v[d] = c.v[s];
            c.v[d + 1] = c.v[s + 1];
            c.clearAbove(d, 2);
            return next.exec(c);
        }
    }

    private static final class StoreHalf extends Op {
        private final int s;
        private final Address address;

        StoreHalf(Instruction i) {
            this.s = Elementwise.register(i, 1) + 2 * ((int) i.immediate() & 1);
            this.address = new Address(i.place());
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.memory.storeLanes(address.of(c), c.v, s, 2);
            return next.exec(c);
        }
    }

    /** Elements whose mask has its sign bit clear are zero, and their memory is not touched. */
    private static final class MaskedLoad extends Op {
        private final int d, mask, lanes;
        private final Address address;
        private final boolean pairs;

        MaskedLoad(Instruction i, boolean pairs) {
            this.d = Elementwise.register(i, 0);
            this.mask = Elementwise.register(i, 1);
            this.lanes = i.vectorBits() / 64;
            this.address = new Address(i.place());
            this.pairs = pairs;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            for (int k = 0; k < lanes; k++) {
                long m = c.v[mask + k];
                long x = 0;
                if (pairs) {
                    if ((int) m < 0) x = c.memory.load32(at + 8L * k);
                    if (m < 0) x |= c.memory.load32(at + 8L * k + 4) << 32;
                } else if (m < 0) {
                    x = c.memory.load64(at + 8L * k);
                }
                c.v[FloatSource.RESULT + k] = x;
            }
            System.arraycopy(c.v, FloatSource.RESULT, c.v, d, lanes);
            c.clearAbove(d, lanes);
            return next.exec(c);
        }
    }

    private static final class MaskedStore extends Op {
        private final int s, mask, elements, bytes;
        private final Address address;

        MaskedStore(Instruction i, boolean pairs) {
            this.mask = Elementwise.register(i, 1);
            this.s = Elementwise.register(i, 2);
            this.bytes = pairs ? 4 : 8;
            this.elements = i.vectorBits() / 8 / bytes;
            this.address = new Address(i.place());
        }

        private boolean selected(Cpu c, int k) {
            return bytes == 8 ? c.v[mask + k] < 0 : c.v[mask + (k >> 1)] << 32 * (1 - (k & 1)) < 0;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            for (int k = 0; k < elements; k++) if (selected(c, k)) c.memory.checkWrite(at + (long) k * bytes, bytes);
            for (int k = 0; k < elements; k++) {
                if (!selected(c, k)) continue;
                if (bytes == 8) c.memory.store64(at + 8L * k, c.v[s + k]);
                else c.memory.store32(at + 4L * k, c.v[s + (k >> 1)] >>> 32 * (k & 1));
            }
            return next.exec(c);
        }
    }
}
