package dev.gostub.emulator.kernel;

import java.util.List;

/** User and group numbers of a process; {@code supplementary} in ascending order. Who is not root may only switch between its own numbers (credentials(7)). */
public record Credentials(
        int realUser,
        int effectiveUser,
        int savedUser,
        int realGroup,
        int effectiveGroup,
        int savedGroup,
        List<Integer> supplementary) {
    /** One user and group in every role. */
    public static Credentials of(int user, int group) {
        return new Credentials(user, user, user, group, group, group, List.of(group));
    }

    /** May this process take on the user number. */
    public boolean mayBeUser(int user) {
        return effectiveUser == 0 || user == realUser || user == effectiveUser || user == savedUser;
    }

    /** May this process take on the group number. */
    public boolean mayBeGroup(int group) {
        return effectiveUser == 0 || group == realGroup || group == effectiveGroup || group == savedGroup;
    }

    public Credentials withUsers(int real, int effective, int saved) {
        return new Credentials(real, effective, saved, realGroup, effectiveGroup, savedGroup, supplementary);
    }

    /** With other supplementary groups, in any order. */
    public Credentials withSupplementary(List<Integer> groups) {
        List<Integer> sorted = groups.stream().sorted().toList();
        return new Credentials(realUser, effectiveUser, savedUser, realGroup, effectiveGroup, savedGroup, sorted);
    }

    public Credentials withGroups(int real, int effective, int saved) {
        return new Credentials(realUser, effectiveUser, savedUser, real, effective, saved, supplementary);
    }
}
