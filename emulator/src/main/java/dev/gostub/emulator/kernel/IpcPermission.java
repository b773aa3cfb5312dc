package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.SystemVIpc;

/** {@code struct kern_ipc_perm}: the name of a System V object, and who may do what with it. */
public record IpcPermission(int key, int id, int user, int group, int creator, int creatorGroup, int mode) {
    static IpcPermission of(int key, int id, Credentials who, int mode) {
        int user = who.effectiveUser();
        int group = who.effectiveGroup();
        return new IpcPermission(key, id, user, group, user, group, mode & SystemVIpc.S_IRWXUGO);
    }

    /** {@code ipcperms}: any of the three sets of {@code wanted} counts. */
    public boolean permits(Credentials who, int wanted) {
        int requested = wanted >> 6 | wanted >> 3 | wanted;
        int granted = mode;
        if (who.effectiveUser() == creator || who.effectiveUser() == user) {
            granted >>= 6;
        } else if (isIn(who, creatorGroup) || isIn(who, group)) {
            granted >>= 3;
        }
        return (requested & ~granted & 7) == 0 || who.effectiveUser() == 0;
    }

    private static boolean isIn(Credentials who, int wanted) {
        return who.effectiveGroup() == wanted || who.supplementary().contains(wanted);
    }

    /** May somebody change or remove the object ({@code ipcctl_obtain_check}). */
    public boolean isOwnedBy(Credentials who) {
        return who.effectiveUser() == creator || who.effectiveUser() == user || who.effectiveUser() == 0;
    }

    /** {@code ipc_update_perm}. */
    public IpcPermission changed(int newUser, int newGroup, int newMode) {
        int kept = mode & ~SystemVIpc.S_IRWXUGO;
        return new IpcPermission(
                key, id, newUser, newGroup, creator, creatorGroup, kept | newMode & SystemVIpc.S_IRWXUGO);
    }

    IpcPermission withMode(int newMode) {
        return new IpcPermission(key, id, user, group, creator, creatorGroup, newMode);
    }

    /** Nobody finds it by its key any more. */
    IpcPermission withoutKey() {
        return new IpcPermission(SystemVIpc.IPC_PRIVATE, id, user, group, creator, creatorGroup, mode);
    }
}
