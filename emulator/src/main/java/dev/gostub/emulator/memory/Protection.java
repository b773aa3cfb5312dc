package dev.gostub.emulator.memory;

/** Access rights of a mapping, as bits. The values are those of Linux's PROT_READ, PROT_WRITE and PROT_EXEC. */
public final class Protection {
    public static final int NONE = 0;
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXECUTE = 4;

    private Protection() {}

    /** The text form of /proc/PID/maps, without the sharing letter: {@code r-x}. */
    public static String text(int protection) {
        return ((protection & READ) != 0 ? "r" : "-")
                + ((protection & WRITE) != 0 ? "w" : "-")
                + ((protection & EXECUTE) != 0 ? "x" : "-");
    }
}
