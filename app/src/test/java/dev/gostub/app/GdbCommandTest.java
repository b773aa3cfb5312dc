package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.server.transport.ListenAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GdbCommandTest {
    private static final ListenAddress LOOPBACK = new ListenAddress.Tcp("127.0.0.1", 1234);

    @Test
    void programBelowTheCurrentFolderIsNamedRelativeToIt() {
        Path program = Path.of("samples", "hello").toAbsolutePath();
        assertEquals("gdb -ex 'target remote :1234' samples/hello", GdbCommand.text(LOOPBACK, Optional.of(program)));
    }

    @Test
    void otherProgramsAreNamedWholeAndQuotedWhereAShellNeedsIt() {
        assertEquals(
                "gdb -ex 'target remote :1234' '/a b/it'\\''s'",
                GdbCommand.text(LOOPBACK, Optional.of(Path.of("/a b/it's"))));
    }

    @Test
    void withoutAProgramTheClientNamesOne() {
        assertEquals("gdb -ex 'target extended-remote :1234'", GdbCommand.text(LOOPBACK, Optional.empty()));
    }

    @Test
    void socketFilesAndOtherAddressesAreGivenAsGdbWantsThem() {
        assertEquals(
                "gdb -ex 'target extended-remote /tmp/s'",
                GdbCommand.text(new ListenAddress.Unix(Path.of("/tmp/s")), Optional.empty()));
        assertEquals(
                "gdb -ex 'target extended-remote [::1]:9'",
                GdbCommand.text(new ListenAddress.Tcp("::1", 9), Optional.empty()));
    }
}
