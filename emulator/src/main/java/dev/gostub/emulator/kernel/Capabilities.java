package dev.gostub.emulator.kernel;

/**
 * Capabilities of a process, a bit each (capabilities(7)): kept, changed and told as Linux does it. What a process may do goes by its user number all the same.
 *
 * @param secureBits SECBIT_*, but for SECBIT_KEEP_CAPS, which is a task's
 * @param noNewPrivileges {@code PR_SET_NO_NEW_PRIVS}: only told, as programs never get other users here
 */
public record Capabilities(
        long effective,
        long permitted,
        long inheritable,
        long bounding,
        long ambient,
        int secureBits,
        boolean noNewPrivileges) {
    public static final int COUNT = 41;
    /** May change its sets. */
    public static final int CAP_SETPCAP = 8;

    private static final long ALL = (1L << COUNT) - 1;
    private static final int SECBIT_NOROOT = 1;
    private static final int SECBIT_NO_SETUID_FIXUP = 4;
    private static final int SECBIT_KEEP_CAPS = 16;

    static Capabilities ofUser(int user) {
        long held = user == 0 ? ALL : 0;
        return new Capabilities(held, held, 0, ALL, 0, 0, false);
    }

    public boolean has(int capability) {
        return (effective >>> capability & 1) != 0;
    }

    /** Of the whole set: what is beyond the last capability does not exist. */
    public Capabilities withSets(long newEffective, long newPermitted, long newInheritable) {
        long both = newPermitted & newInheritable & ambient;
        return new Capabilities(
                newEffective & ALL,
                newPermitted & ALL,
                newInheritable & ALL,
                bounding,
                both,
                secureBits,
                noNewPrivileges);
    }

    public Capabilities withoutBound(int capability) {
        long left = bounding & ~(1L << capability);
        return new Capabilities(effective, permitted, inheritable, left, ambient, secureBits, noNewPrivileges);
    }

    public Capabilities withAmbient(long set) {
        return new Capabilities(effective, permitted, inheritable, bounding, set, secureBits, noNewPrivileges);
    }

    public Capabilities withSecureBits(int bits) {
        int kept = bits & ~SECBIT_KEEP_CAPS;
        return new Capabilities(effective, permitted, inheritable, bounding, ambient, kept, noNewPrivileges);
    }

    public Capabilities withNoNewPrivileges() {
        return new Capabilities(effective, permitted, inheritable, bounding, ambient, secureBits, true);
    }

    /** cap_emulate_setxuid of security/commoncap.c; {@code keeps}: {@code PR_SET_KEEPCAPS}. */
    Capabilities afterChange(Credentials before, Credentials after, boolean keeps) {
        if ((secureBits & SECBIT_NO_SETUID_FIXUP) != 0) {
            return this;
        }
        Capabilities changed = this;
        if (before.isSomewhereRoot() && !after.isSomewhereRoot()) {
            changed = keeps ? changed.withSets(0, permitted, inheritable) : changed.withSets(0, 0, inheritable);
            changed = changed.withAmbient(0);
        }
        if (before.effectiveUser() == 0 && after.effectiveUser() != 0) {
            changed = changed.withSets(0, changed.permitted, inheritable);
        } else if (before.effectiveUser() != 0 && after.effectiveUser() == 0) {
            changed = changed.withSets(changed.permitted, changed.permitted, inheritable);
        }
        return changed;
    }

    /** cap_bprm_creds_from_file, for files that bring no capabilities. */
    Capabilities afterExec(Credentials who) {
        boolean root = (secureBits & SECBIT_NOROOT) == 0 && (who.realUser() == 0 || who.effectiveUser() == 0);
        long now = root ? inheritable | bounding : ambient;
        boolean all = root && who.effectiveUser() != 0;
        return new Capabilities(
                all ? ambient : now, now, inheritable, bounding, root ? 0 : ambient, secureBits, noNewPrivileges);
    }
}
