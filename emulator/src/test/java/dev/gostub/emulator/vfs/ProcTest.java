package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcTest {
    private VfsFixture w;

    @BeforeEach
    void world() throws FileFailure {
        w = new VfsFixture();
    }

    @Test
    void goFindsTheHugePageSize() throws FileFailure {
        assertEquals("2097152\n", w.slurp("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size"));
        assertEquals("0-3\n", w.slurp("/sys/devices/system/cpu/online"));
    }

    @Test
    void mapsHasTheColumnsOfLinux() throws FileFailure {
        assertEquals("""
                00400000-00401000 r-xp 00000000 fd:01 99                                 /home/me/big
                7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0                          [stack]
                """, w.slurp("/proc/self/maps"));
    }

    @Test
    void smapsCountsWhatGdbPutsIntoACoreFile() throws FileFailure {
        String text = w.slurp("/proc/self/smaps");
        String stack = text.substring(text.indexOf("7ffffffde000-7ffffffff000 rw-p"));
        assertTrue(stack.contains("[stack]\nSize:                132 kB\n"), text);
        assertTrue(stack.contains("\nAnonymous:             8 kB\n"), text);
        assertTrue(stack.contains("\nSwap:                  0 kB\n"), text);
        assertTrue(stack.endsWith("\nVmFlags: rd wr mr mw me\n"), text);
        assertTrue(text.contains("/home/me/big\nSize:                  4 kB\n"), text);
    }

    @Test
    void selfLeadsToTheProcessAndItsTasks() throws FileFailure {
        assertEquals("4242", w.vfs.facts().readLink(w.here(), "/proc/self"));
        assertEquals("prog\0arg\0", w.slurp("/proc/4242/cmdline"));
        assertEquals("A=b\0", w.slurp("/proc/self/environ"));
        assertEquals("prog\n", w.slurp("/proc/self/task/4243/comm"));
        assertTrue(w.slurp("/proc/thread-self/status").contains("\nPid:\t4242\n"));
        assertTrue(w.slurp("/proc/self/task/4243/stat").startsWith("4243 (prog) S 1 4242 4242 0 -1 "));
        assertEquals(Errno.ENOENT, errno(() -> w.slurp("/proc/1/stat")));
        assertEquals(Errno.ENOENT, errno(() -> w.slurp("/proc/04242/stat")));
    }

    @Test
    void statHasFiftyTwoFields() throws FileFailure {
        assertEquals(52, w.slurp("/proc/self/stat").trim().split(" ").length);
        assertEquals(7, w.slurp("/proc/self/statm").trim().split(" ").length);
    }

    @Test
    void descriptorsAreMagicLinks() throws FileFailure {
        int fd = w.table.add(w.open("/home/me/link", OpenFlags.O_RDWR), 0);
        String link = "/proc/self/fd/" + fd;
        assertEquals("/home/me/big", w.vfs.facts().readLink(w.here(), link));
        w.vfs.names().unlink(w.here(), "/home/me/big");
        assertEquals(
                10_000, w.vfs.facts().stat(w.here(), link, 0).sizeBytes(), "leads to the file, not along its name");
        OpenFile again = w.open(link, OpenFlags.O_RDWR);
        assertEquals(0, again.offset());
        assertArrayEquals(VfsFixture.pattern(7), VfsFixture.read(again, 7));
        assertEquals(Errno.ENOENT, errno(() -> w.open("/proc/self/fd/99", 0)));
    }

    @Test
    void pipeCanBeOpenedAgainThroughItsDescriptor() throws FileFailure {
        Vfs.PipePair pipe = w.vfs.pipe(w.context, 0);
        int reader = w.table.add(pipe.reader(), 0);
        OpenFile writer = w.open("/proc/self/fd/" + reader, OpenFlags.O_WRONLY);
        write(writer, "back door");
        assertEquals(9, VfsFixture.read(pipe.reader(), 20).length);
        assertTrue(writer.path().startsWith("pipe:["));
    }

    @Test
    void exeAndCwdLeadToTheirNodes() throws FileFailure {
        assertEquals(10_000, w.vfs.facts().stat(w.here(), "/proc/self/exe", 0).sizeBytes());
        assertEquals("/home/me/big", w.vfs.facts().readLink(w.here(), "/proc/self/exe"));
        w.vfs.chdir(w.context, w.here(), "/home");
        assertEquals("/home", w.vfs.facts().readLink(w.here(), "/proc/self/cwd"));
        assertEquals(
                10_000, w.vfs.facts().stat(w.here(), "/proc/self/cwd/me/big", 0).sizeBytes());
    }

    @Test
    void nothingCanBeMadeInProc() {
        assertEquals(Errno.EPERM, errno(() -> w.vfs.names().makeDirectory(w.here(), "/proc/x", 0777)));
        assertEquals(
                Errno.EPERM,
                errno(() -> w.vfs.open(w.here(), "/proc/x", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0666)));
        assertEquals(Errno.EACCES, errno(() -> w.open("/proc/self/maps", OpenFlags.O_WRONLY)));
    }

    @Test
    void settingsOfTheSystemAreKeptWithinTheirLimits() throws FileFailure {
        OpenFile setting = w.open("/proc/sys/vm/overcommit_memory", OpenFlags.O_RDWR);
        VfsSnapshot before = w.vfs.capture(java.util.List.of());
        assertEquals(2, write(setting, "1\n"));
        assertEquals("1\n", w.slurp("/proc/sys/vm/overcommit_memory"));
        assertEquals(Errno.EINVAL.result(), write(setting, "3"));
        assertEquals(Errno.EINVAL.result(), write(setting, "much"));
        assertEquals("1\n", w.slurp("/proc/sys/vm/overcommit_memory"));
        w.vfs.restore(before);
        assertEquals("0\n", w.slurp("/proc/sys/vm/overcommit_memory"));
    }

    @Test
    void systemFilesAreThere() throws FileFailure {
        assertEquals("6.1.0\n", w.slurp("/proc/sys/kernel/osrelease"));
        assertEquals("4096\n", w.slurp("/proc/sys/net/core/somaxconn"));
        assertTrue(w.slurp("/proc/meminfo").startsWith("MemTotal:        4194304 kB\nMemFree:"));
        assertEquals("1.00 0.00\n", w.slurp("/proc/uptime"));
        assertTrue(w.slurp("/proc/mounts").startsWith("overlay / overlay"));
        assertTrue(w.slurp("/proc/sys/kernel/random/uuid")
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n"));
    }

    @Test
    void sameFileHasTheSameInodeEachTime() throws FileFailure {
        long first = w.vfs.facts().stat(w.here(), "/proc/self/maps", 0).inode();
        assertEquals(first, w.vfs.facts().stat(w.here(), "/proc/self/maps", 0).inode());
    }
}
