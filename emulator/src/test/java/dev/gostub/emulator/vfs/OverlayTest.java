package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.gostub.emulator.abi.OpenFlags.O_APPEND;
import static dev.gostub.emulator.abi.OpenFlags.O_CREAT;
import static dev.gostub.emulator.abi.OpenFlags.O_DIRECTORY;
import static dev.gostub.emulator.abi.OpenFlags.O_EXCL;
import static dev.gostub.emulator.abi.OpenFlags.O_NOFOLLOW;
import static dev.gostub.emulator.abi.OpenFlags.O_RDWR;
import static dev.gostub.emulator.abi.OpenFlags.O_TMPFILE;
import static dev.gostub.emulator.abi.OpenFlags.O_TRUNC;
import static dev.gostub.emulator.abi.OpenFlags.O_WRONLY;
import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.DirectoryEntry;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private VfsFixture w;

    @BeforeEach
    void world() throws FileFailure {
        w = new VfsFixture();
    }

    private List<String> names(String path) throws FileFailure {
        OpenFile directory = w.open(path, O_DIRECTORY);
        List<String> names = new ArrayList<>();
        byte[] into = new byte[100];
        long used = ((DirectoryObject) directory.object()).entries(directory, into);
        while (used > 0) {
            for (int at = 0; at < used; at += LittleEndian.get16(into, at + 16)) {
                int end = at + 19;
                while (into[end] != 0) {
                    end++;
                }
                names.add(new String(into, at + 19, end - at - 19, StandardCharsets.UTF_8));
            }
            used = ((DirectoryObject) directory.object()).entries(directory, into);
        }
        assertEquals(0, used);
        directory.release();
        return names;
    }

    @Test
    void hostFileIsReadThroughTheOverlay() throws FileFailure {
        assertEquals("127.0.0.1 localhost\n", w.slurp("/etc/hosts"));
    }

    @Test
    void writeIsSeenByTheGuestAndNotByTheHost() throws FileFailure {
        OpenFile file = w.open("/etc/hosts", O_RDWR);
        assertEquals(3, write(file, "xyz"));
        file.release();
        assertEquals("xyz.0.0.1 localhost\n", w.slurp("/etc/hosts"));
        assertEquals("127.0.0.1 localhost\n", new VfsFixture(w.host).slurp("/etc/hosts"));
    }

    @Test
    void writeIntoTheMiddleOfABigHostFileKeepsTheRest() throws FileFailure {
        byte[] expected = VfsFixture.pattern(10_000);
        OpenFile file = w.open("/home/me/big", O_RDWR);
        byte[] piece = {1, 2, 3, 4, 5, 6};
        assertEquals(6, file.writeAt(4094, piece, 0, 6));
        System.arraycopy(piece, 0, expected, 4094, 6);
        assertArrayEquals(expected, read(file, 20_000));
    }

    @Test
    void randomWritesAndTruncationsAgreeWithAnArray() throws FileFailure {
        Random random = new Random(11);
        OpenFile file = w.open("/home/me/big", O_RDWR);
        byte[] model = VfsFixture.pattern(10_000);
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(5) == 0) {
                int size = random.nextInt(20_000);
                w.vfs.facts().truncate(file, size, Long.MAX_VALUE);
                model = Arrays.copyOf(model, size);
            } else {
                byte[] piece = new byte[random.nextInt(6000)];
                random.nextBytes(piece);
                int at = random.nextInt(20_000);
                assertEquals(piece.length, file.writeAt(at, piece, 0, piece.length));
                if (piece.length > 0) {
                    model = Arrays.copyOf(model, Math.max(model.length, at + piece.length));
                    System.arraycopy(piece, 0, model, at, piece.length);
                }
            }
            byte[] got = new byte[30_000];
            assertEquals(model.length, file.readAt(0, got, 0, got.length), "step " + i);
            assertArrayEquals(model, Arrays.copyOf(got, model.length), "step " + i);
        }
    }

    @Test
    void snapshotTakesWritesBack() throws FileFailure {
        OpenFile file = w.open("/home/me/big", O_RDWR);
        write(file, "one");
        VfsSnapshot before = w.vfs.capture(List.of());
        write(file, "two");
        w.vfs.names().makeDirectory(w.here(), "/tmp/new", 0777);
        w.vfs.names().unlink(w.here(), "/etc/hosts");
        w.vfs.restore(before);
        assertEquals(3, file.offset());
        assertEquals("one", new String(read(w.open("/home/me/big", 0), 3), StandardCharsets.UTF_8));
        assertEquals(VfsFixture.pattern(10)[3], read(file, 1)[0]);
        assertEquals(Errno.ENOENT, errno(() -> w.open("/tmp/new", 0)));
        assertEquals("127.0.0.1 localhost\n", w.slurp("/etc/hosts"));
    }

    @Test
    void sharedPageIsTheFilesOwnAlsoAfterASnapshotWhichKeepsWhatItWas() throws FileFailure {
        OpenFile file = w.open("/home/me/big", O_RDWR);
        write(file, "one");
        SeekableObject object = (SeekableObject) file.object();
        byte[] page = object.sharedPage(0).orElseThrow().bytes();
        VfsSnapshot before = w.vfs.capture(List.of());
        page[0] = 'X';
        object.writeAt(1, new byte[] {'Y'}, 0, 1);
        assertEquals("XYe", new String(read(w.open("/home/me/big", 0), 3), StandardCharsets.UTF_8));
        assertEquals('Y', page[1]);
        w.vfs.restore(before);
        assertEquals("one", new String(read(w.open("/home/me/big", 0), 3), StandardCharsets.UTF_8));
        object.sharedPage(0).orElseThrow().bytes()[0] = 'Z';
        assertEquals("Zne", new String(read(w.open("/home/me/big", 0), 3), StandardCharsets.UTF_8));
        w.vfs.restore(before);
        assertEquals("one", new String(read(w.open("/home/me/big", 0), 3), StandardCharsets.UTF_8));
    }

    @Test
    void snapshotCanBeRestoredTwice() throws FileFailure {
        OpenFile file = w.open("/tmp/f", O_RDWR | O_CREAT);
        write(file, "aaaa");
        VfsSnapshot before = w.vfs.capture(List.of());
        for (int i = 0; i < 2; i++) {
            file.writeAt(0, new byte[] {'b'}, 0, 1);
            assertEquals("baaa", w.slurp("/tmp/f"));
            w.vfs.restore(before);
            assertEquals("aaaa", w.slurp("/tmp/f"));
        }
    }

    @Test
    void unlinkedHostFileIsGoneAndCanBeMadeAnew() throws FileFailure {
        w.vfs.names().unlink(w.here(), "/etc/hosts");
        assertEquals(Errno.ENOENT, errno(() -> w.open("/etc/hosts", 0)));
        assertEquals(List.of(".", "..", "secret"), names("/etc"));
        w.open("/etc/hosts", O_CREAT | O_WRONLY).release();
        assertEquals("", w.slurp("/etc/hosts"));
        assertEquals(List.of(".", "..", "hosts", "secret"), names("/etc"));
    }

    @Test
    void unlinkedOpenFileStaysReadable() throws FileFailure {
        OpenFile file = w.open("/etc/hosts", 0);
        w.vfs.names().unlink(w.here(), "/etc/hosts");
        assertEquals("/etc/hosts (deleted)", file.path());
        assertEquals("127", new String(read(file, 3), StandardCharsets.UTF_8));
    }

    @Test
    void renamedHostDirectoryKeepsItsContent() throws FileFailure {
        w.vfs.names().rename(w.here(), "/home/me", w.here(), "/tmp/you", 0);
        assertEquals(10_000, w.vfs.facts().stat(w.here(), "/tmp/you/big", 0).sizeBytes());
        assertEquals(Errno.ENOENT, errno(() -> w.open("/home/me", 0)));
        assertEquals("127.0.0.1 localhost\n", w.slurp("/tmp/you/up/hosts"));
        assertEquals(List.of(".", ".."), names("/home"));
    }

    @Test
    void renameReplacesFilesButNotFullDirectories() throws FileFailure {
        Namespace n = w.vfs.names();
        w.open("/tmp/a", O_CREAT | O_WRONLY).release();
        n.rename(w.here(), "/tmp/a", w.here(), "/etc/hosts", 0);
        assertEquals("", w.slurp("/etc/hosts"));
        n.makeDirectory(w.here(), "/tmp/d", 0777);
        assertEquals(Errno.ENOTEMPTY, errno(() -> n.rename(w.here(), "/tmp/d", w.here(), "/home/me", 0)));
        assertEquals(Errno.EISDIR, errno(() -> n.rename(w.here(), "/etc/hosts", w.here(), "/tmp/d", 0)));
        assertEquals(Errno.ENOTDIR, errno(() -> n.rename(w.here(), "/tmp/d", w.here(), "/etc/hosts", 0)));
        assertEquals(Errno.EINVAL, errno(() -> n.rename(w.here(), "/tmp/d", w.here(), "/tmp/d/e", 0)));
        assertEquals(
                Errno.EEXIST,
                errno(() -> n.rename(w.here(), "/tmp/d", w.here(), "/home/me/empty", Fcntl.RENAME_NOREPLACE)));
        n.rename(w.here(), "/tmp/d", w.here(), "/home/me/empty", 0);
        assertEquals(List.of(".", ".."), names("/home/me/empty"));
    }

    @Test
    void exchangeSwapsAFileAndADirectory() throws FileFailure {
        w.vfs.names().rename(w.here(), "/etc/hosts", w.here(), "/home/me", Fcntl.RENAME_EXCHANGE);
        assertEquals(10_000, w.vfs.facts().stat(w.here(), "/etc/hosts/big", 0).sizeBytes());
        assertEquals("127.0.0.1 localhost\n", w.slurp("/home/me"));
    }

    @Test
    void linkedNamesShareOneInode() throws FileFailure {
        w.vfs.names().makeLink(w.here(), "/home/me/big", w.here(), "/tmp/two", 0);
        assertEquals(2, w.vfs.facts().stat(w.here(), "/tmp/two", 0).links());
        assertEquals(
                w.vfs.facts().stat(w.here(), "/tmp/two", 0).inode(),
                w.vfs.facts().stat(w.here(), "/home/me/big", 0).inode());
        assertEquals(Errno.EPERM, errno(() -> w.vfs.names().makeLink(w.here(), "/home", w.here(), "/tmp/x", 0)));
    }

    @Test
    void directoryIsRemovedOnlyWhenEmpty() throws FileFailure {
        Namespace n = w.vfs.names();
        assertEquals(Errno.ENOTEMPTY, errno(() -> n.removeDirectory(w.here(), "/home/me")));
        assertEquals(Errno.ENOTDIR, errno(() -> n.removeDirectory(w.here(), "/etc/hosts")));
        assertEquals(Errno.EINVAL, errno(() -> n.removeDirectory(w.here(), "/home/me/empty/.")));
        assertEquals(Errno.EISDIR, errno(() -> n.unlink(w.here(), "/home/me/empty")));
        n.removeDirectory(w.here(), "/home/me/empty");
        assertEquals(Errno.ENOENT, errno(() -> w.open("/home/me/empty", 0)));
        assertEquals(Errno.EBUSY, errno(() -> n.removeDirectory(w.here(), "/proc")));
    }

    @Test
    void currentDirectoryThatWasRemovedHasNoPath() throws FileFailure {
        w.vfs.names().makeDirectory(w.here(), "/tmp/here", 0777);
        w.vfs.chdir(w.context, w.here(), "/tmp/here");
        assertEquals("/tmp/here", w.context.current().path(w.context.root()));
        w.vfs.names().removeDirectory(w.here(), "/tmp/here");
        assertEquals(Errno.ENOENT, errno(() -> w.context.current().path(w.context.root())));
        assertEquals(Errno.ENOENT, errno(() -> w.open("x", O_CREAT | O_WRONLY)));
    }

    @Test
    void pathsAreFollowedAsLinuxDoes() throws FileFailure {
        w.vfs.chdir(w.context, w.here(), "/home/me");
        assertEquals("127.0.0.1 localhost\n", w.slurp("up/hosts"));
        assertEquals("127.0.0.1 localhost\n", w.slurp("abs"));
        assertEquals("127.0.0.1 localhost\n", w.slurp("/../..//etc/./hosts"));
        assertEquals("127.0.0.1 localhost\n", w.slurp("up/../etc/hosts"));
        assertEquals(Errno.ELOOP, errno(() -> w.open("loop1", 0)));
        assertEquals(Errno.ENOTDIR, errno(() -> w.open("big/x", 0)));
        assertEquals(Errno.ENOTDIR, errno(() -> w.open("big/", 0)));
        assertEquals(Errno.ENOTDIR, errno(() -> w.open("link/", 0)));
        assertEquals(Errno.ENOENT, errno(() -> w.open("", 0)));
        assertEquals(Errno.ENOENT, errno(() -> w.open("none/x", 0)));
        assertEquals(Errno.ENAMETOOLONG, errno(() -> w.open("x".repeat(256), 0)));
        assertEquals(Errno.ENAMETOOLONG, errno(() -> w.open("x/".repeat(2048), 0)));
        assertEquals(Errno.ENOENT, errno(() -> w.open("x".repeat(255), 0)));
    }

    @Test
    void openFlagsAreTakenSeriously() throws FileFailure {
        assertEquals(Errno.ELOOP, errno(() -> w.open("/home/me/link", O_NOFOLLOW)));
        assertEquals(Errno.EEXIST, errno(() -> w.open("/home/me/dangling", O_CREAT | O_EXCL | O_WRONLY)));
        w.open("/home/me/dangling", O_CREAT | O_WRONLY).release();
        assertEquals("", w.slurp("/home/me/nowhere"));
        assertEquals(Errno.EISDIR, errno(() -> w.open("/home", O_WRONLY)));
        assertEquals(Errno.EISDIR, errno(() -> w.open("/home/new/", O_CREAT | O_WRONLY)));
        assertEquals(Errno.ENOTDIR, errno(() -> w.open("/etc/hosts", O_DIRECTORY)));
        OpenFile file = w.open("/etc/hosts", O_RDWR | O_TRUNC | O_APPEND);
        write(file, "a");
        file.seek(0, Fcntl.SEEK_SET);
        write(file, "b");
        assertEquals("ab", w.slurp("/etc/hosts"));
        assertEquals(O_RDWR | O_APPEND, file.flags());
        assertEquals(Errno.EBADF.result(), w.open("/etc/hosts", O_WRONLY).read(new byte[1], 0, 1));
        assertEquals(Errno.EBADF.result(), w.open("/etc/hosts", 0).write(new byte[1], 0, 1));
    }

    @Test
    void namelessTemporaryFileCanBeGivenAName() throws FileFailure {
        OpenFile file = w.open("/tmp", O_TMPFILE | O_RDWR);
        write(file, "made");
        assertEquals(List.of(".", ".."), names("/tmp"));
        w.vfs.names().makeLink(file, w.here(), "/tmp/named");
        assertEquals("made", w.slurp("/tmp/named"));
    }

    @Test
    void permissionsOfTheHostAreKept() throws FileFailure {
        assertEquals(Errno.EACCES, errno(() -> w.open("/etc/secret", 0)));
        w.context.setCredentials(new Credentials(1, 1));
        assertEquals(Errno.EACCES, errno(() -> w.open("/etc/hosts", O_WRONLY)));
        assertEquals(Errno.EACCES, errno(() -> w.open("/etc/new", O_WRONLY | O_CREAT)));
        assertEquals(Errno.EPERM, errno(() -> w.vfs.facts().changeMode(w.here(), "/etc/hosts", 0777, 0)));
        w.context.setCredentials(new Credentials(0, 0));
        w.vfs.facts().changeMode(w.here(), "/etc/hosts", 0600, 0);
        w.context.setCredentials(new Credentials(1, 1));
        assertEquals(Errno.EACCES, errno(() -> w.vfs.facts().access(w.here(), "/etc/hosts", FileMode.R_OK, 0)));
    }

    @Test
    void umaskAndOwnerMarkNewFiles() throws FileFailure {
        w.context.setUmask(027);
        w.open("/tmp/f", O_CREAT | O_WRONLY).release();
        assertEquals(0100640, w.vfs.facts().stat(w.here(), "/tmp/f", 0).mode());
        assertEquals(1000, w.vfs.facts().stat(w.here(), "/tmp/f", 0).user());
        w.vfs.names().makeSymbolicLink(w.here(), "/tmp/l", "f");
        assertEquals(
                0120777,
                w.vfs.facts().stat(w.here(), "/tmp/l", AT_SYMLINK_NOFOLLOW).mode());
        assertEquals("f", w.vfs.facts().readLink(w.here(), "/tmp/l"));
    }

    @Test
    void writingMovesTheTimes() throws FileFailure {
        OpenFile file = w.open("/etc/hosts", O_RDWR);
        long before = file.stat().modified();
        w.clock.now += 5;
        write(file, "x");
        assertEquals(w.clock.realtimeNanos(), file.stat().modified());
        assertTrue(file.stat().modified() > before);
        w.vfs.facts().setTimes(w.context, file, new FileFacts.Times(42, FileFacts.Times.OMIT));
        assertEquals(42, file.stat().accessed());
        assertEquals(w.clock.realtimeNanos(), file.stat().modified());
    }

    @Test
    void directoryIsListedInPiecesAndSorted() throws FileFailure {
        for (String name : new String[] {"zeta", "alpha", "a-name-that-is-quite-long-indeed"}) {
            w.open("/tmp/" + name, O_CREAT | O_WRONLY).release();
        }
        assertEquals(List.of(".", "..", "a-name-that-is-quite-long-indeed", "alpha", "zeta"), names("/tmp"));
        OpenFile directory = w.open("/tmp", 0);
        assertEquals(Errno.EINVAL.result(), ((DirectoryObject) directory.object()).entries(directory, new byte[8]));
        assertEquals(Errno.EISDIR.result(), directory.read(new byte[8], 0, 8));
    }

    @Test
    void removingEntriesWhileListingDoesNotSkipAny() throws FileFailure {
        for (int i = 0; i < 20; i++) {
            w.open("/tmp/f" + i, O_CREAT | O_WRONLY).release();
        }
        OpenFile directory = w.open("/tmp", 0);
        byte[] into = new byte[new DirectoryEntry(1, 1, (byte) 0, "f10").lengthBytes()];
        int removed = 0;
        while (((DirectoryObject) directory.object()).entries(directory, into) > 0) {
            int end = 19;
            while (into[end] != 0) {
                end++;
            }
            String name = new String(into, 19, end - 19, StandardCharsets.UTF_8);
            if (!name.startsWith(".")) {
                w.vfs.names().unlink(w.here(), "/tmp/" + name);
                removed++;
            }
        }
        assertEquals(20, removed);
        assertEquals(List.of(".", ".."), names("/tmp"));
    }

    @Test
    void seekKnowsItsFiveOrigins() throws FileFailure {
        OpenFile file = w.open("/home/me/big", 0);
        assertEquals(10_000, file.seek(0, Fcntl.SEEK_END));
        assertEquals(9_999, file.seek(-1, Fcntl.SEEK_CUR));
        assertEquals(Errno.EINVAL.result(), file.seek(-1, Fcntl.SEEK_SET));
        assertEquals(9_999, file.offset());
        assertEquals(5, file.seek(5, Fcntl.SEEK_DATA));
        assertEquals(10_000, file.seek(5, Fcntl.SEEK_HOLE));
        assertEquals(Errno.ENXIO.result(), file.seek(10_000, Fcntl.SEEK_DATA));
        assertEquals(Errno.EINVAL.result(), file.seek(0, 9));
    }
}
