package dev.gostub.emulator.host;

/**
 * An Internet address and a port. One of version 4 is held as the version 6 address that stands for it ({@code ::ffff:a.b.c.d}, RFC 4291 2.5.5.2).
 *
 * @param high first eight bytes of the address
 * @param low last eight bytes
 */
public record HostAddress(long high, long low, int port) {
    private static final long MAPPED = 0xFFFF_0000_0000L;

    /** Of four bytes or sixteen, most significant first. */
    public static HostAddress of(byte[] address, int port) {
        if (address.length == 4) {
            return new HostAddress(0, MAPPED | number(address, 0, 4), port);
        }
        return new HostAddress(number(address, 0, 8), number(address, 8, 8), port);
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = at; i < at + length; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    public boolean isVersion4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    /** The address: four bytes of version 4, sixteen of version 6. */
    public byte[] bytes() {
        byte[] bytes = new byte[isVersion4() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int place = bytes.length - 1 - i;
            bytes[place] = (byte) (i < 8 ? low >>> 8 * i : high >>> 8 * (i - 8));
        }
        return bytes;
    }

    /** The same address with another port. */
    public HostAddress withPort(int other) {
        return new HostAddress(high, low, other);
    }
}
