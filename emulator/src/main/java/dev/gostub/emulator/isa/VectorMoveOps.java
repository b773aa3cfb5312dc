package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Place;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** The specialised operations of {@link VectorMove}; its general op is their specification. */
final class VectorMoveOps {
    private VectorMoveOps() {}

    static Op load(Place p, int register, int alignment, boolean wide, long keep) {
        if (wide)
            return p.indexed() ? new Load256Indexed(p, register, alignment) : new Load256Base(p, register, alignment);
        return p.indexed()
                ? new Load128Indexed(p, register, alignment, keep)
                : new Load128Base(p, register, alignment, keep);
    }

    static Op store(Place p, int register, int alignment, boolean wide) {
        if (wide)
            return p.indexed() ? new Store256Indexed(p, register, alignment) : new Store256Base(p, register, alignment);
        return p.indexed() ? new Store128Indexed(p, register, alignment) : new Store128Base(p, register, alignment);
    }

    /** MOVQ from memory. */
    static Op loadQuadword(Place p, int register, long keep) {
        return p.indexed() ? new Load64Indexed(p, register, keep) : new Load64Base(p, register, keep);
    }

    /** MOVQ to memory. */
    static Op storeQuadword(Place p, int register) {
        return p.indexed() ? new Store64Indexed(p, register) : new Store64Base(p, register);
    }

    private static void misaligned() {
        throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
    }

    /** At a base register, with the lowest lane of a vector register and the address bits that must be clear. */
    abstract static class AtBase extends Op {
        final int base, x, alignment;
        final long disp;

        AtBase(Place p, int register, int alignment) {
            this.base = p.base();
            this.disp = p.displacement();
            this.x = register * Cpu.LANES;
            this.alignment = alignment;
        }
    }

    abstract static class AtIndex extends Op {
        final int base, i, scale, x, alignment;
        final long disp;

        AtIndex(Place p, int register, int alignment) {
            this.base = p.base();
            this.i = p.index();
            this.scale = p.scale();
            this.disp = p.displacement();
            this.x = register * Cpu.LANES;
            this.alignment = alignment;
        }
    }

    // spotless:off
    static final class Load64Base extends AtBase { final long keep; Load64Base(Place p, int r, long keep) { super(p, r, 0); this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { c.index = index; long[] v = c.v; v[x] = c.memory.load64(c.r[base] + disp); v[x + 1] = 0; v[x + 2] &= keep; v[x + 3] &= keep; return next.exec(c); } }
    static final class Load64Indexed extends AtIndex { final long keep; Load64Indexed(Place p, int r, long keep) { super(p, r, 0); this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { c.index = index; long[] v = c.v; v[x] = c.memory.load64(c.r[base] + (c.r[i] << scale) + disp); v[x + 1] = 0; v[x + 2] &= keep; v[x + 3] &= keep; return next.exec(c); } }
    static final class Store64Base extends AtBase { Store64Base(Place p, int r) { super(p, r, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + disp, c.v[x]); return next.exec(c); } }
    static final class Store64Indexed extends AtIndex { Store64Indexed(Place p, int r) { super(p, r, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + (c.r[i] << scale) + disp, c.v[x]); return next.exec(c); } }
    static final class Copy128 extends Op { final int d, s; final long keep; Copy128(int d, int s, long keep) { this.d = d * Cpu.LANES; this.s = s * Cpu.LANES; this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[s]; v[d + 1] = v[s + 1]; v[d + 2] &= keep; v[d + 3] &= keep; return next.exec(c); } }
    static final class Copy256 extends Op { final int d, s; Copy256(int d, int s) { this.d = d * Cpu.LANES; this.s = s * Cpu.LANES; } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = v[s]; v[d + 1] = v[s + 1]; v[d + 2] = v[s + 2]; v[d + 3] = v[s + 3]; return next.exec(c); } }
    static final class Load128Base extends AtBase { final long keep; Load128Base(Place p, int r, int alignment, long keep) { super(p, r, alignment); this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; if ((at & alignment) != 0) misaligned(); long[] v = c.v; c.memory.load128(at, v, x); v[x + 2] &= keep; v[x + 3] &= keep; return next.exec(c); } }
    static final class Load128Indexed extends AtIndex { final long keep; Load128Indexed(Place p, int r, int alignment, long keep) { super(p, r, alignment); this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + (c.r[i] << scale) + disp; if ((at & alignment) != 0) misaligned(); long[] v = c.v; c.memory.load128(at, v, x); v[x + 2] &= keep; v[x + 3] &= keep; return next.exec(c); } }
    static final class Load256Base extends AtBase { Load256Base(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; if ((at & alignment) != 0) misaligned(); c.memory.load256(at, c.v, x); return next.exec(c); } }
    static final class Load256Indexed extends AtIndex { Load256Indexed(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + (c.r[i] << scale) + disp; if ((at & alignment) != 0) misaligned(); c.memory.load256(at, c.v, x); return next.exec(c); } }
    static final class Store128Base extends AtBase { Store128Base(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; if ((at & alignment) != 0) misaligned(); c.memory.store128(at, c.v, x); return next.exec(c); } }
    static final class Store128Indexed extends AtIndex { Store128Indexed(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + (c.r[i] << scale) + disp; if ((at & alignment) != 0) misaligned(); c.memory.store128(at, c.v, x); return next.exec(c); } }
    static final class Store256Base extends AtBase { Store256Base(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; if ((at & alignment) != 0) misaligned(); c.memory.store256(at, c.v, x); return next.exec(c); } }
    static final class Store256Indexed extends AtIndex { Store256Indexed(Place p, int r, int alignment) { super(p, r, alignment); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + (c.r[i] << scale) + disp; if ((at & alignment) != 0) misaligned(); c.memory.store256(at, c.v, x); return next.exec(c); } }

    // spotless:on
}
