package dev.gostub.emulator.kernel;

import java.util.List;

/** User and group numbers of a process, and its capabilities; {@code supplementary} in ascending order. Who is not root may only switch between its own numbers (credentials(7)). */
public record Credentials(
        int realUser,
        int effectiveUser,
        int savedUser,
        int realGroup,
        int effectiveGroup,
        int savedGroup,
        List<Integer> supplementary,
        Capabilities capabilities) {
    /** One user and group in every role. */
    public static Credentials of(int user, int group) {
        return new Credentials(user, user, user, group, group, group, List.of(group), Capabilities.ofUser(user));
    }

    /** May this process take on the user number. */
    public boolean mayBeUser(int user) {
        return effectiveUser == 0 || user == realUser || user == effectiveUser || user == savedUser;
    }

    /** May this process take on the group number. */
    public boolean mayBeGroup(int group) {
        return effectiveUser == 0 || group == realGroup || group == effectiveGroup || group == savedGroup;
    }

    boolean isSomewhereRoot() {
        return realUser == 0 || effectiveUser == 0 || savedUser == 0;
    }

    /** With other users, and the capabilities that come of that; {@code keeps}: {@code PR_SET_KEEPCAPS}. */
    public Credentials withUsers(int real, int effective, int saved, boolean keeps) {
        Credentials changed = new Credentials(
                real, effective, saved, realGroup, effectiveGroup, savedGroup, supplementary, capabilities);
        return changed.with(capabilities.afterChange(this, changed, keeps));
    }

    public Credentials with(Capabilities changed) {
        return new Credentials(
                realUser, effectiveUser, savedUser, realGroup, effectiveGroup, savedGroup, supplementary, changed);
    }

    /** Of the next program. */
    Credentials afterExec() {
        return with(capabilities.afterExec(this));
    }

    /** With other supplementary groups, in any order. */
    public Credentials withSupplementary(List<Integer> groups) {
        List<Integer> sorted = groups.stream().sorted().toList();
        return new Credentials(
                realUser, effectiveUser, savedUser, realGroup, effectiveGroup, savedGroup, sorted, capabilities);
    }

    public Credentials withGroups(int real, int effective, int saved) {
        return new Credentials(realUser, effectiveUser, savedUser, real, effective, saved, supplementary, capabilities);
    }
}
