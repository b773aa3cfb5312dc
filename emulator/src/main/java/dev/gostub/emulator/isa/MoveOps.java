package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** The specialised operations of {@link Move}: one line each; the general op is their specification. */
final class MoveOps {
    private MoveOps() {}

    /** Loads {@code from} bits into a register of {@code bits}. */
    static @Nullable Op load(Place p, int r, int bits, int from, boolean signed) {
        boolean indexed = p.indexed();
        if (!signed) {
            return switch (from) {
                case 64 -> indexed ? new Load64Indexed(p, r) : new Load64Base(p, r);
                case 32 -> indexed ? new Load32Indexed(p, r) : new Load32Base(p, r);
                case 16 -> indexed ? new Load16ZeroIndexed(p, r) : new Load16ZeroBase(p, r);
                case 8 -> indexed ? new Load8ZeroIndexed(p, r) : new Load8ZeroBase(p, r);
                default -> null;
            };
        }
        boolean wide = bits == 64;
        return switch (from) {
            case 32 -> !wide ? null : indexed ? new Load32SignIndexed(p, r) : new Load32SignBase(p, r);
            case 16 ->
                wide
                        ? indexed ? new Load16Sign64Indexed(p, r) : new Load16Sign64Base(p, r)
                        : indexed ? new Load16Sign32Indexed(p, r) : new Load16Sign32Base(p, r);
            case 8 ->
                wide
                        ? indexed ? new Load8Sign64Indexed(p, r) : new Load8Sign64Base(p, r)
                        : indexed ? new Load8Sign32Indexed(p, r) : new Load8Sign32Base(p, r);
            default -> null;
        };
    }

    static @Nullable Op store(Place p, int r, int bits) {
        boolean indexed = p.indexed();
        return switch (bits) {
            case 64 -> indexed ? new Store64Indexed(p, r) : new Store64Base(p, r);
            case 32 -> indexed ? new Store32Indexed(p, r) : new Store32Base(p, r);
            case 16 -> indexed ? new Store16Indexed(p, r) : new Store16Base(p, r);
            case 8 -> indexed ? new Store8Indexed(p, r) : new Store8Base(p, r);
            default -> null;
        };
    }

    static @Nullable Op storeImmediate(Place p, long i, int bits) {
        boolean indexed = p.indexed();
        return switch (bits) {
            case 64 -> indexed ? new Store64ImmIndexed(p, i) : new Store64ImmBase(p, i);
            case 32 -> indexed ? new Store32ImmIndexed(p, i) : new Store32ImmBase(p, i);
            case 16 -> indexed ? new Store16ImmIndexed(p, i) : new Store16ImmBase(p, i);
            case 8 -> indexed ? new Store8ImmIndexed(p, i) : new Store8ImmBase(p, i);
            default -> null;
        };
    }

    /** Register to register of at least 32 bits, from a register of {@code from} bits. */
    static @Nullable Op registers(int d, int s, int bits, int from, boolean signed) {
        if (!signed) return from == 64 ? new Copy64(d, s) : new CopyMasked(d, s, -1L >>> 64 - from);
        return new CopySigned(d, s, 64 - from, bits == 64 ? -1L : 0xffffffffL);
    }

    abstract static class AtBase extends Op {
        final byte base, r;
        final long disp;

        AtBase(Place p, int r) {
            this.base = (byte) p.base();
            this.disp = p.displacement();
            this.r = (byte) r;
        }
    }

    abstract static class AtIndex extends Op {
        final byte base, x, scale, r;
        final long disp;

        AtIndex(Place p, int r) {
            this.base = (byte) p.base();
            this.x = (byte) p.index();
            this.scale = (byte) p.scale();
            this.disp = p.displacement();
            this.r = (byte) r;
        }
    }

    abstract static class AtBaseImm extends Op {
        final byte base;
        final long disp, i;

        AtBaseImm(Place p, long i) {
            this.base = (byte) p.base();
            this.disp = p.displacement();
            this.i = i;
        }
    }

    abstract static class AtIndexImm extends Op {
        final byte base, x, scale;
        final long disp, i;

        AtIndexImm(Place p, long i) {
            this.base = (byte) p.base();
            this.x = (byte) p.index();
            this.scale = (byte) p.scale();
            this.disp = p.displacement();
            this.i = i;
        }
    }

    // spotless:off
    static final class Constant extends Op { final byte d; final long i; Constant(int d, long i) { this.d = (byte) d; this.i = i; } @Override public @Nullable Op exec(Cpu c) { c.r[d] = i; return next.exec(c); } }
    static final class Copy64 extends Op { final byte d, s; Copy64(int d, int s) { this.d = (byte) d; this.s = (byte) s; } @Override public @Nullable Op exec(Cpu c) { c.r[d] = c.r[s]; return next.exec(c); } }
    static final class CopyMasked extends Op { final byte d, s; final long mask; CopyMasked(int d, int s, long mask) { this.d = (byte) d; this.s = (byte) s; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[d] = c.r[s] & mask; return next.exec(c); } }
    static final class CopySigned extends Op { final byte d, s, unused; final long mask; CopySigned(int d, int s, int unused, long mask) { this.d = (byte) d; this.s = (byte) s; this.unused = (byte) unused; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[d] = c.r[s] << unused >> unused & mask; return next.exec(c); } }
    static final class LeaBase extends AtBase { final long mask; LeaBase(Place p, int r, long mask) { super(p, r); this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[r] = c.r[base] + disp & mask; return next.exec(c); } }
    static final class LeaIndexed extends AtIndex { final long mask; LeaIndexed(Place p, int r, long mask) { super(p, r); this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[r] = c.r[base] + (c.r[x] << scale) + disp & mask; return next.exec(c); } }
    static final class LoadFs extends Op { final Address place; final int r; LoadFs(Place p, int r) { this.place = new Address(p); this.r = r; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load64(place.of(c)); return next.exec(c); } }

