package dev.gostub.server.transport;

import java.nio.file.Path;
import java.util.function.Function;

/** Where the server listens, as the user writes it. */
public sealed interface ListenAddress {
    /**
     * {@code HOST:PORT}; an IPv6 address in brackets.
     *
     * @param host a name or an address, without brackets
     * @param port 0 for any free one
     */
    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * {@code unix:PATH}.
     *
     * @param name as the user wrote it, for messages
     */
    record Unix(Path path, String name) implements ListenAddress {
        public Unix(Path path) {
            this(path, path.toString());
        }

        @Override
        public String toString() {
            return "unix:" + name;
        }
    }

    /**
     * Reads an address; {@code :PORT} and {@code PORT} are loopback.
     *
     * @param files the file that the user means by a PATH
     * @throws ListenException with one line that says what is wrong
     */
    static ListenAddress parse(String text, Function<String, Path> files) throws ListenException {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            if (path.isEmpty()) {
                throw new ListenException("bad address \"" + text + "\": no path after unix:");
            }
            return new Unix(files.apply(path), path);
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        int port = port(text, text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new ListenException("bad address \"" + text + "\": write an IPv6 address as [ADDRESS]:PORT");
        }
        return new Tcp(host.isEmpty() ? "127.0.0.1" : host, port);
    }

    private static int port(String text, String digits) throws ListenException {
        boolean plausible = !digits.isEmpty() && digits.length() <= 5;
        int port = 0;
        for (int i = 0; plausible && i < digits.length(); i++) {
            plausible = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
            port = port * 10 + digits.charAt(i) - '0';
        }
        if (!plausible || port > 65535) {
            throw new ListenException("bad address \"" + text
                    + "\": HOST:PORT, :PORT or unix:PATH expected, with a port from 0 to 65535");
        }
        return port;
    }
}
