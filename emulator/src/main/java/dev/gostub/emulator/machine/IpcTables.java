package dev.gostub.emulator.machine;

import dev.gostub.emulator.kernel.Ipc;
import dev.gostub.emulator.kernel.IpcPermission;
import dev.gostub.emulator.kernel.MessageQueue;
import dev.gostub.emulator.kernel.SemaphoreSet;
import dev.gostub.emulator.kernel.SharedSegment;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.Processes;
import java.util.Locale;
import java.util.stream.Collectors;

/** The files of {@code /proc/sysvipc}, with the columns of {@code sysvipc_shm_proc_show} and its like. */
final class IpcTables {
    private static final String SHM =
            "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n";
    private static final String SEM =
            "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n";
    private static final String MSG =
            "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n";

    private IpcTables() {}

    static String table(Ipc ipc, Processes.Ipc kind) {
        return switch (kind) {
            case SHM ->
                SHM
                        + ipc.memory().all().stream()
                                .map(each -> line(each, ipc.memory().attachments(each)))
                                .collect(Collectors.joining());
            case SEM ->
                SEM + ipc.semaphores().all().stream().map(IpcTables::line).collect(Collectors.joining());
            case MSG -> MSG + ipc.messages().all().stream().map(IpcTables::line).collect(Collectors.joining());
        };
    }

    private static String line(SharedSegment segment, long attachments) {
        long pages = (segment.sizeBytes() + AddressSpace.PAGE_SIZE - 1) / AddressSpace.PAGE_SIZE;
        return start(segment.permission())
                + String.format(
                        Locale.ROOT,
                        " %21d %5d %5d  %5d",
                        segment.sizeBytes(),
                        segment.creatorPid(),
                        segment.lastPid(),
                        attachments)
                + owners(segment.permission())
                + String.format(
                        Locale.ROOT, " %10d %10d %10d", segment.attached(), segment.detached(), segment.changed())
                + String.format(Locale.ROOT, " %21d %21d\n", pages * AddressSpace.PAGE_SIZE, 0);
    }

    private static String line(SemaphoreSet set) {
        return start(set.permission())
                + String.format(Locale.ROOT, " %10d", set.values().length)
                + owners(set.permission())
                + String.format(Locale.ROOT, " %10d %10d\n", set.operated(), set.changed());
    }

    private static String line(MessageQueue queue) {
        return start(queue.permission())
                + String.format(
                        Locale.ROOT,
                        "  %10d %10d",
                        queue.usedBytes(),
                        queue.texts().size())
                + String.format(
                        Locale.ROOT,
                        " %5d %5d",
                        queue.sent().process(),
                        queue.received().process())
                + owners(queue.permission())
                + String.format(
                        Locale.ROOT,
                        " %10d %10d",
                        queue.sent().at(),
                        queue.received().at())
                + String.format(Locale.ROOT, " %10d\n", queue.changed());
    }

    private static String start(IpcPermission permission) {
        return String.format(Locale.ROOT, "%10d %10d  %4o", permission.key(), permission.id(), permission.mode());
    }

    private static String owners(IpcPermission p) {
        return String.format(
                Locale.ROOT,
                " %5d %5d %5d %5d",
                Integer.toUnsignedLong(p.user()),
                Integer.toUnsignedLong(p.group()),
                Integer.toUnsignedLong(p.creator()),
                Integer.toUnsignedLong(p.creatorGroup()));
    }
}
