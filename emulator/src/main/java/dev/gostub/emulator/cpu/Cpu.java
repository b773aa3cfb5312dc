package dev.gostub.emulator.cpu;

import dev.gostub.emulator.memory.AddressSpace;
import java.util.Arrays;

/**
 * Architectural state of one hardware thread, and the two numbers that the engine charges while a chain of operations runs. Fields are open: every operation of the
 * instruction set works on them. At rest (between runs) {@link #rip} is exact; inside a chain it is the address of the block.
 */
public final class Cpu {
    /** General registers in encoding order. */
    public static final int RAX = 0,
            RCX = 1,
            RDX = 2,
            RBX = 3,
            RSP = 4,
            RBP = 5,
            RSI = 6,
            RDI = 7,
            R8 = 8,
            R9 = 9,
            R10 = 10,
            R11 = 11;

    /** Index into {@link #r} of the register that is always zero: for addresses without base or index. */
    public static final int ZERO = 16;

    /** 64-bit lanes of one vector register (256 bits). */
    public static final int LANES = 4;

    /** Index into {@link #v} of the first lane that belongs to no register. */
    public static final int SCRATCH = 16 * LANES;

    /** MXCSR after reset: all exceptions masked, round to nearest. */
    public static final int MXCSR_DEFAULT = 0x1f80;

    /** The sixteen general registers in encoding order, and a seventeenth that is always zero. */
    public final long[] r = new long[17];
    /**
     * YMM0 to YMM15, four 64-bit lanes each, the lowest first: lane k of register n is {@code v[4 * n + k]}. Behind them, from {@link #SCRATCH} on, room for operands from memory; no state.
     */
    public final long[] v = new long[SCRATCH + 2 * LANES];

    public final Flags flags = new Flags();
    public final X87 x87 = new X87();
    /** Exact floating-point arithmetic; scratch space, no state. */
    public final SoftFloat soft = new SoftFloat();

    public final AddressSpace memory;
    public long rip;
    public long fsBase;
    public long gsBase;
    public int mxcsr = MXCSR_DEFAULT;
    /** Selectors in the order of the encoding: ES, CS, SS, DS, FS, GS. Without effect on addresses in 64-bit mode. */
    public final int[] selectors = {0, 0x33, 0x2b, 0, 0, 0};
    /** State of the generator behind RDRAND and RDSEED: the machine sets it from its seed, differently for each task. */
    public long random;
    /** Time at which the current chain will have used up its budget: what RDTSC counts back from. */
    public long timeStamp;
    /** See {@link TimeStamp}: the machine's, set once. */
    public long timeStampSeed;

    /** Position in its block of the operation that accesses memory: what a fault needs to find the instruction. */
    public int index;
    /** Set by SYSCALL when it leaves the chain; the engine clears it. */
    public boolean systemCall;
    /** Instructions that the chain may still retire before it has to be left. */
    public long left;

    public Cpu(AddressSpace memory) {
        this.memory = memory;
    }

    /** PUSH of 64 bits. */
    public void push(long value) {
        long sp = r[RSP] - 8;
        memory.store64(sp, value); // may fault: RSP changes after it
        r[RSP] = sp;
    }

    /** POP of 64 bits. */
    public long pop() {
        long value = memory.load64(r[RSP]);
        r[RSP] += 8;
        return value;
    }

    /** Clears the lanes of a register from {@code lanes} up, as VEX encodings do; {@code first} is the index of its lowest lane. */
    public void clearAbove(int first, int lanes) {
        for (int i = lanes; i < LANES; i++) v[first + i] = 0;
    }

    /** The next number of RDRAND and RDSEED (SplitMix64: a counter, mixed); deterministic, by no means secret. */
    public long nextRandom() {
        random += 0x9e3779b97f4a7c15L;
        long z = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    public CpuSnapshot capture() {
        return new CpuSnapshot(
                r.clone(),
                Arrays.copyOf(v, SCRATCH),
                rip,
                flags.rflags(),
                fsBase,
                gsBase,
                mxcsr,
                selectors.clone(),
                x87.capture(),
                random);
    }

    public void restore(CpuSnapshot s) {
        System.arraycopy(s.r(), 0, r, 0, r.length);
        System.arraycopy(s.v(), 0, v, 0, SCRATCH);
        rip = s.rip();
        flags.setRflags(s.rflags());
        fsBase = s.fsBase();
        gsBase = s.gsBase();
        mxcsr = s.mxcsr();
        System.arraycopy(s.selectors(), 0, selectors, 0, selectors.length);
        x87.restore(s.x87());
        random = s.random();
    }

    /** Equal for equal architectural states. */
    public long hash() {
        long hash = Arrays.hashCode(r);
        for (int i = 0; i < SCRATCH; i++) hash = hash * 31 + v[i];
        hash = hash * 0x9e3779b97f4a7c15L + rip;
        hash = hash * 0x9e3779b97f4a7c15L + flags.rflags();
        hash = hash * 0x9e3779b97f4a7c15L + fsBase * 3 + gsBase * 5 + random * 7 + mxcsr;
        return hash * 0x9e3779b97f4a7c15L + x87.capture().hashCode();
    }
}
