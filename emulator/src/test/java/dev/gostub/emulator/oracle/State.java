package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What an instruction may read and change: registers, and the window of memory around the boundary of two pages. */
final class State {
    /** Where the code lies; 64 KiB of INT3 around the instruction. */
    static final long CODE = 0x10000000L, CODE_BYTES = 0x10000, START = CODE + CODE_BYTES / 2;
    /** Two pages between unmapped ones; the window is the part of them that is compared. */
    static final long DATA = 0x20000000L, DATA_BYTES = 0x2000, MIDDLE = DATA + DATA_BYTES / 2;

    static final int WINDOW_BYTES = 1024;
    static final long WINDOW = MIDDLE - WINDOW_BYTES / 2;
    /** Legacy area, header, upper halves of the vector registers: the standard format of XSAVE. */
    static final int XSAVE_BYTES = 832;

    /** Bits of RFLAGS that are compared. */
    static final int FLAGS = 0xcd5;

    final long[] r = new long[16];
    final long[] v = new long[64];
    long rflags = 2;
    long fsBase;
    long gsBase;
    /** ES, CS, SS, DS, FS, GS. */
    final int[] selectors = {0, 0x33, 0x2b, 0, 0, 0};

    int mxcsr = Cpu.MXCSR_DEFAULT;
    X87 x87 = new X87();
    final byte[] window = new byte[WINDOW_BYTES];

    static State random(RandomGenerator random) {
        State s = new State();
        for (int i = 0; i < 16; i++) s.r[i] = Values.general(random);
        for (int i = 0; i < 64; i += 4) Values.vector(random, s.v, i);
        ByteBuffer window = ByteBuffer.wrap(s.window).order(ByteOrder.LITTLE_ENDIAN);
        long[] lanes = new long[4];
        for (int i = 0; i < WINDOW_BYTES; i += 32) {
            if (random.nextBoolean()) Values.vector(random, lanes, 0);
            else for (int k = 0; k < 4; k++) lanes[k] = Values.general(random);
            for (int k = 0; k < 4; k++) window.putLong(i + 8 * k, lanes[k]);
        }
        s.rflags = 2 | 0x200 | random.nextInt() & 0x8d5;
        s.fsBase = random.nextInt(1, 0x10000);
        s.gsBase = random.nextInt(0x10001, 0x20000);
        return s;
    }

    /** Bases anywhere in user space, so that a sum with them wraps. */
    void farBases(RandomGenerator random) {
        fsBase = random.nextLong() >>> 18;
        gsBase = random.nextLong() >>> 18;
    }

    /** What a segment adds to an offset, by its number in an instruction. */
    long base(int segment) {
        return segment == Instances.FS ? fsBase : segment == Instances.GS ? gsBase : 0;
    }

    State copy() {
        State s = new State();
        System.arraycopy(r, 0, s.r, 0, 16);
        System.arraycopy(v, 0, s.v, 0, 64);
        s.rflags = rflags;
        s.fsBase = fsBase;
        s.gsBase = gsBase;
        System.arraycopy(selectors, 0, s.selectors, 0, 6);
        s.mxcsr = mxcsr;
        s.x87.restore(x87.capture());
        System.arraycopy(window, 0, s.window, 0, WINDOW_BYTES);
        return s;
    }

    void to(Cpu c) {
        System.arraycopy(r, 0, c.r, 0, 16);
        System.arraycopy(v, 0, c.v, 0, 64);
        c.flags.setRflags(rflags);
        c.fsBase = fsBase;
        c.gsBase = gsBase;
        System.arraycopy(selectors, 0, c.selectors, 0, 6);
        c.mxcsr = mxcsr;
        c.x87.restore(x87.capture());
    }

    void from(Cpu c) {
        System.arraycopy(c.r, 0, r, 0, 16);
        System.arraycopy(c.v, 0, v, 0, 64);
        rflags = c.flags.rflags();
        fsBase = c.fsBase;
        gsBase = c.gsBase;
        System.arraycopy(c.selectors, 0, selectors, 0, 6);
        mxcsr = c.mxcsr;
        x87.restore(c.x87.capture());
    }

    void write64(long address, long value) {
        int at = (int) (address - WINDOW);
        if (at >= 0 && at <= WINDOW_BYTES - 8) buffer().putLong(at, value);
    }

    void write(long address, byte[] from, int lengthBytes) {
        int at = (int) (address - WINDOW);
        if (at >= 0 && at <= WINDOW_BYTES - lengthBytes) System.arraycopy(from, 0, window, at, lengthBytes);
    }

