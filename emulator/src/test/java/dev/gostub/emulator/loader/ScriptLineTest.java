package dev.gostub.emulator.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptLineTest {
    private static ScriptLine line(String content) throws BadProgramException {
        return ScriptLine.parse("x/script", content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String content) {
        BadProgramException bad = assertThrows(BadProgramException.class, () -> line(content));
        assertEquals(BadProgramException.Reason.SCRIPT, bad.reason());
        assertTrue(bad.getMessage().startsWith("cannot run x/script: "), bad.getMessage());
    }

    @Test
    void onlyWhatBeginsWithTheTwoCharactersIsAScript() {
        assertTrue(ScriptLine.isScript("#!".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(ScriptLine.isScript(" #!/bin/sh".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(ScriptLine.isScript("#".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void interpreterIsTheFirstWordAndTheRestIsOneArgument() throws BadProgramException {
        assertEquals(new ScriptLine("/bin/sh", Optional.empty()), line("#!/bin/sh\necho"));
        assertEquals(new ScriptLine("/bin/sh", Optional.empty()), line("#! \t/bin/sh \t \n"));
        assertEquals(new ScriptLine("/bin/sh", Optional.of("-e -x")), line("#!/bin/sh  -e -x \n"));
        assertEquals(new ScriptLine("bin/sh", Optional.of("-e")), line("#!bin/sh\t-e"));
        assertEquals(new ScriptLine("/bin/sh\r", Optional.empty()), line("#!/bin/sh\r\n"));
    }

    @Test
    void lineWithoutAnInterpreterIsRefused() {
        assertRefused("#!");
        assertRefused("#!\n/bin/sh");
        assertRefused("#! \t \n");
    }

    @Test
    void lineIsReadAsFarAsLinuxReads() throws BadProgramException {
        String longest = "/" + "x".repeat(252);
        assertEquals(longest, line("#!" + longest + "\n").interpreter());
        assertEquals(longest, line("#!" + longest + " and more").interpreter());
        assertRefused("#!" + longest + "x\n");
        Optional<String> cut = line("#!/bin/sh " + "y".repeat(300) + "\n").argument();
        assertEquals(Optional.of("y".repeat(245)), cut);
    }

    @Test
    void interpreterGetsItsArgumentThenTheScriptThenWhatTheScriptGot() throws BadProgramException {
        assertEquals(
                List.of("/bin/sh", "-e", "dir/script", "a", "b"),
                line("#!/bin/sh -e\n").arguments("dir/script", List.of("name", "a", "b")));
        assertEquals(List.of("/bin/sh", "script"), line("#!/bin/sh\n").arguments("script", List.of("name")));
    }
}
