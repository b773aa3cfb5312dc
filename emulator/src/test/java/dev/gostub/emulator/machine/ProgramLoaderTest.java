package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Elf;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgramLoaderTest {
    @Test
    void aMissingInterpreterIsNamed() {
        byte[] program = Programs.elf("90".repeat(16));
        byte[] name = "/lib64/ld.so\0".getBytes(StandardCharsets.US_ASCII);
        int header = Elf.EHDR_BYTES + Elf.PHDR_BYTES;
        LittleEndian.put32(program, header + Elf.P_TYPE, Elf.PT_INTERP);
        LittleEndian.put64(program, header + Elf.P_OFFSET, 0x100);
        LittleEndian.put64(program, header + Elf.P_FILESZ, name.length);
        System.arraycopy(name, 0, program, 0x100, name.length);
        BadProgramException bad =
                assertThrows(BadProgramException.class, () -> Programs.machine(new FixedHost(), program));
        assertEquals(Reason.NEEDS_INTERPRETER, bad.reason());
        assertTrue(bad.getMessage().startsWith("cannot run /test/program: it needs the interpreter /lib64/ld.so"));
        assertTrue(bad.getMessage().contains("CGO_ENABLED=0"), bad.getMessage());
    }

    @Test
    void aMissingInterpreterOfAScriptIsNamed() {
        byte[] script = "#!/no/such/shell -e\n".getBytes(StandardCharsets.US_ASCII);
        BadProgramException bad =
                assertThrows(BadProgramException.class, () -> Programs.machine(new FixedHost(), script));
        assertEquals(Reason.NEEDS_INTERPRETER, bad.reason());
        assertTrue(bad.getMessage().startsWith("cannot run /test/program: it needs the interpreter /no/such/shell"));
    }

    @Test
    void aScriptThatInterpretsItselfIsRefused() {
        byte[] script = "#!/test/program\n".getBytes(StandardCharsets.US_ASCII);
        BadProgramException bad =
                assertThrows(BadProgramException.class, () -> Programs.machine(new FixedHost(), script));
        assertEquals(Reason.TOO_MANY_SCRIPTS, bad.reason());
    }
}
