package dev.gostub.emulator.abi;

import java.util.List;

/** {@code sysinfo}, {@code new_utsname}, {@code rlimit} and {@code iovec}, with the numbers of resource limits. */
public final class SystemLayouts {
    public static final int SYSINFO_BYTES = 112;
    public static final int UTSNAME_BYTES = 390;
    public static final int RLIMIT_BYTES = 16;
    public static final int IOVEC_BYTES = 16;

    public static final int RLIMIT_CPU = 0;
    public static final int RLIMIT_FSIZE = 1;
    public static final int RLIMIT_DATA = 2;
    public static final int RLIMIT_STACK = 3;
    public static final int RLIMIT_CORE = 4;
    public static final int RLIMIT_RSS = 5;
    public static final int RLIMIT_NPROC = 6;
    public static final int RLIMIT_NOFILE = 7;
    public static final int RLIMIT_MEMLOCK = 8;
    public static final int RLIMIT_AS = 9;
    public static final int RLIMIT_SIGPENDING = 11;
    public static final int RLIMIT_MSGQUEUE = 12;
    public static final int RLIMIT_NICE = 13;
    public static final int RLIMIT_RTPRIO = 14;
    public static final int RLIMIT_COUNT = 16;
    public static final long RLIM_INFINITY = -1L;

    private static final int UTS_FIELD_BYTES = 65;

    private SystemLayouts() {}

    /** {@code struct new_utsname}: sysname, nodename, release, version, machine, domainname. */
    public static byte[] utsname(List<String> fields) {
        byte[] b = new byte[UTSNAME_BYTES];
        for (int i = 0; i < fields.size(); i++) {
            byte[] text = GuestText.bytes(fields.get(i));
            System.arraycopy(text, 0, b, i * UTS_FIELD_BYTES, Math.min(text.length, UTS_FIELD_BYTES - 1));
        }
        return b;
    }

    /** {@code struct sysinfo} of a machine without load and swap; sizes in bytes, {@code mem_unit} is 1. */
    public static byte[] sysinfo(long uptimeSeconds, long totalBytes, long freeBytes, int processes) {
        byte[] b = new byte[SYSINFO_BYTES];
        LittleEndian.put64(b, 0, uptimeSeconds);
        LittleEndian.put64(b, 32, totalBytes);
        LittleEndian.put64(b, 40, freeBytes);
        LittleEndian.put16(b, 80, processes);
        LittleEndian.put32(b, 104, 1);
        return b;
    }
}
