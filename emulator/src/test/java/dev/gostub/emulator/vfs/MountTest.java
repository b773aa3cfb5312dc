package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.host.FixedFiles;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.LiveFolder;
import dev.gostub.emulator.memory.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of the host and file systems of its own in the guest's tree. The guest is the superuser, so that no test depends on who runs it. */
class MountTest {
    private static final int READ_WRITE = OpenFlags.O_RDWR;
    private static final int CREATE = OpenFlags.O_RDWR | OpenFlags.O_CREAT;

    @TempDir
    private Path folder;

    private VfsFixture w;

    @BeforeEach
    void mountFolders() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "SKIPPED: no Linux");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("kept"), "kept");
        Path writable = Files.createDirectory(folder.resolve("writable"));
        w = new VfsFixture(new FixedHost(
                7,
                new FixedFiles(FixedHost.DATE_NANOS).file("/home/me/big", "big").directory("/tmp")));
        w.context.setCredentials(new Credentials(0, 0));
        w.vfs.mount(new GuestMount.Private("/tmp"));
        w.vfs.mount(new GuestMount.Folder("/home/me/w", writable.toString(), LiveFolder.at(writable), true));
        w.vfs.mount(new GuestMount.Folder("/ro", other.toString(), LiveFolder.at(other), false));
    }

    private Path there(String name) {
        return folder.resolve("writable").resolve(name);
    }

    private void make(String path, String text) throws FileFailure {
        OpenFile file = w.open(path, CREATE);
        write(file, text);
        file.release();
    }

    @Test
    void whatTheGuestWritesIsOnTheHostAtOnce() throws Exception {
        OpenFile file = w.open("/home/me/w/a", CREATE);
        write(file, "hello");
        assertEquals("hello", Files.readString(there("a")));
        file.release();
        w.vfs.names().makeDirectory(w.here(), "/home/me/w/d", 0755);
        w.vfs.names().rename(w.here(), "/home/me/w/a", w.here(), "/home/me/w/d/b", 0);
        w.vfs.names().makeSymbolicLink(w.here(), "/home/me/w/l", "d/b");
        assertEquals("hello", Files.readString(there("d/b")));
        assertEquals("hello", w.slurp("/home/me/w/l"));
        w.vfs.names().unlink(w.here(), "/home/me/w/d/b");
        w.vfs.names().removeDirectory(w.here(), "/home/me/w/d");
        assertFalse(Files.exists(there("d")));
    }

    @Test
    void whatTheHostDoesIsSeenAtOnce() throws Exception {
        Files.writeString(there("a"), "one");
        assertEquals("one", w.slurp("/home/me/w/a"));
        OpenFile open = w.open("/home/me/w/a", 0);
        Files.writeString(there("a"), "three");
        assertEquals("three", new String(read(open, 9), StandardCharsets.UTF_8));
        Files.move(there("a"), there("b"));
        assertEquals(5, open.stat().sizeBytes());
        assertEquals(Errno.ENOENT, errno(() -> w.vfs.facts().stat(w.here(), "/home/me/w/a", 0)));
        Files.delete(there("b"));
        assertEquals(0, open.stat().links());
        assertEquals(5, open.stat().sizeBytes());
    }

    @Test
    void namesAndLinksDoNotLeadFromMountToMount() throws Exception {
        make("/home/me/w/a", "x");
        for (String other : List.of("/tmp/a", "/home/me/a", "/dev/shm/a")) {
            assertEquals(Errno.EXDEV, errno(() -> w.vfs.names().rename(w.here(), "/home/me/w/a", w.here(), other, 0)));
            assertEquals(
                    Errno.EXDEV, errno(() -> w.vfs.names().makeLink(w.here(), "/home/me/w/a", w.here(), other, 0)));
        }
    }

    @Test
    void eachMountHasADeviceOfItsOwn() throws Exception {
        long[] devices =
                List.of("/", "/proc", "/sys", "/dev", "/dev/pts", "/dev/shm", "/tmp", "/home/me/w", "/ro").stream()
                        .mapToLong(this::device)
                        .distinct()
                        .toArray();
        assertEquals(9, devices.length);
    }

    private long device(String path) {
        try {
            return w.vfs.facts().stat(w.here(), path, 0).device();
        } catch (FileFailure failure) {
            throw new AssertionError(path, failure);
        }
    }

    @Test
    void nothingOfAReadOnlyMountChanges() throws Exception {
        Namespace names = w.vfs.names();
        FileFacts facts = w.vfs.facts();
        for (VfsFixture.Action action : List.<VfsFixture.Action>of(
                () -> w.open("/ro/kept", READ_WRITE),
                () -> w.open("/ro/kept", OpenFlags.O_TRUNC),
                () -> w.open("/ro/new", CREATE),
                () -> names.makeDirectory(w.here(), "/ro/d", 0755),
                () -> names.unlink(w.here(), "/ro/kept"),
                () -> names.rename(w.here(), "/ro/kept", w.here(), "/ro/k", 0),
                () -> names.makeSymbolicLink(w.here(), "/ro/l", "kept"),
                () -> names.makeLink(w.here(), "/ro/kept", w.here(), "/ro/l", 0),
                () -> names.makeNode(w.here(), "/ro/p", FileMode.S_IFIFO, 0),
                () -> facts.changeMode(w.here(), "/ro/kept", 0, 0),
                () -> facts.changeOwner(w.here(), "/ro/kept", new Credentials(5, 5), 0),
                () -> facts.setTimes(w.here(), "/ro/kept", new FileFacts.Times(1, 1), 0),
                () -> facts.truncate(w.here(), "/ro/kept", 0, Long.MAX_VALUE),
                () -> facts.access(w.here(), "/ro/kept", FileMode.W_OK, 0))) {
            assertEquals(Errno.EROFS, errno(action));
        }
        OpenFile open = w.open("/ro/kept", 0);
        w.table.add(open, 0);
        assertEquals(Errno.EROFS, errno(() -> facts.changeMode(w.context, open, 0)));
        int fd = w.table.descriptors().getLast();
        assertEquals(Errno.EROFS, errno(() -> w.open("/proc/self/fd/" + fd, READ_WRITE)));
        assertEquals("kept", Files.readString(folder.resolve("other/kept")));
    }

    @Test
    void mountPointsCannotBeMovedOrRemoved() {
        for (String point : List.of("/tmp", "/home/me/w", "/proc", "/dev/shm")) {
            assertEquals(Errno.EBUSY, errno(() -> w.vfs.names().removeDirectory(w.here(), point)));
            assertEquals(Errno.EBUSY, errno(() -> w.vfs.names().rename(w.here(), point, w.here(), point + "2", 0)));
        }
    }

    @Test
    void linksOfTheHostAreResolvedInTheGuestsTree() throws Exception {
        Files.createSymbolicLink(there("abs"), Path.of("/home/me/big"));
        Files.createSymbolicLink(there("up"), Path.of("../../../../../../home/me/big"));
        assertEquals("big", w.slurp("/home/me/w/abs"));
        assertEquals("big", w.slurp("/home/me/w/up"));
        assertEquals(Errno.ENOENT, errno(() -> w.open("/home/me/w/../../../../../../../" + folder, 0)));
    }

    @Test
    void hardLinksAreOneFile() throws Exception {
        make("/home/me/w/a", "x");
        w.vfs.names().makeLink(w.here(), "/home/me/w/a", w.here(), "/home/me/w/b", 0);
        OpenFile a = w.open("/home/me/w/a", READ_WRITE);
        OpenFile b = w.open("/home/me/w/b", READ_WRITE);
        assertSame(a.object().node(), b.object().node());
        assertEquals(2, a.stat().links());
        FileLocks.Wanted all = new FileLocks.Wanted(FileLocks.Kind.WHOLE_FILE, true, 0, FileLocks.TO_THE_END);
        a.lock(w.table, all, 1);
        assertTrue(b.conflict(w.table, all).isPresent());
    }

    @Test
    void appendingGoesBehindWhatTheHostAppended() throws Exception {
        make("/home/me/w/log", "one\n");
        OpenFile file = w.open("/home/me/w/log", OpenFlags.O_WRONLY | OpenFlags.O_APPEND);
        Files.writeString(there("log"), "one\ntwo\n");
        write(file, "three\n");
        assertEquals("one\ntwo\nthree\n", Files.readString(there("log")));
        assertEquals(14, file.offset());
    }

    @Test
    void mappedPagesAreBroughtTogetherWithTheFileByteByByte() throws Exception {
        make("/home/me/w/m", "0123456789");
        OpenFile file = w.open("/home/me/w/m", READ_WRITE);
        SeekableObject mapped = (SeekableObject) file.object();
        mapped.mapped();
        Frame page = mapped.sharedPage(0).orElseThrow();
        page.bytes()[1] = 'G';
        Files.writeString(there("m"), "01234H6789");
        assertEquals("0G234H6789", new String(VfsFixture.read(file, 20), StandardCharsets.UTF_8));
        assertEquals('H', page.bytes()[5]);
        page.bytes()[9] = '!';
        file.release();
        assertEquals("0G234H678!", Files.readString(there("m")));
        Files.delete(there("m"));
        assertSame(page, mapped.sharedPage(0).orElseThrow());
        mapped.unmapped();
    }

    @Test
    void storesThroughAMappingComeBackWithASnapshot() throws Exception {
        make("/home/me/w/m", "0123456789");
        OpenFile file = w.open("/home/me/w/m", READ_WRITE);
        SeekableObject mapped = (SeekableObject) file.object();
        mapped.mapped();
        mapped.sharedPage(0).orElseThrow().bytes()[0] = 'A';
        VfsSnapshot snapshot = w.vfs.capture(List.of(mapped));
        mapped.sharedPage(0).orElseThrow().bytes()[0] = 'B';
        w.vfs.restore(snapshot);
        assertEquals('A', mapped.sharedPage(0).orElseThrow().bytes()[0]);
    }

    @Test
    void inotifySeesWhatTheGuestDoesInAFolderOfTheHost() throws Exception {
        OpenFile set = w.vfs.inotify(w.context, 0);
        w.vfs.watch((Inotify) set.object(), w.here(), "/home/me/w", InotifyEvent.IN_CREATE);
        make("/home/me/w/a", "x");
        assertTrue(VfsFixture.read(set, 100).length > 0);
    }

    @Test
    void setGroupIdOfAFolderIsHandedOn() throws Exception {
        for (String place : List.of("/tmp", "/home/me/w")) {
            w.vfs.names().makeDirectory(w.here(), place + "/g", 0755);
            w.vfs.facts().changeMode(w.here(), place + "/g", 02755, 0);
            w.vfs.names().makeDirectory(w.here(), place + "/g/h", 0755);
            assertEquals(
                    FileMode.S_IFDIR | 02755,
                    w.vfs.facts().stat(w.here(), place + "/g/h", 0).mode());
        }
    }

    @Test
    void mountPointThatIsNoFolderIsRefused() throws IOException {
        LiveFolder source = LiveFolder.at(folder);
        for (String at : List.of("/home/me/big", "/home/me/big/below", "/home/me/w/missing", "/")) {
            Errno expected = at.contains("big") ? Errno.ENOTDIR : at.equals("/") ? Errno.EBUSY : Errno.ENOENT;
            assertEquals(expected, errno(() -> w.vfs.mount(new GuestMount.Folder(at, "s", source, true))));
        }
    }

    @Test
    void mountsAreListedAsTheyAre() throws Exception {
        String text = w.slurp("/proc/self/mounts");
        assertTrue(text.startsWith("overlay / overlay rw"), text);
        assertTrue(text.contains("tmpfs /tmp tmpfs rw,relatime 0 0\n"), text);
        assertTrue(text.contains(folder.resolve("other") + " /ro "), text);
        assertTrue(w.slurp("/proc/self/mountinfo").contains(" / /ro ro,relatime - "));
        long readOnly = w.vfs.facts().statistics(w.here(), "/ro").flags();
        assertEquals(1, readOnly & 1);
        assertNotEquals(1, w.vfs.facts().statistics(w.here(), "/tmp").flags() & 1);
    }

    @Test
    void temporaryFilesWithoutANameAreForFileSystemsInMemory() throws Exception {
        int flags = OpenFlags.O_TMPFILE | OpenFlags.O_RDWR;
        assertEquals(Errno.EOPNOTSUPP, errno(() -> w.vfs.open(w.here(), "/home/me/w", flags, 0600)));
        OpenFile file = w.vfs.open(w.here(), "/tmp", flags, 0600);
        assertEquals(0, file.stat().links());
    }

    @Test
    void renameWithoutReplacingLeavesWhatIsThere() throws Exception {
        make("/home/me/w/a", "a");
        make("/home/me/w/b", "b");
        int flag = Fcntl.RENAME_NOREPLACE;
        assertEquals(
                Errno.EEXIST,
                errno(() -> w.vfs.names().rename(w.here(), "/home/me/w/a", w.here(), "/home/me/w/b", flag)));
        w.vfs.names().rename(w.here(), "/home/me/w/a", w.here(), "/home/me/w/c", flag);
        assertFalse(Files.exists(there("a")));
        assertEquals("b", Files.readString(there("b")));
        assertEquals("a", Files.readString(there("c")));
    }

    @Test
    void savedAreTheFilesThatWereMadeOrChangedOutsideOfMounts() throws Exception {
        make("/home/me/new", "new");
        make("/home/me/big", "BIG");
        make("/tmp/private", "x");
        make("/home/me/w/there", "x");
        w.vfs.names().makeSymbolicLink(w.here(), "/home/me/l", "new");
        w.vfs.names().makeDirectory(w.here(), "/empty", 0755);
        Path into = Files.createDirectory(folder.resolve("saved"));
        assertEquals(
                List.of("/home/me/big", "/home/me/l", "/home/me/new"),
                w.vfs.save(LiveFolder.at(into)).stream().sorted().toList());
        assertEquals("new", Files.readString(into.resolve("home/me/l")));
        assertEquals("BIG", Files.readString(into.resolve("home/me/big")));
        assertTrue(Files.isDirectory(into.resolve("empty")));
        assertEquals(3, w.vfs.save(LiveFolder.at(into)).size());
    }

    @Test
    void extendedAttributesAreTheHostsOwn() throws Exception {
        make("/home/me/w/a", "x");
        ExtendedAttributes.Subject subject = w.vfs.attributes().of(w.here(), "/home/me/w/a", 0);
        try {
            subject.set("user.k", new byte[] {1, 2}, ExtendedAttributes.XATTR_CREATE);
        } catch (FileFailure failure) {
            assumeTrue(failure.errno() != Errno.EOPNOTSUPP, "SKIPPED: this file system has none");
            throw failure;
        }
        assertEquals(List.of("user.k"), subject.list());
        assertEquals(2, subject.get("user.k").length);
        assertEquals(Errno.EEXIST, errno(() -> subject.set("user.k", new byte[0], ExtendedAttributes.XATTR_CREATE)));
        subject.remove("user.k");
        assertEquals(Errno.ENODATA, errno(() -> subject.get("user.k")));
        assertEquals(
                Errno.EOPNOTSUPP,
                errno(() -> w.vfs.attributes().of(w.here(), "/tmp", 0).get("user.k")));
        assertEquals(
                Errno.EROFS,
                errno(() -> w.vfs.attributes().of(w.here(), "/ro/kept", 0).remove("user.k")));
    }
}
