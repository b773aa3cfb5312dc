package dev.gostub.app;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.host.HostAddress;
import dev.gostub.emulator.host.LiveNetwork;
import dev.gostub.emulator.host.NetworkOpening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of the network a user opens, as {@code --publish} and {@code --net} say it.
 *
 * @param published each {@code --publish}
 * @param everywhere {@code --net} without a list
 * @param allowed the list of {@code --net}
 */
record NetworkChoice(List<Port> published, boolean everywhere, List<Place> allowed) {
    static final NetworkChoice NONE = new NetworkChoice(List.of(), false, List.of());

    private static final String HOST = "(\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]:,/]+)";
    private static final Pattern PUBLISHED = Pattern.compile("(?:(?!\\d+:\\d+$)" + HOST + ":)?(\\d+)(?::(\\d+))?");
    private static final Pattern PLACE = Pattern.compile(HOST + ":(\\d+)");
    private static final Pattern PLACES = Pattern.compile(PLACE + "(," + PLACE + ")*");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LARGEST_PORT = 65_535;

    /** A port of the program, and where it is published. */
    record Port(String host, int port, int inside) {}

    /** Whom the program may speak to. */
    record Place(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    NetworkChoice {
        published = List.copyOf(published);
        allowed = List.copyOf(allowed);
    }

    static NetworkChoice of(List<String> publish, Optional<String> net) throws UserError {
        List<Port> ports = new ArrayList<>();
        for (String each : publish) ports.add(port(each));
        List<Place> places = new ArrayList<>();
        if (net.isPresent() && !net.get().isEmpty()) {
            for (String each : net.get().split(",", -1)) places.add(place(each));
        }
        return new NetworkChoice(ports, net.isPresent() && places.isEmpty(), places);
    }

    /** Is a word behind {@code --net} its list, and not the program. */
    static boolean isList(String word) {
        return PLACES.matcher(word).matches();
    }

    private static Port port(String text) throws UserError {
        Matcher matcher = PUBLISHED.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("bad --publish '" + text + "': give [HOST:]PORT[:GUESTPORT], such as 8080 or 8080:80");
        }
        String host = Optional.ofNullable(matcher.group(1)).orElse(LOOPBACK);
        int port = number("--publish", text, matcher.group(2));
        int inside = matcher.group(3) == null ? port : number("--publish", text, matcher.group(3));
        if (inside == 0) {
            throw new UserError("bad --publish '" + text + "': say which port of the program, as in 0:8080");
        }
        return new Port(unbracketed(host), port, inside);
    }

    private static Place place(String text) throws UserError {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("bad --net '" + text + "': give HOST:PORT, several with commas between");
        }
        return new Place(unbracketed(matcher.group(1)), number("--net", text, matcher.group(2)));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int number(String option, String text, String digits) throws UserError {
        int number = digits.length() > 5 ? LARGEST_PORT + 1 : Integer.parseInt(digits);
        if (number > LARGEST_PORT) {
            throw new UserError("bad " + option + " '" + text + "': a port is at most " + LARGEST_PORT);
        }
        return number;
    }

    boolean isNone() {
        return published.isEmpty() && !everywhere && allowed.isEmpty();
    }

    /** Opens all of it. */
    LiveNetwork open(Doorbell doorbell) throws UserError {
        List<NetworkOpening.Publication> publications = new ArrayList<>();
        for (Port each : published) {
            publications.add(new NetworkOpening.Publication(
                    addresses("--publish", each.host(), each.port()).getFirst(), each.inside()));
        }
        List<HostAddress> places = new ArrayList<>();
        for (Place each : allowed) places.addAll(addresses("--net", each.host(), each.port()));
        try {
            return LiveNetwork.open(new NetworkOpening(publications, everywhere, places), doorbell);
        } catch (IOException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private static List<HostAddress> addresses(String option, String host, int port) throws UserError {
        try {
            List<HostAddress> addresses = new ArrayList<>();
            for (InetAddress each : InetAddress.getAllByName(host)) {
                addresses.add(HostAddress.of(each.getAddress(), port));
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new UserError("bad " + option + ": no address is known for '" + host + "'");
        }
    }

    /** One line that says what is open. */
    String opened(LiveNetwork network) {
        List<String> parts = new ArrayList<>();
        for (LiveNetwork.Published each : network.published()) {
            String others = each.at().getAddress().isLoopbackAddress() ? "" : ", for other computers too";
            parts.add("published " + each.at().getAddress().getHostAddress() + ":"
                    + each.at().getPort() + " as port " + each.port() + others);
        }
        if (everywhere) parts.add("the program may connect anywhere, to this computer too");
        if (!allowed.isEmpty()) {
            parts.add("the program may connect to "
                    + String.join(", ", allowed.stream().map(Place::toString).toList()));
        }
        return String.join("; ", parts);
    }
}
