package dev.gostub.emulator.abi;

/** {@code struct ucred}: who is, or was when it mattered, at the other end of a socket ({@code unix(7)}). */
public record Ucred(int process, int user, int group) {
    public static final int BYTES = 12;

    /** What {@code SO_PEERCRED} tells without a peer. */
    public static final Ucred NONE = new Ucred(0, -1, -1);

    /** What {@code SCM_CREDENTIALS} tells of a message whose sender was not noted: {@code overflowuid}. */
    public static final Ucred UNKNOWN = new Ucred(0, 65534, 65534);

    public static Ucred of(byte[] b, int at) {
        return new Ucred(LittleEndian.get32(b, at), LittleEndian.get32(b, at + 4), LittleEndian.get32(b, at + 8));
    }

    public byte[] toBytes() {
        byte[] b = new byte[BYTES];
        LittleEndian.put32(b, 0, process);
        LittleEndian.put32(b, 4, user);
        LittleEndian.put32(b, 8, group);
        return b;
    }
}
