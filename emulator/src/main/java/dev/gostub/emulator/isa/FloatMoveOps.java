package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** Loads and stores of one float or double. */
final class FloatMoveOps {
    private FloatMoveOps() {}

    /** A load clears the rest of the low 128 bits; VEX the upper half, too. */
    static Op load(int d, Place p, int bits, boolean vex) {
        if (vex || !p.plain()) return new Load(d, new Address(p), bits, vex);
        if (bits == 64) return p.indexed() ? new Load64Indexed(d, p) : new Load64Base(d, p);
        return p.indexed() ? new Load32Indexed(d, p) : new Load32Base(d, p);
    }

    /** Stores the low bits of a lane. */
    static Op store(Place p, int lane, int bits) {
        if (!p.plain()) return new Store(lane, new Address(p), bits);
        if (bits == 64) return p.indexed() ? new Store64Indexed(lane, p) : new Store64Base(lane, p);
        return p.indexed() ? new Store32Indexed(lane, p) : new Store32Base(lane, p);
    }

    private static final class Load extends Op {
        private final int d, bits;
        private final Address address;
        private final boolean vex;

        Load(int d, Address address, int bits, boolean vex) {
            this.d = d;
            this.bits = bits;
            this.address = address;
            this.vex = vex;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            c.v[d] = bits == 64 ? c.memory.load64(at) : c.memory.load32(at);
            c.v[d + 1] = 0;
            if (vex) c.clearAbove(d, 2);
            return next.exec(c);
        }
    }

    private static final class Store extends Op {
        private final int lane, bits;
        private final Address address;

        Store(int lane, Address address, int bits) {
            this.lane = lane;
            this.bits = bits;
            this.address = address;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (bits == 64) c.memory.store64(address.of(c), c.v[lane]);
            else c.memory.store32(address.of(c), c.v[lane]);
            return next.exec(c);
        }
    }

    abstract static class AtBase extends Op {
        final int lane, base;
        final long disp;

        AtBase(int lane, Place p) {
            this.lane = lane;
            this.base = p.base();
            this.disp = p.displacement();
        }
    }

    abstract static class AtIndex extends Op {
        final int lane, base, x, scale;
        final long disp;

        AtIndex(int lane, Place p) {
            this.lane = lane;
            this.base = p.base();
            this.x = p.index();
            this.scale = p.scale();
            this.disp = p.displacement();
        }
    }

    // spotless:off
    static final class Load64Base extends AtBase { Load64Base(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[lane] = c.memory.load64(c.r[base] + disp); c.v[lane + 1] = 0; return next.exec(c); } }
    static final class Load32Base extends AtBase { Load32Base(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[lane] = c.memory.load32(c.r[base] + disp); c.v[lane + 1] = 0; return next.exec(c); } }
    static final class Store64Base extends AtBase { Store64Base(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + disp, c.v[lane]); return next.exec(c); } }
    static final class Store32Base extends AtBase { Store32Base(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + disp, c.v[lane]); return next.exec(c); } }
    static final class Load64Indexed extends AtIndex { Load64Indexed(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[lane] = c.memory.load64(c.r[base] + (c.r[x] << scale) + disp); c.v[lane + 1] = 0; return next.exec(c); } }
    static final class Load32Indexed extends AtIndex { Load32Indexed(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[lane] = c.memory.load32(c.r[base] + (c.r[x] << scale) + disp); c.v[lane + 1] = 0; return next.exec(c); } }
    static final class Store64Indexed extends AtIndex { Store64Indexed(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + (c.r[x] << scale) + disp, c.v[lane]); return next.exec(c); } }
    static final class Store32Indexed extends AtIndex { Store32Indexed(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + (c.r[x] << scale) + disp, c.v[lane]); return next.exec(c); } }
    // spotless:on
}
