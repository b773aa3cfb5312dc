package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/**
 * FXSAVE, FXRSTOR (SDM vol. 1, 10.5) and the XSAVE feature set (SDM vol. 1, chapter 13) with the components x87, SSE and AVX.
 */
public enum StateSave implements Family {
    FXSAVE,
    FXRSTOR,
    XSAVE,
    XSAVEC,
    XSAVEOPT,
    XRSTOR;
    private static final int X87_STATE = 1, SSE_STATE = 2, AVX_STATE = 4;

    // offsets in the area
    private static final int MXCSR = 24, MXCSR_MASK = 28, REGISTERS = 32, XMM = 160, HEADER = 512, XCOMP_BV = 520;
    static final int FXSAVE_BYTES = 512, XSAVE_BYTES = 832, AVX_OFFSET = 576, AVX_BYTES = 256;

    private static final long COMPACTED = Long.MIN_VALUE;

    @Override
    public Op lower(Instruction i) {
        return new General(this, new Address(i.place()), i.rexW());
    }

    /** The components in use (XINUSE): x87 and SSE always are, which a processor may say; AVX is where an upper half is not zero. */
    static int inUse(Cpu c) {
        long high = 0;
        for (int i = 0; i < Cpu.SCRATCH; i += Cpu.LANES) high |= c.v[i + 2] | c.v[i + 3];
        return X87_STATE | SSE_STATE | (high != 0 ? AVX_STATE : 0);
    }

    private static final class General extends Op {
        private final StateSave f;
        private final Address address;
        private final boolean wide;

        General(StateSave f, Address address, boolean wide) {
            this.f = f;
            this.address = address;
            this.wide = wide;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            boolean extended = f.ordinal() >= XSAVE.ordinal();
            if ((at & (extended ? 63 : 15)) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            int requested = (int) (c.r[Cpu.RAX] & Cpuid.XCR0);
            switch (f) {
                case FXSAVE -> {
                    c.memory.checkWrite(at, FXSAVE_BYTES);
                    saveX87(c, at, wide);
                    saveMxcsr(c, at);
                    saveXmm(c, at);
                }
                case FXRSTOR -> {
                    c.memory.checkRead(at, FXSAVE_BYTES);
                    int mxcsr = MxcsrAccess.checked((int) c.memory.load32(at + MXCSR));
                    loadX87(c, at);
                    c.mxcsr = mxcsr;
                    loadXmm(c, at);
                }
                case XRSTOR -> restore(c, at, requested);
                default -> save(c, at, requested);
            }
            return next.exec(c);
        }

        /** SDM vol. 1, 13.7, 13.9 and 13.10. */
        private void save(Cpu c, long at, int requested) {
            c.memory.checkWrite(at, XSAVE_BYTES);
            AddressSpace m = c.memory;
            int used = inUse(c) & requested;
            int written = f == XSAVE ? requested : used;
            long before = m.load64(at + HEADER);
            if ((written & X87_STATE) != 0) saveX87(c, at, wide);
            if (f == XSAVEC ? (written & SSE_STATE) != 0 : (requested & (SSE_STATE | AVX_STATE)) != 0) saveMxcsr(c, at);
            if ((written & SSE_STATE) != 0) saveXmm(c, at);
            if ((written & AVX_STATE) != 0) {
                for (int n = 0; n < 16; n++) m.storeLanes(at + AVX_OFFSET + 16L * n, c.v, n * Cpu.LANES + 2, 2);
            }
            if (f == XSAVEC) {
                m.store64(at + HEADER, used);
                m.store64(at + XCOMP_BV, COMPACTED | requested);
            } else {
                m.store64(at + HEADER, before & ~requested | used);
            }
        }

        /** SDM vol. 1, 13.8. */
        private static void restore(Cpu c, long at, int requested) {
            AddressSpace m = c.memory;
            c.memory.checkRead(at, XSAVE_BYTES);
            long present = m.load64(at + HEADER);
            long layout = m.load64(at + XCOMP_BV);
            boolean compacted = layout < 0;
            long allowed = compacted ? layout & ~COMPACTED : Cpuid.XCR0;
            boolean valid = (present & ~allowed) == 0
                    && (compacted ? (allowed & ~Cpuid.XCR0) == 0 : layout == 0 && m.load64(at + XCOMP_BV + 8) == 0);
            for (int k = 16; compacted && k < 64; k += 8) valid &= m.load64(at + HEADER + k) == 0;
            if (!valid) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            boolean mxcsrLoads =
                    compacted ? (requested & present & SSE_STATE) != 0 : (requested & (SSE_STATE | AVX_STATE)) != 0;
            int mxcsr = mxcsrLoads
                    ? MxcsrAccess.checked((int) m.load32(at + MXCSR))
                    : (requested & SSE_STATE) != 0 ? Cpu.MXCSR_DEFAULT : c.mxcsr;
            int loaded = requested & (int) present;
            if ((loaded & X87_STATE) != 0) loadX87(c, at);
            else if ((requested & X87_STATE) != 0) clearX87(c);
            c.mxcsr = mxcsr;
            if ((loaded & SSE_STATE) != 0) loadXmm(c, at);
            else if ((requested & SSE_STATE) != 0) clear(c, 0);
            if ((requested & AVX_STATE) == 0) return;
            if ((loaded & AVX_STATE) == 0) {
                clear(c, 2);
                return;
            }
            for (int n = 0; n < 16; n++) load(c, at + AVX_OFFSET + 16L * n, n * Cpu.LANES + 2);
        }
    }

