package dev.gostub.emulator.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names are bytes; a shell makes them, which takes names as they are. */
class HostPathsTest {
    /** No UTF-8; UTF-8; what UTF-8 makes of the first; ASCII that means something in a URI. */
    private static final List<String> NAMES =
            List.of("a%20 b#?%", "\u0081\u00ff", "\u00c3\u00a4", "\u00c2\u0081\u00c3\u00bf");

    @TempDir
    private Path folder;

    @BeforeEach
    void make() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: names are characters on other systems");
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "for name in 'a%%20 b#?%%' '\\201\\377' '\\303\\244' '\\302\\201\\303\\277'; do"
                                + " printf \"$name\" >\"$(printf \"$name\")\"; done; mkdir \"$(printf 'd\\344')\"")
                .directory(folder.toFile())
                .start();
        assertEquals(0, shell.waitFor());
    }

    private String below(String name) {
        return HostPaths.name(folder) + "/" + name;
    }

    @Test
    void everyNameFindsItsFile() throws IOException {
        for (String name : NAMES) {
            byte[] content = Files.readAllBytes(HostPaths.of(below(name)));
            assertEquals(name, new String(content, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aFileThatIsMadeHasTheNameThatWasMeant() throws IOException, InterruptedException {
        Files.createFile(HostPaths.of(below("new\u00fe")));
        Process list = new ProcessBuilder("sh", "-c", "ls -d new* | od -An -tx1")
                .directory(folder.toFile())
                .start();
        String shown = new String(list.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals("6e 65 77 fe 0a", shown.strip());
    }

    @Test
    void filesOfAFolderAreListedByTheirBytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .map(HostPaths::name)
                    .sorted()
                    .toList();
            assertEquals(NAMES.stream().sorted().toList(), names);
        }
    }

    @Test
    void theNameOfAFolderIsNotThatOfWhatIsInIt() {
        assertEquals(below("d\u00e4"), HostPaths.name(HostPaths.of(below("d\u00e4"))));
        assertEquals("d\u00e4", HostPaths.name(HostPaths.of(below("d\u00e4")).getFileName()));
    }

    @Test
    void twoSlashesAreOneAndNeverTheBeginningOfAHost() {
        assertEquals(HostPaths.of(below("d\u00e4")), HostPaths.of("/" + below("/d\u00e4")));
    }

    @Test
    void aRelativeNameIsBelowTheWorkingDirectory() {
        assertEquals(Path.of("pom.xml").toAbsolutePath(), HostPaths.of("pom.xml"));
        assertEquals(HostPaths.of(HostPaths.workingDirectory() + "/\u0081"), HostPaths.of("\u0081"));
        assertTrue(HostPaths.of("\u0081").isAbsolute());
    }

    @Test
    void theTextOfALinkIsBytesAsWell() throws IOException {
        Files.createSymbolicLink(HostPaths.of(below("link")), HostPaths.of("/\u0081/\u00ff"));
        assertEquals("/\u0081/\u00ff", HostPaths.name(Files.readSymbolicLink(HostPaths.of(below("link")))));
    }

    @Test
    void whatNoFileCanBeCalledIsRefusedAsJavaRefusesIt() {
        assertThrows(InvalidPathException.class, () -> HostPaths.of("/a\u0100"));
        assertThrows(InvalidPathException.class, () -> HostPaths.of("/a\0b"));
        assertThrows(InvalidPathException.class, () -> HostPaths.of("/\u00ff\0"));
    }
}
