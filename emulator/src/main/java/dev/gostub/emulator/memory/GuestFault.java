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
        /** #SS: the same where the address is formed with RSP or RBP; Linux answers SIGBUS. */
        STACK,
        /** #OF, raised by INT 4; a trap. */
        OVERFLOW,
        /** #DE. */
        DIVIDE,
        /** #UD. */
        INVALID_OPCODE,
        /** #BP, raised by INT3 in the program's own text; a trap: RIP is after the instruction. */
        BREAKPOINT,
        /** #DB, raised by INT1; a trap. */
        DEBUG,
        /** #DB behind an instruction that was begun with RFLAGS.TF set; a trap. */
        SINGLE_STEP,
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
    private final int errorCode;

    private GuestFault(Kind kind, Access access, long address, int errorCode) {
        super(null, null, false, false);
        this.kind = kind;
        this.access = access;
        this.address = address;
        this.errorCode = errorCode;
    }

    /** A fault that has to do with an access to memory. */
    public static GuestFault memory(Kind kind, Access access, long address) {
        return new GuestFault(kind, access, address, 0);
    }

    /** A fault of the instruction itself. */
    public static GuestFault instruction(Kind kind) {
        return instruction(kind, 0);
    }

    /** The same with an error code: the selector or the interrupt vector that is to blame (SDM vol. 3, 7.13). */
    public static GuestFault instruction(Kind kind, int errorCode) {
        return new GuestFault(kind, Access.EXECUTE, 0, errorCode);
    }

    /** This fault of an access through the stack segment. */
    public GuestFault ofStack() {
        return new GuestFault(Kind.STACK, access, address, errorCode);
    }

    /** What is pushed beside the exception, but for page faults. */
    public int errorCode() {
        return errorCode;
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
