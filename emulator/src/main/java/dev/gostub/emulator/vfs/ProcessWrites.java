package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.vfs.ProcessSetting.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.ProcessControl;
import dev.gostub.emulator.vfs.GeneratedNodes.Entries;
import dev.gostub.emulator.vfs.GeneratedNodes.Maker;
import java.util.Locale;

/** The files of a process in /proc that can be written (fs/proc/base.c). */
final class ProcessWrites {
    private static final int OOM_DISABLE = -17;
    private static final int OOM_ADJUST_MIN = -16;
    private static final int OOM_ADJUST_MAX = 15;
    private static final int OOM_SCORE_ADJ_MAX = 1000;
    private static final int MMF_DUMP_FILTER_MASK = 0x1ff;
    private static final int CLEAR_REFS_LAST = 6;
    private static final int LOWEST_NICE = -20;
    private static final int HIGHEST_NICE = 19;
    private static final long LARGEST_UNSIGNED = 0xffff_ffffL;

    private final GeneratedNodes nodes;
    private final Processes processes;
    private final TaskSubject subject;
    private final ProcessView process;
    private final int task;

    /**
     * @param subject whose directory it is; for that of the process the task with its number
     */
    ProcessWrites(GeneratedNodes nodes, Processes processes, TaskSubject subject) {
        this.nodes = nodes;
        this.processes = processes;
        this.subject = subject;
        this.process = subject.process();
        this.task = subject.number();
    }

    // spotless:off
    /** What both a process's and a task's directory have. */
    Entries common(Entries entries) {
        return entries
                .put("attr", nodes.directory(attributes()))
                .put("clear_refs", nodes.writable(0200, () -> "", this::clearReferences))
                .put("comm", nodes.writable(0644, () -> subject.task().name() + "\n", this::rename))
                .put("gid_map", nodes.writable(0644, () -> "         0          0 4294967295\n", ProcessWrites::refuse))
                .put("loginuid", nodes.writable(0644, () -> Integer.toUnsignedString(number(LOGINUID)), this::logIn))
                .put("oom_adj", nodes.writable(0644, this::oomAdjustment, this::setOomAdjustment))
                .put("oom_score", nodes.text(() -> (OOM_SCORE_ADJ_MAX + number(OOM_SCORE_ADJ)) * 2 / 3 + "\n"))
                .put("oom_score_adj", nodes.writable(0644, () -> number(OOM_SCORE_ADJ) + "\n", this::setOomScoreAdjustment))
                .put("projid_map", nodes.writable(0644, () -> "         0          0 4294967295\n", ProcessWrites::refuse))
                .put("sessionid", nodes.text(() -> Integer.toUnsignedString(number(SESSIONID))))
                .put("setgroups", nodes.writable(0644, () -> "allow\n", ProcessWrites::setGroups))
                .put("uid_map", nodes.writable(0644, () -> "         0          0 4294967295\n", ProcessWrites::refuse));
    }

    /** What only a process's directory has. */
    Entries ofProcess(Entries entries) {
        return entries
                .put("autogroup", nodes.writable(0644, () -> "/autogroup-1 nice " + number(AUTOGROUP_NICE) + "\n", this::setNice))
                .put("coredump_filter", nodes.writable(0644, () -> String.format(Locale.ROOT, "%08x\n", number(COREDUMP_FILTER)), this::setDumpFilter))
                .put("timerslack_ns", nodes.writable(0666, () -> process.timerSlackNanos(task) + "\n", this::setTimerSlack));
    }

    /** For the labels of security modules, of which there is none: every access fails with EINVAL. */
    private Entries attributes() {
        Entries entries = new Entries().put("prev", label(0444));
        for (String name : new String[] {"current", "exec", "fscreate", "keycreate", "sockcreate"}) {
            entries.put(name, label(0666));
        }
        return entries;
    }
    // spotless:on

    private Maker label(int permissions) {
        return nodes.writable(
                permissions,
                () -> {
                    throw new FileFailure(Errno.EINVAL);
                },
                _ -> {
                    throw new FileFailure(isCurrentTask() ? Errno.EINVAL : Errno.EACCES);
                });
    }

    private int number(ProcessSetting setting) throws FileFailure {
        subject.task();
        return (int) process.setting(setting);
    }

    private boolean isCurrentTask() {
        return processes.currentTask() == task;
    }

