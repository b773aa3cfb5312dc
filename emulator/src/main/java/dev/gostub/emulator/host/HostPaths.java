package dev.gostub.emulator.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of the host's files as the machine holds them: a String in which every char is one byte. Java makes a {@code Path} from characters, with the encoding of the locale
 * ({@code sun.jnu.encoding}, which cannot be set), and so can name only some files, in the C locale those in ASCII. But the escapes of a {@code file:} URI are bytes, in both
 * directions (UnixUriUtils of the JDK; UTF-8 on systems whose names are characters), and that is how all others are named here.
 */
public final class HostPaths {
    private static final String HEX = "0123456789ABCDEF";
    private static final Path WORKING_DIRECTORY_OF_LINUX = Path.of("/proc/self/cwd");

    private HostPaths() {}

    /**
     * The file of a name; a relative one is below the working directory.
     *
     * @throws InvalidPathException the host can have no such file
     */
    public static Path of(String name) {
        String full = name.startsWith("/") ? name : workingDirectory() + "/" + name;
        if (isAscii(full)) {
            return Path.of(full);
        }
        StringBuilder uri = new StringBuilder("file://");
        for (int i = 0; i < full.length(); i++) {
            char c = full.charAt(i);
            if (c > 0xFF || c == 0) {
                throw new InvalidPathException(full, "not a name in bytes", i);
            }
            if (c == '/' && i > 0 && full.charAt(i - 1) == '/') {
                continue; // or the second would begin the name of a host
            }
            if (Character.isLetterOrDigit(c) && c < 0x80 || c == '/') {
                uri.append(c);
            } else {
                uri.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        try {
            return Path.of(URI.create(uri.toString()));
        } catch (IllegalArgumentException e) {
            throw new InvalidPathException(full, String.valueOf(e.getMessage()));
        }
    }

    /** The name of a file, or the text of a link, as it stands in {@code path}. */
    public static String name(Path path) {
        String text = path.toString();
        if (isAscii(text) || !path.getFileSystem().equals(Path.of("/").getFileSystem())) {
            return text;
        }
        String full = decode(Path.of("/").resolve(path).toUri().getRawPath());
        // Of a directory a URI says so, with a slash.
        String name = full.endsWith("/") && !text.endsWith("/") ? full.substring(0, full.length() - 1) : full;
        return path.isAbsolute() ? name : name.substring(1);
    }

    /** The working directory of this process. */
    public static String workingDirectory() {
        if (!isAscii(System.getProperty("user.dir", ""))) { // a Path of it may hold question marks instead
            try {
                return name(Files.readSymbolicLink(WORKING_DIRECTORY_OF_LINUX));
            } catch (IOException | UnsupportedOperationException _) {
                // Not Linux: then the encoding is UTF-8, and Java's answer is right.
            }
        }
        return name(Path.of("").toAbsolutePath());
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String decode(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
