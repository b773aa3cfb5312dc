package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.Capabilities;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;

/** {@code capget(2)}, {@code capset(2)} and what {@code prctl(2)} does with capabilities: kernel/capability.c, security/commoncap.c. */
final class CapabilityCalls {
    private static final int VERSION_1 = 0x19980330;
    private static final int VERSION_2 = 0x20071026;
    private static final int VERSION_3 = 0x20080522;
    /** Effective, permitted, inheritable: of capabilities 0 to 31, and behind that of the rest. */
    private static final int HALF_BYTES = 12;

    private static final int AMBIENT_IS_SET = 1;
    private static final int AMBIENT_RAISE = 2;
    private static final int AMBIENT_LOWER = 3;
    private static final int AMBIENT_CLEAR_ALL = 4;
    /** SECBIT_* with their locks. */
    private static final int SECURE_BITS = 0xff;

    private CapabilityCalls() {}

    private static Capabilities own(SyscallContext call) {
        return call.process().credentials().capabilities();
    }

    private static SyscallResult become(SyscallContext call, Capabilities changed) {
        call.process().setCredentials(call.process().credentials().with(changed));
        return SyscallResult.OK;
    }

    /** capget(2). */
    static SyscallResult capget(SyscallContext call) {
        int halves = halves(call);
        if (halves == 0) {
            return call.argument(1) == 0 ? SyscallResult.OK : SyscallResult.failure(Errno.EINVAL);
        }
        int id = call.read32(call.argument(0) + 4);
        if (id < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Process process = id == 0
                ? call.process()
                : call.kernel().task(id).map(Task::process).orElseThrow(() -> new SyscallException(Errno.ESRCH));
        if (call.argument(1) != 0) {
            Capabilities sets = process.credentials().capabilities();
            byte[] bytes = new byte[halves * HALF_BYTES];
            for (int half = 0; half < halves; half++) {
                LittleEndian.put32(bytes, half * HALF_BYTES, (int) (sets.effective() >>> 32 * half));
                LittleEndian.put32(bytes, half * HALF_BYTES + 4, (int) (sets.permitted() >>> 32 * half));
                LittleEndian.put32(bytes, half * HALF_BYTES + 8, (int) (sets.inheritable() >>> 32 * half));
            }
            call.write(call.argument(1), bytes);
        }
        return SyscallResult.OK;
    }

    /** How many structures the caller's version has; for an unknown one 0, and the caller is told the newest (cap_validate_magic). */
    private static int halves(SyscallContext call) {
        return switch (call.read32(call.argument(0))) {
            case VERSION_1 -> 1;
            case VERSION_2, VERSION_3 -> 2;
            default -> {
                call.write32(call.argument(0), VERSION_3);
                yield 0;
            }
        };
    }

    /** capset(2): only the caller's own. */
    static SyscallResult capset(SyscallContext call) {
        int halves = halves(call);
        if (halves == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int id = call.read32(call.argument(0) + 4);
        if (id != 0 && id != call.task().id()) {
            return SyscallResult.failure(Errno.EPERM);
        }
        byte[] bytes = call.read(call.argument(1), halves * HALF_BYTES);
        long effective = set(bytes, 0);
        long permitted = set(bytes, 4);
        long inheritable = set(bytes, 8);
        Capabilities old = own(call);
        boolean more = !old.has(Capabilities.CAP_SETPCAP) && exceeds(inheritable, old.inheritable() | old.permitted());
        if (more
                || exceeds(inheritable, old.inheritable() | old.bounding())
                || exceeds(permitted, old.permitted())
                || exceeds(effective, permitted)) {
            return SyscallResult.failure(Errno.EPERM);
        }
        return become(call, old.withSets(effective, permitted, inheritable));
    }

    private static long set(byte[] bytes, int at) {
        long low = LittleEndian.get32(bytes, at) & 0xffffffffL;
        long high = bytes.length > HALF_BYTES ? LittleEndian.get32(bytes, at + HALF_BYTES) : 0;
        return (low | high << 32) & (1L << Capabilities.COUNT) - 1;
    }

    private static boolean exceeds(long set, long of) {
        return (set & ~of) != 0;
    }

    // ---- prctl(2)

    /** PR_CAPBSET_READ. */
    static SyscallResult readBound(SyscallContext call) {
        return SyscallResult.value(own(call).bounding() >>> requireCapability(call.argument(1)) & 1);
    }

    /** PR_CAPBSET_DROP. */
    static SyscallResult dropBound(SyscallContext call) {
        requireSetting(call);
        return become(call, own(call).withoutBound(requireCapability(call.argument(1))));
    }

    private static int requireCapability(long number) {
        if (number < 0 || number >= Capabilities.COUNT) {
            throw new SyscallException(Errno.EINVAL);
        }
        return (int) number;
    }

    private static void requireSetting(SyscallContext call) {
        if (!own(call).has(Capabilities.CAP_SETPCAP)) {
            throw new SyscallException(Errno.EPERM);
        }
    }

    /** PR_SET_SECUREBITS. */
    static SyscallResult setSecureBits(SyscallContext call) {
        requireSetting(call);
        int bits = call.integer(1);
        int now = own(call).secureBits();
        int locked = (now & 0xaa) >>> 1;
        boolean forbidden = (locked & (now ^ bits)) != 0 || (now & 0xaa & ~bits) != 0;
        if (forbidden || (bits & ~SECURE_BITS) != 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        return become(call, own(call).withSecureBits(bits));
    }

    /** PR_SET_NO_NEW_PRIVS. */
    static SyscallResult setNoNewPrivileges(SyscallContext call) {
        boolean others = call.argument(2) != 0 || call.argument(3) != 0 || call.argument(4) != 0;
        return call.argument(1) != 1 || others
                ? SyscallResult.failure(Errno.EINVAL)
                : become(call, own(call).withNoNewPrivileges());
    }

    /** PR_GET_NO_NEW_PRIVS. */
    static SyscallResult getNoNewPrivileges(SyscallContext call) {
        boolean others = (call.argument(1) | call.argument(2) | call.argument(3) | call.argument(4)) != 0;
        return others
                ? SyscallResult.failure(Errno.EINVAL)
                : SyscallResult.value(own(call).noNewPrivileges() ? 1 : 0);
    }

    /** PR_CAP_AMBIENT. */
    static SyscallResult ambient(SyscallContext call) {
        Capabilities now = own(call);
        if (call.argument(3) != 0 || call.argument(4) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.integer(1) == AMBIENT_CLEAR_ALL) {
            return call.argument(2) != 0 ? SyscallResult.failure(Errno.EINVAL) : become(call, now.withAmbient(0));
        }
        long bit = 1L << requireCapability(call.argument(2));
        return switch (call.integer(1)) {
            case AMBIENT_IS_SET -> SyscallResult.value((now.ambient() & bit) != 0 ? 1 : 0);
            case AMBIENT_RAISE ->
                (now.permitted() & now.inheritable() & bit) == 0
                        ? SyscallResult.failure(Errno.EPERM)
                        : become(call, now.withAmbient(now.ambient() | bit));
            case AMBIENT_LOWER -> become(call, now.withAmbient(now.ambient() & ~bit));
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }
}
