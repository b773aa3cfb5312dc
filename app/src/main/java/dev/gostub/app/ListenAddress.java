package dev.gostub.app;

/** Where to wait for a debugger. */
sealed interface ListenAddress {
    int DEFAULT_PORT = 1234;

    /** A TCP port of one address; port 0 is any free one. */
    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A socket file. */
    record Unix(String path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    static ListenAddress loopback(int port) {
        return new Tcp("127.0.0.1", port);
    }

    /** Reads {@code HOST:PORT}, {@code [IPV6]:PORT}, {@code :PORT} (loopback) or {@code unix:PATH}. */
    static ListenAddress parse(String text) throws UserError {
        if (text.startsWith("unix:")) {
            String path = text.substring(5);
            if (path.isEmpty()) throw bad(text, "the path of the socket file is missing");
            return new Unix(path);
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) throw bad(text, "there is no port");
        String host = text.substring(0, colon);
        int port = port(text, text.substring(colon + 1));
        if (host.isEmpty()) return loopback(port);
        if (host.equals("[]")) throw bad(text, "there is no address between the brackets");
        if (host.startsWith("[") && host.endsWith("]")) {
            return new Tcp(host.substring(1, host.length() - 1), port);
        }
        if (host.indexOf(':') >= 0) throw bad(text, "an IPv6 address needs brackets");
        return new Tcp(host, port);
    }

    private static int port(String text, String digits) throws UserError {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65535 && digits.charAt(0) != '+') return port;
        } catch (NumberFormatException _) {
            // Falls through to the one message for every bad port.
        }
        throw bad(text, "'" + digits + "' is no port from 0 to 65535");
    }

    private static UserError bad(String text, String why) {
        return new UserError("bad address '" + text + "': " + why + "; give HOST:PORT, :PORT or unix:PATH");
    }
}
