package dev.gostub.emulator.memory;

/**
 * An exception of the processor on its way to the run loop (Intel SDM vol. 3, chapter 7). Carries no stack trace: it is the guest's doing,
 * and is thrown before the instruction had any effect. The kernel turns it into a signal.
 */
public final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, by the manual's exception. */
    public enum Kind {
        /** #PF, nothing is mapped at the address. */
        NOT_MAPPED,
        /** #PF, the mapping forbids the access. */
        PROTECTION,
        /** #PF behind the end of a mapped file: Linux answers SIGBUS. */
        BEYOND_FILE,
        /** #GP, among them accesses to non-canonical addresses; Linux reports no address. */
        GENERAL_PROTECTION,
        /** #DE. */
        DIVIDE,
        /** #UD. */
        INVALID_OPCODE,
        /** #BP, raised by INT3 in the program's own text; a trap: RIP is after the instruction. */
        BREAKPOINT,
        /** #DB, raised by INT1 or by RFLAGS.TF; a trap. */
        DEBUG,
        /** #AC. */
        ALIGNMENT,
        /** #MF, an unmasked x87 exception. */
        X87,
        /** #XM, an unmasked SIMD floating-point exception. */
        SIMD
    }

    /** How memory was touched; meaningful for page faults. */
    public enum Access {
        READ,
        WRITE,
        EXECUTE
    }

    private final Kind kind;
    private final Access access;
    private final long address;

    private GuestFault(Kind kind, Access access, long address) {
        super(null, null, false, false);
        this.kind = kind;
        this.access = access;
        this.address = address;
    }

    /** A fault that has to do with an access to memory. */
    public static GuestFault memory(Kind kind, Access access, long address) {
        return new GuestFault(kind, access, address);
    }

    /** A fault of the instruction itself. */
    public static GuestFault instruction(Kind kind) {
        return new GuestFault(kind, Access.EXECUTE, 0);
    }

    public Kind kind() {
        return kind;
    }

    public Access access() {
        return access;
    }

    /** The guest address whose access failed; 0 where the exception has none. */
    public long address() {
        return address;
    }

    @Override
    public String getMessage() {
        return kind + " " + access + " at 0x" + Long.toHexString(address);
    }
}