    private static void clear(Cpu c, int lane) {
        for (int i = lane; i < Cpu.SCRATCH; i += Cpu.LANES) {
            c.v[i] = 0;
            c.v[i + 1] = 0;
        }
    }

    private static void clearX87(Cpu c) {
        c.x87.reset();
        for (int i = 0; i < 8; i++) {
            c.x87.significand[i] = 0;
            c.x87.signExponent[i] = 0;
        }
    }

    private static void load(Cpu c, long at, int lane) {
        c.v[lane] = c.memory.load64(at);
        c.v[lane + 1] = c.memory.load64(at + 8);
    }

    private static void saveMxcsr(Cpu c, long at) {
        c.memory.store32(at + MXCSR, c.mxcsr);
        c.memory.store32(at + MXCSR_MASK, MxcsrAccess.MASK);
    }

    private static void saveXmm(Cpu c, long at) {
        for (int n = 0; n < 16; n++) c.memory.storeLanes(at + XMM + 16L * n, c.v, n * Cpu.LANES, 2);
    }

    private static void loadXmm(Cpu c, long at) {
        for (int n = 0; n < 16; n++) load(c, at + XMM + 16L * n, n * Cpu.LANES);
    }

    /**
     * Control words and registers; bytes 24 to 31 are MXCSR's.
     *
     * @param wide 64-bit pointers, without selectors
     */
    private static void saveX87(Cpu c, long at, boolean wide) {
        X87 x = c.x87;
        AddressSpace m = c.memory;
        m.store16(at, x.control);
        m.store16(at + 2, x.statusWord());
        m.store16(at + 4, x.occupied);
        m.store16(at + 6, x.opcode);
        m.store64(at + 8, wide ? x.instructionPointer : x.instructionPointer & 0xffffffffL);
        m.store64(at + 16, wide ? x.dataPointer : x.dataPointer & 0xffffffffL);
        for (int i = 0; i < 8; i++) {
            int physical = x.top + i & 7;
            m.store64(at + REGISTERS + 16L * i, x.significand[physical]);
            m.store64(at + REGISTERS + 16L * i + 8, x.signExponent[physical]);
        }
    }

    private static void loadX87(Cpu c, long at) {
        X87 x = c.x87;
        AddressSpace m = c.memory;
        x.control = (int) m.load16(at) & X87.CONTROL_BITS | X87.CONTROL_FIXED;
        x.setStatusWord((int) m.load16(at + 2));
        x.occupied = (int) m.load8(at + 4);
        x.opcode = (int) m.load16(at + 6) & 0x7ff;
        x.instructionPointer = m.load64(at + 8);
        x.dataPointer = m.load64(at + 16);
        for (int i = 0; i < 8; i++) {
            int physical = x.top + i & 7;
            x.significand[physical] = m.load64(at + REGISTERS + 16L * i);
            x.signExponent[physical] = (int) m.load16(at + REGISTERS + 16L * i + 8);
        }
        x.summarise();
    }
}
