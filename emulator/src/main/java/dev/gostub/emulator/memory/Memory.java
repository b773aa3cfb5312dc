package dev.gostub.emulator.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loads and stores of the guest, little-endian, at any alignment, behind two direct-mapped TLBs. Whatever is unusual about a page —
 * unmapped, protected, copy-on-write, holding decoded code — is expressed by keeping it out of the TLB that it is unusual for; the slow path of
 * {@link AddressSpace} then decides. The fast path asks nothing else. An access that cannot succeed throws {@link GuestFault} before anything has changed.
 */
public abstract sealed class Memory permits AddressSpace {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    /** More elements than {@link #copyRun} and {@link #fillRun} ever do at once. */
    public static final int LONGEST_RUN = Page.SIZE;

    private static final int TLB = 1024;
    private static final int PAGE = Page.SIZE;
    private static final long NO_PAGE = -1;

    private final long[] readTag = new long[TLB];
    private final long[] writeTag = new long[TLB];
    private final byte[][] readPage = new byte[TLB][];
    private final byte[][] writePage = new byte[TLB][];

    /** Accesses are checked for their alignment, and pages stay out of the TLBs. */
    private boolean aligned;

    /** Some range is watched: slow accesses are told to {@link #accessed}. */
    boolean watching;

    Memory() {
        Arrays.fill(readTag, NO_PAGE);
        Arrays.fill(writeTag, NO_PAGE);
    }

