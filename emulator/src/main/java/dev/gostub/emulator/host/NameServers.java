package dev.gostub.emulator.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a resolver inside will ask for names: {@code resolv.conf(5)} of this computer, which the guest reads too. */
final class NameServers {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Pattern NAME_SERVER = Pattern.compile("^nameserver\\s+([0-9A-Fa-f.:]+)");
    private static final int PORT = 53;

    private NameServers() {}

    /** Those of the file, and this computer itself, which a resolver asks when the file names none. */
    static List<HostAddress> ofThisComputer() {
        List<HostAddress> servers = new ArrayList<>();
        servers.add(HostAddress.of(new byte[] {127, 0, 0, 1}, PORT));
        try {
            for (String line : Files.readAllLines(RESOLV_CONF, StandardCharsets.ISO_8859_1)) {
                Matcher matcher = NAME_SERVER.matcher(line);
                if (matcher.find()) {
                    servers.add(HostAddress.of(
                            InetAddress.getByName(matcher.group(1)).getAddress(), PORT));
                }
            }
        } catch (UnknownHostException odd) {
            return List.copyOf(servers);
        } catch (IOException none) {
            return List.copyOf(servers);
        }
        return List.copyOf(servers);
    }
}
