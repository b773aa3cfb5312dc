package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import java.util.List;

/** Who asks: user and groups as used for file access; {@code supplementary} are the groups of {@code setgroups(2)}. */
public record Credentials(int user, int group, List<Integer> supplementary) {
    /** Without supplementary groups. */
    public Credentials(int user, int group) {
        this(user, group, List.of());
    }

    /** Would Linux allow this access, a combination of {@code R_OK}, {@code W_OK} and {@code X_OK} ({@code generic_permission}). */
    public boolean permit(Attributes file, int wanted) {
        int mode = file.mode();
        if (user == 0) {
            // The superuser may do all but execute what nobody may execute.
            return (wanted & FileMode.X_OK) == 0 || FileMode.is(mode, FileMode.S_IFDIR) || (mode & 0111) != 0;
        }
        int shift = file.user() == user ? 6 : isIn(file.group()) ? 3 : 0;
        return (mode >> shift & wanted) == wanted;
    }

    private boolean isIn(int wanted) {
        return wanted == group || supplementary.contains(wanted);
    }

    void require(Node node, int wanted) throws FileFailure {
        if (!permit(node.attributes(), wanted)) {
            throw new FileFailure(Errno.EACCES);
        }
    }

    /** Changing mode, owner or times is for the owner and the superuser. */
    void requireOwner(Node node) throws FileFailure {
        if (user != 0 && node.attributes().user() != user) {
            throw new FileFailure(Errno.EPERM);
        }
    }
}