    long read64(long address) {
        int at = (int) (address - WINDOW);
        return at >= 0 && at <= WINDOW_BYTES - 8 ? buffer().getLong(at) : 0;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends the XSAVE image. */
    void putXsave(ByteBuffer to) {
        int start = to.position();
        byte[] zeros = new byte[XSAVE_BYTES];
        to.put(zeros).position(start);
        to.putShort((short) x87.control).putShort((short) x87.statusWord()).put((byte) x87.occupied);
        to.position(start + 24);
        to.putInt(mxcsr);
        for (int i = 0; i < 8; i++) {
            int physical = x87.top + i & 7;
            to.position(start + 32 + 16 * i);
            to.putLong(x87.significand[physical]).putShort((short) x87.signExponent[physical]);
        }
        for (int i = 0; i < 16; i++) {
            to.position(start + 160 + 16 * i);
            to.putLong(v[4 * i]).putLong(v[4 * i + 1]);
            to.position(start + 576 + 16 * i);
            to.putLong(v[4 * i + 2]).putLong(v[4 * i + 3]);
        }
        to.position(start + XSAVE_BYTES);
    }

    void getXsave(ByteBuffer from) {
        int start = from.position();
        x87.control = from.getShort(start) & 0xffff;
        x87.setStatusWord(from.getShort(start + 2) & 0xffff);
        x87.occupied = from.get(start + 4) & 0xff;
        mxcsr = from.getInt(start + 24);
        for (int i = 0; i < 8; i++) {
            int physical = x87.top + i & 7;
            x87.significand[physical] = from.getLong(start + 32 + 16 * i);
            x87.signExponent[physical] = from.getShort(start + 40 + 16 * i) & 0xffff;
        }
        for (int i = 0; i < 16; i++) {
            v[4 * i] = from.getLong(start + 160 + 16 * i);
            v[4 * i + 1] = from.getLong(start + 168 + 16 * i);
            v[4 * i + 2] = from.getLong(start + 576 + 16 * i);
            v[4 * i + 3] = from.getLong(start + 584 + 16 * i);
        }
        from.position(start + XSAVE_BYTES);
    }

    /** One line for each difference, {@code this} being expected; flags outside {@code flags} are not looked at. */
    List<String> differences(State o, int flags) {
        List<String> d = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            if (r[i] != o.r[i]) d.add("r%d: expected %x, was %x".formatted(i, r[i], o.r[i]));
        }
        for (int i = 0; i < 64; i++) {
            if (v[i] != o.v[i]) d.add("ymm%d lane %d: expected %016x, was %016x".formatted(i / 4, i % 4, v[i], o.v[i]));
        }
        long changed = (rflags ^ o.rflags) & flags;
        if (changed != 0)
            d.add("flags: expected %x, was %x, differ in %x".formatted(rflags & FLAGS, o.rflags & FLAGS, changed));
        if (fsBase != o.fsBase) d.add("fs base: expected %x, was %x".formatted(fsBase, o.fsBase));
        for (int i = 0; i < 6; i++) {
            // returning from the kernel makes 0 of all selectors of nothing
            if (selectors[i] != o.selectors[i] && Math.max(selectors[i], o.selectors[i]) > 3)
                d.add("selector %d: expected %x, was %x".formatted(i, selectors[i], o.selectors[i]));
        }
        if (gsBase != o.gsBase) d.add("gs base: expected %x, was %x".formatted(gsBase, o.gsBase));
        if (mxcsr != o.mxcsr) d.add("mxcsr: expected %x, was %x".formatted(mxcsr, o.mxcsr));
        x87Differences(o, d);
        for (int i = 0; i < WINDOW_BYTES; i++) {
            if (window[i] != o.window[i]) {
                d.add("[%x]: expected %02x, was %02x".formatted(WINDOW + i, window[i], o.window[i]));
                if (d.size() > 24) break;
            }
        }
        return d;
    }

    private void x87Differences(State o, List<String> d) {
        if (x87.control != o.x87.control) d.add("fcw: expected %x, was %x".formatted(x87.control, o.x87.control));
        if (x87.statusWord() != o.x87.statusWord())
            d.add("fsw: expected %x, was %x".formatted(x87.statusWord(), o.x87.statusWord()));
        if (x87.occupied != o.x87.occupied) d.add("ftw: expected %x, was %x".formatted(x87.occupied, o.x87.occupied));
        for (int i = 0; i < 8; i++) {
            if ((x87.occupied & 1 << i) == 0) continue;
            if (x87.significand[i] != o.x87.significand[i] || x87.signExponent[i] != o.x87.signExponent[i]) {
                d.add("x87 register %d: expected %04x %016x, was %04x %016x"
                        .formatted(
                                i,
                                x87.signExponent[i],
                                x87.significand[i],
                                o.x87.signExponent[i],
                                o.x87.significand[i]));
            }
        }
    }
}
