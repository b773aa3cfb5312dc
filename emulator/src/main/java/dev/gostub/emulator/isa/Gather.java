package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/**
 * VPGATHER and VGATHER: elements from addresses that a vector of indices gives, where the mask has its sign bit set. An element that is done has its mask cleared, so a fault in the middle keeps what came before it and the
 * instruction can be restarted (SDM vol. 2, VPGATHERDD).
 */
public enum Gather implements Family {
    /** Doublewords by doubleword indices. */
    VPGATHERDD(32, 32),
    /** Quadwords by doubleword indices. */
    VPGATHERDQ(32, 64),
    /** Doublewords by quadword indices: the result is half as long as the indices. */
    VPGATHERQD(64, 32),
    /** Quadwords by quadword indices. */
    VPGATHERQQ(64, 64);

    private final int indexBits;
    private final int elementBits;

    Gather(int indexBits, int elementBits) {
        this.indexBits = indexBits;
        this.elementBits = elementBits;
    }

    @Override
    public Op lower(Instruction i) {
        int destination = VectorOp.register(i.operand(0));
        int mask = VectorOp.register(i.operand(2));
        int indices = i.place().index() * Cpu.LANES;
        // SDM: #UD if any two of the three are the same register
        if (destination == mask || destination == indices || mask == indices) return Processor.UD.lower(i);
        return new General(this, i, destination, mask, indices);
    }

    private static final class General extends Op {
        private final Gather f;
        private final Address address;
        private final int scale;
        private final int d;
        private final int mask;
        private final int indices;
        private final int lanes;
        private final int elements;

        General(Gather f, Instruction i, int d, int mask, int indices) {
            Place p = i.place();
            this.f = f;
            this.d = d;
            this.mask = mask;
            this.indices = indices;
            scale = p.scale();
            address = new Address(
                    new Place(p.base(), Place.NO_REGISTER, 0, p.displacement(), p.segment(), p.address32()));
            lanes = i.vectorBits() / 64;
            elements = i.vectorBits() / Math.max(f.indexBits, f.elementBits);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long[] v = c.v;
            prepare(c, v);
            for (int k = 0; k < elements; k++) {
                if (element(v, mask, k, f.elementBits) == 0) continue;
                long at = address.of(c, signed(element(v, indices, k, f.indexBits)) << scale);
                set(v, d, k, f.elementBits == 32 ? c.memory.load32(at) : c.memory.load64(at));
                set(v, mask, k, 0);
                c.clearAbove(d, elements * f.elementBits / 64);
            }
            c.clearAbove(d, elements * f.elementBits / 64);
            c.clearAbove(mask, 0);
            return next.exec(c);
        }

        /** What happens even if the first element faults, as observed on a processor: the mask becomes zeros and ones, and what lies above it is cleared. */
        private void prepare(Cpu c, long[] v) {
            for (int k = 0; k < lanes; k++) {
                v[mask + k] = f.elementBits == 64 ? v[mask + k] >> 63 : Swar.sign(v[mask + k], Swar.H32, 31);
            }
            c.clearAbove(mask, lanes);
        }

        private long signed(long x) {
            return f.indexBits == 64 ? x : (int) x;
        }

        private static long element(long[] v, int from, int k, int bits) {
            return bits == 64 ? v[from + k] : v[from + (k >> 1)] >>> (k & 1) * 32 & 0xffffffffL;
        }

        private void set(long[] v, int to, int k, long value) {
            if (f.elementBits == 64) {
                v[to + k] = value;
            } else {
                int at = to + (k >> 1);
                int shift = (k & 1) * 32;
                v[at] = Swar.select(0xffffffffL << shift, value << shift, v[at]);
            }
        }
    }
}
