package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestEnvironmentTest {
    private static final Map<String, String> HOST = Map.of("B", "2", "A", "1", "PATH", "/door:/bin");

    @TempDir
    Path folder;

    @Test
    void programsInheritOurVariablesSortedByName() throws UserError {
        assertEquals(List.of("A=1", "B=2", "PATH=/door:/bin"), of(false, HOST));
    }

    @Test
    void pathIsTheUsersOwnWhenTheLauncherHadToChangeIt() throws UserError {
        assertEquals(List.of("PATH=/bin"), of(false, Map.of("PATH", "/door:/bin", "GOSTUB_GUEST_PATH", "/bin")));
    }

    @Test
    void samplesGetTheirDocumentedVariablesInTheOrderOfTheFile() throws Exception {
        Files.writeString(folder.resolve("environment"), "Z=1\nA=2\n");
        assertEquals(List.of("Z=1", "A=2"), of(true, HOST));
    }

    @Test
    void missingSampleEnvironmentIsTheUsersToMend() {
        assertThrows(UserError.class, () -> of(true, HOST));
    }

    @Test
    void changesReplaceInPlaceOrAddAtTheEnd() throws UserError {
        assertEquals(List.of("A=x", "B=2", "PATH=/door:/bin", "C=3"), of(false, HOST, "A=0", "C=3", "A=x"));
    }

    @Test
    void embeddedSampleIsKnownUnderAnyNameItsFileHas() throws IOException {
        Path sample = Files.writeString(folder.resolve("hello"), "x");
        Path other =
                Files.writeString(Files.createDirectory(folder.resolve("d")).resolve("hello"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), sample);
        Samples samples = new Samples(folder);
        assertTrue(samples.contains(sample));
        assertTrue(samples.contains(link));
        assertFalse(samples.contains(other));
        assertFalse(samples.contains(folder.resolve("missing")));
    }

    @Test
    void nameOfASampleIsThatSampleUnlessThereIsSuchAFile() throws IOException {
        Samples samples = new Samples(folder);
        assertEquals(folder.resolve("hello").toAbsolutePath(), samples.find("hello"));
        assertEquals(Path.of("pom.xml").toAbsolutePath(), samples.find("pom.xml"));
        assertEquals(Path.of("nix").toAbsolutePath(), samples.find("nix"));
    }

    private List<String> of(boolean sample, Map<String, String> host, String... changes) throws UserError {
        GuestOptions all = GuestOptions.defaults();
        GuestOptions options = new GuestOptions(
                List.of(changes),
                all.cleanEnvironment(),
                all.directory(),
                all.cpus(),
                all.seed(),
                all.memoryBytes(),
                all.pacing(),
                all.network(),
                all.traceSyscalls(),
                all.tracePackets(),
                all.logLevel(),
                all.files());
        return GuestEnvironment.of(options, sample, new Samples(folder), host);
    }
}
