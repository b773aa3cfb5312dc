package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.vfs.ProcessSetting;
import java.util.ArrayList;
import java.util.List;

/** Who a process is: numbers of process, group, session, user. */
final class ProcessCalls {
    private static final int NGROUPS_MAX = 65_536;

    private ProcessCalls() {}

    static SyscallResult getpid(SyscallContext call) {
        return SyscallResult.value(call.process().id());
    }

    static SyscallResult getppid(SyscallContext call) {
        // The parent of the first process is outside; Linux says 0 for one in another namespace, programs expect a
        // shell.
        return SyscallResult.value(
                call.process().kin().parent() == 0 ? 1 : call.process().kin().parent());
    }

    static SyscallResult getpgrp(SyscallContext call) {
        return SyscallResult.value(call.process().group());
    }

    static SyscallResult getpgid(SyscallContext call) {
        return SyscallResult.value(process(call, call.integer(0)).group());
    }

    static SyscallResult getsid(SyscallContext call) {
        return SyscallResult.value(process(call, call.integer(0)).session());
    }

    private static Process process(SyscallContext call, int id) {
        return id == 0
                ? call.process()
                : call.kernel().process(id).orElseThrow(() -> new SyscallException(Errno.ESRCH));
    }

    /** setpgid(2). */
    static SyscallResult setpgid(SyscallContext call) {
        if (call.integer(1) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Process process = process(call, call.integer(0));
        Process caller = call.process();
        if (process != caller && process.kin().parent() != caller.id()) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        if (process.session() != caller.session()) {
            return SyscallResult.failure(Errno.EPERM);
        }
        if (process != caller && process.hasExecuted()) {
            return SyscallResult.failure(Errno.EACCES);
        }
        int group = call.integer(1) == 0 ? process.id() : call.integer(1);
        boolean leadsSession = process.session() == process.id() && group != process.group();
        if (leadsSession || group != process.id() && !isGroup(call, group, caller.session())) {
            return SyscallResult.failure(Errno.EPERM);
        }
        process.setGroup(group);
        return SyscallResult.OK;
    }

    /** Is there a process, be it one that has ended, in a group of a session. */
    static boolean isGroup(SyscallContext call, int group, int session) {
        return call.kernel().processes().stream()
                .anyMatch(process -> process.group() == group && process.session() == session);
    }

    /** setsid(2). */
    static SyscallResult setsid(SyscallContext call) {
        Process process = call.process();
        if (call.kernel().processes().stream().anyMatch(each -> each.group() == process.id())) {
            return SyscallResult.failure(Errno.EPERM);
        }
        process.setGroup(process.id());
        process.setSession(process.id());
        return SyscallResult.value(process.id());
    }

    static SyscallResult getuid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().realUser());
    }

    static SyscallResult getgid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().realGroup());
    }

    static SyscallResult geteuid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().effectiveUser());
    }

    static SyscallResult getegid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().effectiveGroup());
    }

    static SyscallResult setuid(SyscallContext call) {
        int user = call.integer(0);
        boolean all = call.process().credentials().effectiveUser() == 0;
        return changeUsers(call, all ? user : -1, user, all ? user : -1);
    }

    static SyscallResult setgid(SyscallContext call) {
        int group = call.integer(0);
        boolean all = call.process().credentials().effectiveUser() == 0;
        return changeGroups(call, all ? group : -1, group, all ? group : -1);
    }

    static SyscallResult setreuid(SyscallContext call) {
        boolean alsoSaved = call.integer(0) != -1
                || call.integer(1) != call.process().credentials().realUser();
        return changeUsers(call, call.integer(0), call.integer(1), alsoSaved ? call.integer(1) : -1);
    }

    static SyscallResult setregid(SyscallContext call) {
        boolean alsoSaved = call.integer(0) != -1
                || call.integer(1) != call.process().credentials().realGroup();
        return changeGroups(call, call.integer(0), call.integer(1), alsoSaved ? call.integer(1) : -1);
    }

    static SyscallResult setresuid(SyscallContext call) {
        return changeUsers(call, call.integer(0), call.integer(1), call.integer(2));
    }

    static SyscallResult setresgid(SyscallContext call) {
        return changeGroups(call, call.integer(0), call.integer(1), call.integer(2));
    }

    /** Changes user numbers; -1 leaves one as it is. */
    private static SyscallResult changeUsers(SyscallContext call, int real, int effective, int saved) {
        Credentials now = call.process().credentials();
        for (int user : new int[] {real, effective, saved}) {
            if (user != -1 && !now.mayBeUser(user)) {
                return SyscallResult.failure(Errno.EPERM);
            }
        }
        become(
                call,
                now.withUsers(
                        real == -1 ? now.realUser() : real,
                        effective == -1 ? now.effectiveUser() : effective,
                        saved == -1 ? now.savedUser() : saved,
                        call.task().keepsCapabilities()));
        return SyscallResult.OK;
    }

    private static SyscallResult changeGroups(SyscallContext call, int real, int effective, int saved) {
        Credentials now = call.process().credentials();
        for (int group : new int[] {real, effective, saved}) {
            if (group != -1 && !now.mayBeGroup(group)) {
                return SyscallResult.failure(Errno.EPERM);
            }
        }
        become(
                call,
                now.withGroups(
                        real == -1 ? now.realGroup() : real,
                        effective == -1 ? now.effectiveGroup() : effective,
                        saved == -1 ? now.savedGroup() : saved));
        return SyscallResult.OK;
    }

    private static void become(SyscallContext call, Credentials credentials) {
        Credentials now = call.process().credentials();
        boolean another = now.effectiveUser() != credentials.effectiveUser()
                || now.effectiveGroup() != credentials.effectiveGroup();
        if (another) {
            call.process().set(ProcessSetting.DUMPABLE, 0); // commit_creds of kernel/cred.c
            call.process().kin().setParentDeathSignal(0);
        }
        call.process().setCredentials(credentials);
        call.process()
                .directories()
                .setCredentials(new dev.gostub.emulator.vfs.Credentials(
                        credentials.effectiveUser(), credentials.effectiveGroup(), credentials.supplementary()));
    }

    /** setfsuid(2): the number before, whatever comes of it; for the kernel it is not kept apart from the effective one, so only that can be had. */
    static SyscallResult setfsuid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().effectiveUser());
    }

    /** setfsgid(2). */
    static SyscallResult setfsgid(SyscallContext call) {
        return SyscallResult.value(call.process().credentials().effectiveGroup());
    }

    static SyscallResult getresuid(SyscallContext call) {
        Credentials now = call.process().credentials();
        return writeThree(call, now.realUser(), now.effectiveUser(), now.savedUser());
    }

    static SyscallResult getresgid(SyscallContext call) {
        Credentials now = call.process().credentials();
        return writeThree(call, now.realGroup(), now.effectiveGroup(), now.savedGroup());
    }

    private static SyscallResult writeThree(SyscallContext call, int real, int effective, int saved) {
        call.write32(call.argument(0), real);
        call.write32(call.argument(1), effective);
        call.write32(call.argument(2), saved);
        return SyscallResult.OK;
    }

    /** getgroups(2). */
    static SyscallResult getgroups(SyscallContext call) {
        List<Integer> groups = call.process().credentials().supplementary();
        int room = call.integer(0);
        if (room < 0 || room > 0 && room < groups.size()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        for (int i = 0; room > 0 && i < groups.size(); i++) {
            call.write32(call.argument(1) + 4L * i, groups.get(i));
        }
        return SyscallResult.value(groups.size());
    }

    /** setgroups(2). */
    static SyscallResult setgroups(SyscallContext call) {
        int count = call.integer(0);
        if (call.process().credentials().effectiveUser() != 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        if (count < 0 || count > NGROUPS_MAX) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(call.read32(call.argument(1) + 4L * i));
        }
        become(call, call.process().credentials().withSupplementary(groups));
        return SyscallResult.OK;
    }
}
