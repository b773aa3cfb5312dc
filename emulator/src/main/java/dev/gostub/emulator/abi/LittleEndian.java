package dev.gostub.emulator.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in little-endian bytes, the way amd64 structs hold them. No alignment is asked for. */
public final class LittleEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    public static void put16(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    public static void put32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    public static void put64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** The four bytes of a number. */
    public static byte[] of32(int value) {
        byte[] bytes = new byte[Integer.BYTES];
        put32(bytes, 0, value);
        return bytes;
    }

    public static int get16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    public static int get32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    public static long get64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }
}
