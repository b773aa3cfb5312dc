package dev.gostub.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests need; a test without its tool is skipped and says so. */
final class Tool {
    private Tool() {}

    static Optional<Path> find(String name) {
        if (name.startsWith("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        String home = System.getProperty("user.home");
        String path = home + "/go/bin:" + System.getenv().getOrDefault("PATH", "") + ":/usr/local/go/bin";
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The tool's path; without it the running test is aborted, which reports count as skipped, with this reason. */
    static Path need(String name) {
        Optional<Path> found = find(name);
        Assumptions.assumeTrue(found.isPresent(), "SKIPPED: no " + name + " on this machine");
        return found.orElseThrow();
    }

    /** A dlv that knows the Go of today; a distribution's may be years older. */
    static Path needDlvOfToday() throws IOException, InterruptedException {
        Path dlv = Client.dlv().file();
        try (Running version = Running.start(new ProcessBuilder(dlv.toString(), "version"))) {
            version.exit();
            Matcher number = Pattern.compile("Version: 1\\.(\\d+)").matcher(version.out.text());
            int minor = number.find() ? Integer.parseInt(number.group(1)) : 0;
            Assumptions.assumeTrue(minor >= 26, "SKIPPED: " + dlv + " is older than 1.26");
        }
        return dlv;
    }

    static boolean isLinuxAmd64() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