    static final class Load64Base extends AtBase { Load64Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load64(c.r[base] + disp); return next.exec(c); } }
    static final class Load32Base extends AtBase { Load32Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load32(c.r[base] + disp); return next.exec(c); } }
    static final class Load16ZeroBase extends AtBase { Load16ZeroBase(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load16(c.r[base] + disp); return next.exec(c); } }
    static final class Load8ZeroBase extends AtBase { Load8ZeroBase(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load8(c.r[base] + disp); return next.exec(c); } }
    static final class Load32SignBase extends AtBase { Load32SignBase(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (int) c.memory.load32(c.r[base] + disp); return next.exec(c); } }
    static final class Load16Sign64Base extends AtBase { Load16Sign64Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (short) c.memory.load16(c.r[base] + disp); return next.exec(c); } }
    static final class Load16Sign32Base extends AtBase { Load16Sign32Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (short) c.memory.load16(c.r[base] + disp) & 0xffffffffL; return next.exec(c); } }
    static final class Load8Sign64Base extends AtBase { Load8Sign64Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (byte) c.memory.load8(c.r[base] + disp); return next.exec(c); } }
    static final class Load8Sign32Base extends AtBase { Load8Sign32Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (byte) c.memory.load8(c.r[base] + disp) & 0xffffffffL; return next.exec(c); } }
    static final class Store64Base extends AtBase { Store64Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + disp, c.r[r]); return next.exec(c); } }
    static final class Store32Base extends AtBase { Store32Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + disp, c.r[r]); return next.exec(c); } }
    static final class Store16Base extends AtBase { Store16Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store16(c.r[base] + disp, c.r[r]); return next.exec(c); } }
    static final class Store8Base extends AtBase { Store8Base(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store8(c.r[base] + disp, c.r[r]); return next.exec(c); } }
    static final class Store64ImmBase extends AtBaseImm { Store64ImmBase(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + disp, i); return next.exec(c); } }
    static final class Store32ImmBase extends AtBaseImm { Store32ImmBase(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + disp, i); return next.exec(c); } }
    static final class Store16ImmBase extends AtBaseImm { Store16ImmBase(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store16(c.r[base] + disp, i); return next.exec(c); } }
    static final class Store8ImmBase extends AtBaseImm { Store8ImmBase(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store8(c.r[base] + disp, i); return next.exec(c); } }
    static final class Load64Indexed extends AtIndex { Load64Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load64(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load32Indexed extends AtIndex { Load32Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load32(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load16ZeroIndexed extends AtIndex { Load16ZeroIndexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load16(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load8ZeroIndexed extends AtIndex { Load8ZeroIndexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = c.memory.load8(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load32SignIndexed extends AtIndex { Load32SignIndexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (int) c.memory.load32(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load16Sign64Indexed extends AtIndex { Load16Sign64Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (short) c.memory.load16(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load16Sign32Indexed extends AtIndex { Load16Sign32Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (short) c.memory.load16(c.r[base] + (c.r[x] << scale) + disp) & 0xffffffffL; return next.exec(c); } }
    static final class Load8Sign64Indexed extends AtIndex { Load8Sign64Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (byte) c.memory.load8(c.r[base] + (c.r[x] << scale) + disp); return next.exec(c); } }
    static final class Load8Sign32Indexed extends AtIndex { Load8Sign32Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r] = (byte) c.memory.load8(c.r[base] + (c.r[x] << scale) + disp) & 0xffffffffL; return next.exec(c); } }
    static final class Store64Indexed extends AtIndex { Store64Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + (c.r[x] << scale) + disp, c.r[r]); return next.exec(c); } }
    static final class Store32Indexed extends AtIndex { Store32Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + (c.r[x] << scale) + disp, c.r[r]); return next.exec(c); } }
    static final class Store16Indexed extends AtIndex { Store16Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store16(c.r[base] + (c.r[x] << scale) + disp, c.r[r]); return next.exec(c); } }
    static final class Store8Indexed extends AtIndex { Store8Indexed(Place p, int r) { super(p, r); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store8(c.r[base] + (c.r[x] << scale) + disp, c.r[r]); return next.exec(c); } }
    static final class Store64ImmIndexed extends AtIndexImm { Store64ImmIndexed(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[base] + (c.r[x] << scale) + disp, i); return next.exec(c); } }
    static final class Store32ImmIndexed extends AtIndexImm { Store32ImmIndexed(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(c.r[base] + (c.r[x] << scale) + disp, i); return next.exec(c); } }
    static final class Store16ImmIndexed extends AtIndexImm { Store16ImmIndexed(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store16(c.r[base] + (c.r[x] << scale) + disp, i); return next.exec(c); } }
    static final class Store8ImmIndexed extends AtIndexImm { Store8ImmIndexed(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store8(c.r[base] + (c.r[x] << scale) + disp, i); return next.exec(c); } }

    // spotless:on
}
