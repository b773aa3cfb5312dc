package dev.gostub.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1234, 127.0.0.1, 1234",
        ":1234, 127.0.0.1, 1234",
        "1234, 127.0.0.1, 1234",
        "0.0.0.0:0, 0.0.0.0, 0",
        "localhost:65535, localhost, 65535",
        "[::1]:1234, ::1, 1234"
    })
    void hostAndPortAreRead(String text, String host, int port) throws ListenException {
        assertEquals(new ListenAddress.Tcp(host, port), ListenAddress.parse(text, Path::of));
    }

    @Test
    void unixPathIsReadAndPrintedBack() throws ListenException {
        ListenAddress address = ListenAddress.parse("unix:/tmp/a:b", Path::of);
        assertEquals(new ListenAddress.Unix(Path.of("/tmp/a:b")), address);
        assertEquals("unix:/tmp/a:b", address.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host:", "host:x", ":-1", ":65536", ":123456", "::1:1234", "unix:", "host"})
    void nonsenseIsOneLine(String text) {
        ListenException failure = assertThrows(ListenException.class, () -> ListenAddress.parse(text, Path::of));
        assertEquals(1, failure.line().lines().count());
    }
}
