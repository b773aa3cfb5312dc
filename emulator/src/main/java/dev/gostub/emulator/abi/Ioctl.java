package dev.gostub.emulator.abi;

/** Request numbers of {@code ioctl(2)} ({@code asm-generic/ioctls.h}) and the terminal structs they carry. */
public final class Ioctl {
    public static final int TCGETS = 0x5401;
    public static final int TCSETS = 0x5402;
    public static final int TCSETSW = 0x5403;
    public static final int TCSETSF = 0x5404;
    public static final int TCSBRK = 0x5409;
    public static final int TCXONC = 0x540A;
    public static final int TCFLSH = 0x540B;
    public static final int TIOCSCTTY = 0x540E;
    public static final int TIOCGPGRP = 0x540F;
    public static final int TIOCSPGRP = 0x5410;
    public static final int TIOCOUTQ = 0x5411;
    public static final int TIOCGWINSZ = 0x5413;
    public static final int TIOCSWINSZ = 0x5414;
    public static final int FIONREAD = 0x541B;
    public static final int FIONBIO = 0x5421;
    public static final int TIOCNOTTY = 0x5422;
    public static final int TIOCGSID = 0x5429;
    public static final int TCGETS2 = 0x802C542A;
    public static final int TIOCGPTN = 0x80045430;
    public static final int FIONCLEX = 0x5450;
    public static final int FIOCLEX = 0x5451;
    public static final int FIOASYNC = 0x5452;
    /** Of interfaces ({@code linux/sockios.h}, {@code netdevice(7)}); they carry {@code struct ifreq} or {@code struct ifconf}. */
    public static final int SIOCGIFNAME = 0x8910;

    public static final int SIOCGIFCONF = 0x8912;
    public static final int SIOCGIFFLAGS = 0x8913;
    public static final int SIOCGIFADDR = 0x8915;
    public static final int SIOCGIFDSTADDR = 0x8917;
    public static final int SIOCGIFBRDADDR = 0x8919;
    public static final int SIOCGIFNETMASK = 0x891B;
    public static final int SIOCGIFMETRIC = 0x891D;
    public static final int SIOCGIFMTU = 0x8921;
    public static final int SIOCGIFHWADDR = 0x8927;
    public static final int SIOCGIFINDEX = 0x8933;
    public static final int SIOCGIFTXQLEN = 0x8942;

    /** {@code struct ifreq}: a name of 16 bytes and what is known by it. */
    public static final int IFREQ_BYTES = 40;

    public static final int IFREQ_NAME_BYTES = 16;
    public static final int FICLONE = 0x40049409;

    /** {@code struct winsize}: rows, columns, and two pixel sizes, 16 bits each. */
    public static final int WINSIZE_BYTES = 8;

    private Ioctl() {}

    /** {@code struct winsize} without pixel sizes. */
    public static byte[] winsize(int rows, int columns) {
        byte[] b = new byte[WINSIZE_BYTES];
        LittleEndian.put16(b, 0, rows);
        LittleEndian.put16(b, 2, columns);
        return b;
    }
}
