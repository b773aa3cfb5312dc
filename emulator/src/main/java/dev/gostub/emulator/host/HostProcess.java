package dev.gostub.emulator.host;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this process was started with, in bytes: each char of a text is one. Java decodes all of it with the encoding of the locale, and what is not of that encoding is lost; Linux
 * has kept it. On other systems Java's answer must do: macOS always says UTF-8.
 */
public final class HostProcess {
    private static final Path PROC_SELF = Path.of("/proc/self");

    private HostProcess() {}

    /**
     * The arguments of {@code main}.
     *
     * @param words as Java gives them
     */
    public static List<String> arguments(List<String> words) {
        if (words.stream().allMatch(HostPaths::isAscii)) {
            return words;
        }
        List<String> all = kept("cmdline").orElse(List.of());
        if (all.size() >= words.size()) {
            List<String> last = all.subList(all.size() - words.size(), all.size());
            if (agree(words, last)) {
                return List.copyOf(last);
            }
        }
        return words.stream().map(HostProcess::encoded).toList();
    }

    /** The environment. */
    public static SortedMap<String, String> environment() {
        Map<String, String> told = System.getenv();
        SortedMap<String, String> variables = new TreeMap<>(told);
        if (told.entrySet().stream()
                .allMatch(each -> HostPaths.isAscii(each.getKey()) && HostPaths.isAscii(each.getValue()))) {
            return Collections.unmodifiableSortedMap(variables);
        }
        variables.clear();
        Optional<List<String>> kept = kept("environ");
        if (kept.isPresent()) {
            // Of two with one name the first counts, as for getenv(3). A name may begin with the sign, but not be
            // empty.
            for (String each : kept.get()) {
                int sign = each.indexOf('=', 1);
                if (sign > 0) {
                    variables.putIfAbsent(each.substring(0, sign), each.substring(sign + 1));
                }
            }
        } else {
            told.forEach((name, value) -> variables.put(encoded(name), encoded(value)));
        }
        return Collections.unmodifiableSortedMap(variables);
    }

    /** The value of {@code -Dname=value} on the command line of the JVM; nothing without one. */
    public static Optional<String> property(String name) {
        String told = System.getProperty(name);
        if (told == null || HostPaths.isAscii(told)) {
            return Optional.ofNullable(told);
        }
        String option = "-D" + name + "=";
        return Optional.of(kept("cmdline").orElse(List.of()).stream()
                .filter(word -> word.startsWith(option))
                .findFirst()
                .map(word -> word.substring(option.length()))
                .orElseGet(() -> encoded(told)));
    }

    private static Optional<List<String>> kept(String file) {
        try {
            String text = new String(Files.readAllBytes(PROC_SELF.resolve(file)), StandardCharsets.ISO_8859_1);
            List<String> strings = new ArrayList<>();
            int end;
            for (int at = 0; at < text.length(); at = end + 1) {
                end = text.indexOf(0, at);
                end = end < 0 ? text.length() : end;
                strings.add(text.substring(at, end));
            }
            return Optional.of(strings);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean agree(List<String> words, List<String> bytes) {
        for (int i = 0; i < words.size(); i++) {
            if (HostPaths.isAscii(words.get(i)) && !words.get(i).equals(bytes.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String encoded(String text) {
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return new String(text.getBytes(encoding), StandardCharsets.ISO_8859_1);
    }
}