    /** The byte at an address, zero-extended. */
    public final long load8(long address) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        if (readTag[slot] == page) return readPage[slot][(int) address & (PAGE - 1)] & 0xff;
        return loadSlow(address, 1);
    }

    /** Two bytes, zero-extended. */
    public final long load16(long address) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (readTag[slot] == page && offset <= PAGE - 2) return (short) SHORT.get(readPage[slot], offset) & 0xffff;
        return loadSlow(address, 2);
    }

    /** Four bytes, zero-extended. */
    public final long load32(long address) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (readTag[slot] == page && offset <= PAGE - 4) return (int) INT.get(readPage[slot], offset) & 0xffffffffL;
        return loadSlow(address, 4);
    }

    /** Eight bytes. */
    public final long load64(long address) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (readTag[slot] == page && offset <= PAGE - 8) return (long) LONG.get(readPage[slot], offset);
        return loadSlow(address, 8);
    }

    /** Stores the low byte of {@code value}. */
    public final void store8(long address, long value) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        if (writeTag[slot] == page) writePage[slot][(int) address & (PAGE - 1)] = (byte) value;
        else storeSlow(address, value, 1);
    }

    /** Stores the low two bytes of {@code value}. */
    public final void store16(long address, long value) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (writeTag[slot] == page && offset <= PAGE - 2) SHORT.set(writePage[slot], offset, (short) value);
        else storeSlow(address, value, 2);
    }

    /** Stores the low four bytes of {@code value}. */
    public final void store32(long address, long value) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (writeTag[slot] == page && offset <= PAGE - 4) INT.set(writePage[slot], offset, (int) value);
        else storeSlow(address, value, 4);
    }

    /** Stores eight bytes. */
    public final void store64(long address, long value) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (writeTag[slot] == page && offset <= PAGE - 8) LONG.set(writePage[slot], offset, value);
        else storeSlow(address, value, 8);
    }

    /** Loads 16 bytes as two 64-bit words to {@code target[to]} and behind it; the target changes only if all of it succeeds. */
    public final void load128(long address, long[] target, int to) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (readTag[slot] == page && offset <= PAGE - 16) {
            byte[] bytes = readPage[slot];
            long high = (long) LONG.get(bytes, offset + 8);
            target[to] = (long) LONG.get(bytes, offset);
            target[to + 1] = high;
        } else {
            loadLanesSlow(address, target, to, 2);
        }
    }

    /** Loads 32 bytes as four 64-bit words to {@code target[to]} and behind it; the target changes only if all of it succeeds. */
    public final void load256(long address, long[] target, int to) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (readTag[slot] == page && offset <= PAGE - 32) {
            byte[] bytes = readPage[slot];
            target[to] = (long) LONG.get(bytes, offset);
            target[to + 1] = (long) LONG.get(bytes, offset + 8);
            target[to + 2] = (long) LONG.get(bytes, offset + 16);
            target[to + 3] = (long) LONG.get(bytes, offset + 24);
        } else {
            loadLanesSlow(address, target, to, 4);
        }
    }

    private void loadLanesSlow(long address, long[] target, int to, int lanes) {
        requireAligned(address, 8 * lanes, GuestFault.Access.READ);
        checkRead(address, 8 * lanes);
        for (int i = 0; i < lanes; i++) target[to + i] = load64(address + 8L * i);
    }

    /** Stores 16 bytes, all or none, from {@code source[from]} and the word behind it. */
    public final void store128(long address, long[] source, int from) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (writeTag[slot] == page && offset <= PAGE - 16) {
            byte[] bytes = writePage[slot];
            LONG.set(bytes, offset, source[from]);
            LONG.set(bytes, offset + 8, source[from + 1]);
        } else {
            storeLanesSlow(address, source, from, 2);
        }
    }

    /** Stores 32 bytes, all or none, from {@code source[from]} and the three words behind it. */
    public final void store256(long address, long[] source, int from) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        int offset = (int) address & (PAGE - 1);
        if (writeTag[slot] == page && offset <= PAGE - 32) {
            byte[] bytes = writePage[slot];
            LONG.set(bytes, offset, source[from]);
            LONG.set(bytes, offset + 8, source[from + 1]);
            LONG.set(bytes, offset + 16, source[from + 2]);
            LONG.set(bytes, offset + 24, source[from + 3]);
        } else {
            storeLanesSlow(address, source, from, 4);
        }
    }

    /** Stores {@code lanes} 64-bit words (1, 2 or 4) from {@code source[from]} on, all or none. */
    public final void storeLanes(long address, long[] source, int from, int lanes) {
        switch (lanes) {
            case 1 -> store64(address, source[from]);
            case 2 -> store128(address, source, from);
            default -> store256(address, source, from);
        }
    }

    private void storeLanesSlow(long address, long[] source, int from, int lanes) {
        requireAligned(address, 8 * lanes, GuestFault.Access.WRITE);
        checkWrite(address, 8 * lanes);
        for (int i = 0; i < lanes; i++) store64(address + 8L * i, source[from + i]);
    }

    /**
     * Makes sure that a store of so many bytes (at most 4,096) will succeed, so that an instruction may change registers and flags before it stores.
     */
    public final void checkWrite(long address, int lengthBytes) {
        long page = address >>> 12;
        int slot = (int) page & (TLB - 1);
        if (writeTag[slot] != page || ((int) address & (PAGE - 1)) > PAGE - lengthBytes) {
            writable(address);
            if ((address + lengthBytes - 1) >>> 12 != page) writable(page + 1 << 12);
        }
    }

    /** Makes sure that a load of so many bytes (at most 4,096) will succeed. */
    public final void checkRead(long address, int lengthBytes) {
        readable(address);
        long page = address >>> 12;
        if ((address + lengthBytes - 1) >>> 12 != page) readable(page + 1 << 12);
    }

    /**
     * Copies elements one after the other, as far as the pages of both sides go and only if both are in the TLBs: then no access can fault and nobody watches.
     *
     * @param step distance from element to element in bytes, negative for descending addresses; its absolute value is the element's size
     * @return elements copied; 0 where the caller has to do the next one by load and store
     */
    public final int copyRun(long to, long from, int step, int count) {
        byte[] target = writableInTlb(to);
        byte[] source = readableInTlb(from);
        if (target == null || source == null) return 0;
        int targetAt = (int) to & PAGE - 1;
        int sourceAt = (int) from & PAGE - 1;
        int n = Math.min(Math.min(room(targetAt, step), room(sourceAt, step)), count);
        if (n == 0) return 0;
        int bytes = n * Math.abs(step);
        if (step < 0) {
            targetAt += (n - 1) * step;
            sourceAt += (n - 1) * step;
        }
        if (target == source) {
            // copying one by one would meet its own traces where the target lies ahead
            int ahead = step < 0 ? sourceAt - targetAt : targetAt - sourceAt;
            if (ahead > 0 && ahead < bytes) return 0;
        }
        System.arraycopy(source, sourceAt, target, targetAt, bytes);
        return n;
    }

    /** Fills elements with the low bytes of {@code value}, under the terms of {@link #copyRun}. */
    public final int fillRun(long to, long value, int step, int count) {
        byte[] target = writableInTlb(to);
        if (target == null) return 0;
        int at = (int) to & PAGE - 1;
        int n = Math.min(room(at, step), count);
        int size = Math.abs(step);
        if (n == 0) return 0;
        int first = step < 0 ? at + (n - 1) * step : at;
        long repeated = size == 1
                ? (value & 0xff) * 0x0101010101010101L
                : size == 2
                        ? (value & 0xffff) * 0x0001000100010001L
                        : size == 4 ? value << 32 | value & 0xffffffffL : value;
        int end = first + n * size;
        int i = first;
        for (; i + 8 <= end; i += 8) LONG.set(target, i, repeated);
        for (; i < end; i++, repeated >>>= 8) target[i] = (byte) repeated;
        return n;
    }

    /** Whole elements from an offset to the end of the page, or down to its start. */
    private static int room(int offset, int step) {
        if (step > 0) return (PAGE - offset) / step;
        return offset - step > PAGE ? 0 : offset / -step + 1;
    }

    private byte @Nullable [] readableInTlb(long address) {
        int slot = (int) (address >>> 12) & (TLB - 1);
        return readTag[slot] == address >>> 12 ? readPage[slot] : null;
    }

    private byte @Nullable [] writableInTlb(long address) {
        int slot = (int) (address >>> 12) & (TLB - 1);
        return writeTag[slot] == address >>> 12 ? writePage[slot] : null;
    }

    /** Checks alignments from now on, of all accesses of more than one byte. */
    public final void beginAligned() {
        aligned = true;
        forgetAll();
    }

    public final void endAligned() {
        aligned = false;
    }

    private void requireAligned(long address, int lengthBytes, GuestFault.Access access) {
        if (aligned && (address & lengthBytes - 1) != 0) {
            throw GuestFault.memory(GuestFault.Kind.ALIGNMENT, access, address);
        }
    }

    private long loadSlow(long address, int lengthBytes) {
        requireAligned(address, lengthBytes, GuestFault.Access.READ);
        byte[] first = readable(address);
        if (watching) accessed(address, lengthBytes, false);
        long lastAddress = address + lengthBytes - 1; // a fault there is reported at the start of the page
        byte[] last = lastAddress >>> 12 == address >>> 12 ? first : readable(lastAddress & -PAGE);
        long value = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            long a = address + i;
            value = value << 8 | (a >>> 12 == address >>> 12 ? first : last)[(int) a & (PAGE - 1)] & 0xff;
        }
        return value;
    }

    private void storeSlow(long address, long value, int lengthBytes) {
        requireAligned(address, lengthBytes, GuestFault.Access.WRITE);
        byte[] first = writable(address);
        if (watching) accessed(address, lengthBytes, true);
        long lastAddress = address + lengthBytes - 1; // a fault there is reported at the start of the page
        byte[] last = lastAddress >>> 12 == address >>> 12 ? first : writable(lastAddress & -PAGE);
        for (int i = 0; i < lengthBytes; i++) {
            long a = address + i;
            (a >>> 12 == address >>> 12 ? first : last)[(int) a & (PAGE - 1)] = (byte) (value >>> 8 * i);
        }
    }

    /** The bytes of the page around an address for a guest's read, entered into the TLB where nothing speaks against it. */
    abstract byte[] readable(long address);

    /** The same for a write. */
    abstract byte[] writable(long address);

    /** Told of each access that took the slow path while something is watched. */
    abstract void accessed(long address, int lengthBytes, boolean write);

    final void enterReadable(long page, byte[] bytes) {
        if (aligned) return;
        int slot = (int) page & (TLB - 1);
        readTag[slot] = page;
        readPage[slot] = bytes;
    }

    final void enterWritable(long page, byte[] bytes) {
        if (aligned) return;
        int slot = (int) page & (TLB - 1);
        writeTag[slot] = page;
        writePage[slot] = bytes;
    }

    final void forgetReadable(long page) {
        int slot = (int) page & (TLB - 1);
        if (readTag[slot] == page) readTag[slot] = NO_PAGE;
    }

    final void forgetWritable(long page) {
        int slot = (int) page & (TLB - 1);
        if (writeTag[slot] == page) writeTag[slot] = NO_PAGE;
    }

    final void forgetAll() {
        Arrays.fill(readTag, NO_PAGE);
        forgetAllWritable();
    }

    final void forgetAllWritable() {
        Arrays.fill(writeTag, NO_PAGE);
    }
}
