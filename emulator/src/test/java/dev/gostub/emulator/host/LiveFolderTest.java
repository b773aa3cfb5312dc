package dev.gostub.emulator.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gostub.emulator.host.HostFailure.Reason;
import dev.gostub.emulator.host.HostFolder.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of this computer as the guest's calls find it. */
class LiveFolderTest {
    @TempDir
    private Path place;

    private Path inside;
    private Path outside;
    private HostFolder folder;

    @BeforeEach
    void makeFolders() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "SKIPPED: no Linux");
        inside = Files.createDirectory(place.resolve("inside"));
        outside = Files.createDirectory(place.resolve("outside"));
        folder = LiveFolder.at(inside);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void write(HostOpenFile file, String text) throws HostFailure {
        assertEquals(text.length(), file.write(0, bytes(text), 0, text.length()));
    }

    private HostFolder below(HostFolder above, String name) throws HostFailure {
        return above.folder(name, above.stat(name).orElseThrow());
    }

    private static Reason reason(Attempt attempt) {
        return assertThrows(HostFailure.class, attempt::run).reason();
    }

    private interface Attempt {
        void run() throws HostFailure;
    }

    @Test
    void filesAreMadeWrittenAndRead() throws Exception {
        try (HostOpenFile file = folder.create("a", 0640)) {
            write(file, "hello");
            file.append(bytes("!!"), 0, 2);
            byte[] into = new byte[10];
            assertEquals(7, file.read(0, into, 0, 10));
            assertEquals(7, file.sizeBytes());
        }
        assertEquals("hello!!", Files.readString(inside.resolve("a")));
        assertEquals(0100640, folder.stat("a").orElseThrow().mode());
        assertEquals(Reason.EXISTS, reason(() -> folder.create("a", 0640)));
    }

    @Test
    void permissionsOfNewFilesDoNotDependOnTheUmaskOfThisProcess() throws Exception {
        folder.create("a", 04666).close();
        folder.makeFolder("d", 01777);
        assertEquals(04666, folder.stat("a").orElseThrow().mode() & 07777);
        assertEquals(01777, folder.stat("d").orElseThrow().mode() & 07777);
    }

    @Test
    void handleStaysWithItsFolderWhenTheHostMovesIt() throws Exception {
        folder.makeFolder("d", 0755);
        HostFolder d = below(folder, "d");
        d.create("a", 0644).close();
        Files.move(inside.resolve("d"), inside.resolve("e"));
        Files.createDirectory(inside.resolve("d"));
        d.create("b", 0644).close();
        assertEquals(List.of("a", "b"), d.list());
        assertEquals(List.of(), below(folder, "d").list());
    }

    @Test
    void fileThatLostItsNameGoesOn() throws Exception {
        try (HostOpenFile file = folder.create("a", 0644)) {
            folder.unlink("a");
            folder.create("a", 0600).close();
            write(file, "still");
            file.append(bytes("+"), 0, 1);
            file.change(new HostChange.Permissions(0400));
            assertEquals(0, file.stat().links());
            assertEquals(0100400, file.stat().mode());
            assertEquals(6, file.stat().sizeBytes());
            file.truncate(1 << 20);
            assertEquals(1 << 20, file.sizeBytes());
        }
        assertEquals(0, folder.stat("a").orElseThrow().sizeBytes());
    }

    @Test
    void renameReplacesAndLinksAreCounted() throws Exception {
        folder.create("a", 0644).close();
        folder.link("b", folder, "a");
        assertEquals(2, folder.stat("a").orElseThrow().links());
        folder.makeFolder("d", 0755);
        folder.create("c", 0644).close();
        folder.rename("c", below(folder, "d"), "c");
        folder.rename("a", below(folder, "d"), "c");
        assertEquals(List.of("b", "d"), folder.list());
        assertEquals(Reason.NOT_EMPTY, reason(() -> folder.removeFolder("d")));
        assertEquals(Reason.NOT_FOUND, reason(() -> folder.unlink("a")));
    }

    @Test
    void textsOfLinksKeepTheirDotsAndBytes() throws Exception {
        for (String text : List.of("../x/../y", "/abs", "caf\u00c3\u00a9/..", "\u00ff")) {
            folder.makeSymbolicLink("l", text);
            assertEquals(text, folder.readLink("l"));
            folder.unlink("l");
        }
        folder.create("n\u00e4\u00ff", 0644).close();
        assertEquals(List.of("n\u00e4\u00ff"), folder.list());
    }

    @Test
    void timesAreKeptToTheNanosecond() throws Exception {
        folder.create("a", 0644).close();
        long then = 1_700_000_000_123_456_789L;
        folder.change("a", new HostChange.Times(HostChange.Times.OMIT, then));
        assertEquals(then, folder.stat("a").orElseThrow().modified());
        folder.makeSymbolicLink("l", "a");
        folder.change("l", new HostChange.Times(5, 6));
        assertEquals(6, folder.stat("l").orElseThrow().modified());
        assertEquals(then, folder.stat("a").orElseThrow().modified());
    }

    @Test
    void changesDoNotGoThroughLinks() throws Exception {
        Path target = Files.writeString(outside.resolve("t"), "secret");
        HostStat before = LiveFolder.at(outside).stat("t").orElseThrow();
        Files.createSymbolicLink(inside.resolve("l"), target);
        HostStat link = folder.stat("l").orElseThrow();
        assertThrows(HostFailure.class, () -> folder.change("l", new HostChange.Permissions(0777)));
        assertThrows(HostFailure.class, () -> folder.open("l", link, Access.READ_WRITE));
        assertThrows(HostFailure.class, () -> folder.create("l", 0777));
        folder.change("l", new HostChange.Times(1, 1));
        folder.unlink("l");
        assertEquals(before, LiveFolder.at(outside).stat("t").orElseThrow());
    }

    @Test
    void extendedAttributesAreThoseOfTheUser() throws Exception {
        folder.create("a", 0644).close();
        try {
            folder.change("a", new HostChange.Attribute("user.k", bytes("v")));
        } catch (HostFailure failure) {
            assumeTrue(failure.reason() != Reason.NOT_SUPPORTED, "SKIPPED: this file system has none");
            throw failure;
        }
        assertEquals(List.of("user.k"), folder.attributes("a"));
        assertArrayEquals(bytes("v"), folder.attribute("a", "user.k"));
        folder.change("a", new HostChange.NoAttribute("user.k"));
        assertEquals(Reason.NO_ATTRIBUTE, reason(() -> folder.attribute("a", "user.k")));
        assertEquals(Reason.NOT_SUPPORTED, reason(() -> folder.attribute("a", "security.selinux")));
    }

    /** Somebody on the host turns a folder into a link out of the tree and back, as fast as it goes, while the guest makes and removes files by its name. */
    @Test
    void folderThatBecomesALinkLeadsNowhere() throws Exception {
        Path victim = inside.resolve("d");
        Files.createDirectory(victim);
        Files.writeString(outside.resolve("keep"), "secret");
        HostStat before = LiveFolder.at(outside).stat("keep").orElseThrow();
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> swap(victim, over));
        List<String> wrong = new ArrayList<>();
        try {
            for (int i = 0; i < 3_000; i++) {
                tryAll("f" + i % 7, wrong);
            }
        } finally {
            over.set(true);
            swapper.join();
        }
        assertEquals(List.of(), wrong);
        try (var left = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("keep")), left.toList());
        }
        assertEquals("secret", Files.readString(outside.resolve("keep")));
        HostStat after = LiveFolder.at(outside).stat("keep").orElseThrow();
        assertEquals(before.mode(), after.mode());
        assertEquals(before.changed(), after.changed());
    }

    private void swap(Path victim, AtomicBoolean over) {
        Path aside = inside.resolve("aside");
        while (!over.get()) {
            try {
                Files.move(victim, aside);
                Files.createSymbolicLink(victim, outside);
                Files.delete(victim);
                Files.move(aside, victim);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What a guest can do with a path of two names; failures are all right, as the first is not always there. */
    private void tryAll(String name, List<String> wrong) {
        List<Attempt> attempts = List.of(
                () -> below(folder, "d").create(name, 0644).close(),
                () -> below(folder, "d").makeFolder(name + "d", 0755),
                () -> below(folder, "d").makeSymbolicLink(name + "l", "x"),
                () -> below(folder, "d").rename(name, below(folder, "d"), name + "r"),
                () -> below(folder, "d").change("keep", new HostChange.Permissions(0)),
                () -> below(folder, "d").unlink("keep"),
                () -> wrong.addAll(below(folder, "d").list().stream()
                        .filter("keep"::equals)
                        .toList()));
        for (Attempt attempt : attempts) {
            try {
                attempt.run();
            } catch (HostFailure | NoSuchElementException _) {
                // It is a link just now, or not there.
            }
        }
    }
}