    /** Has the writer the capabilities of the superuser. */
    private boolean privileged() {
        return processes
                .process(processes.currentProcess())
                .map(writer -> writer.users().get(1) == 0)
                .orElse(false);
    }

    private static void refuse(byte[] bytes) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    private static void require(boolean fulfilled, Errno otherwise) throws FileFailure {
        if (!fulfilled) {
            throw new FileFailure(otherwise);
        }
    }

    private void clearReferences(byte[] bytes) throws FileFailure {
        int type = KernelNumber.buffered(bytes, 10);
        require(type >= 1 && type < CLEAR_REFS_LAST, Errno.EINVAL);
    }

    /** A task may be renamed by those of its own process; what is longer is cut off. */
    private void rename(byte[] bytes) throws FileFailure {
        require(processes.currentProcess() == process.number(), Errno.EINVAL);
        int length = 0;
        while (length < bytes.length && length < ProcessControl.TASK_COMM_LEN - 1 && bytes[length] != 0) {
            length++;
        }
        process.rename(task, GuestText.of(bytes, 0, length));
    }

    private String oomAdjustment() throws FileFailure {
        int score = number(OOM_SCORE_ADJ);
        int shown = score == OOM_SCORE_ADJ_MAX ? OOM_ADJUST_MAX : score * -OOM_DISABLE / OOM_SCORE_ADJ_MAX;
        return Math.min(shown, OOM_ADJUST_MAX) + "\n";
    }

    private void setOomAdjustment(byte[] bytes) throws FileFailure {
        int wanted = KernelNumber.buffered(bytes, 0);
        require(wanted == OOM_DISABLE || wanted >= OOM_ADJUST_MIN && wanted <= OOM_ADJUST_MAX, Errno.EINVAL);
        int score = wanted == OOM_ADJUST_MAX ? OOM_SCORE_ADJ_MAX : wanted * OOM_SCORE_ADJ_MAX / -OOM_DISABLE;
        require(score >= number(OOM_SCORE_ADJ) || privileged(), Errno.EACCES);
        process.set(OOM_SCORE_ADJ, score);
    }

    private void setOomScoreAdjustment(byte[] bytes) throws FileFailure {
        int wanted = KernelNumber.buffered(bytes, 0);
        require(Math.abs((long) wanted) <= OOM_SCORE_ADJ_MAX, Errno.EINVAL);
        require(wanted >= number(OOM_SCORE_ADJ_MIN) || privileged(), Errno.EACCES);
        process.set(OOM_SCORE_ADJ, wanted);
        if (privileged()) {
            process.set(OOM_SCORE_ADJ_MIN, wanted);
        }
    }

    private void setDumpFilter(byte[] bytes) throws FileFailure {
        process.set(COREDUMP_FILTER, KernelNumber.unsigned(bytes, 0, LARGEST_UNSIGNED) & MMF_DUMP_FILTER_MASK);
    }

    private void setTimerSlack(byte[] bytes) throws FileFailure {
        long nanos = KernelNumber.unsigned(bytes, 10, Long.MAX_VALUE);
        require(isCurrentTask() || privileged(), Errno.EPERM);
        process.setTimerSlackNanos(task, nanos);
    }

    /** audit_set_loginuid of kernel/auditsc.c. */
    private void logIn(byte[] bytes) throws FileFailure {
        require(isCurrentTask(), Errno.EPERM);
        int user = (int) KernelNumber.unsigned(bytes, 10, LARGEST_UNSIGNED);
        require(number(LOGINUID) == -1 || privileged(), Errno.EPERM);
        process.set(LOGINUID, user);
        process.set(SESSIONID, user == -1 ? -1 : 1);
    }

    /** proc_setgroups_write of kernel/user_namespace.c: what the first namespace allows cannot be forbidden. */
    private static void setGroups(byte[] bytes) throws FileFailure {
        String text = GuestText.of(bytes);
        String word = text.stripTrailing();
        require(bytes.length < 8 && (word.equals("allow") || word.equals("deny")), Errno.EINVAL);
        require(word.equals("allow"), Errno.EPERM);
    }

    /** proc_sched_autogroup_set_nice of kernel/sched/autogroup.c. */
    private void setNice(byte[] bytes) throws FileFailure {
        int nice = KernelNumber.buffered(bytes, 0);
        require(nice >= LOWEST_NICE && nice <= HIGHEST_NICE, Errno.EINVAL);
        require(nice >= 0 || privileged(), Errno.EPERM);
        process.set(AUTOGROUP_NICE, nice);
    }
}
