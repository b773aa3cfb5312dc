package dev.gostub.emulator.host;

import dev.gostub.emulator.host.Terminal.Size;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminal that this process belongs to, asked and changed by stty(1): Java has no call for it, and stty is the same on every Unix. A guest that ends leaves the terminal as
 * it has set it, as on Linux; when this process is told to end before the guest, the modes from before come back.
 */
final class ControllingTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(ControllingTerminal.class);
    private static final File DEVICE = new File("/dev/tty");
    private static final long PATIENCE_SECONDS = 2;
    private static final long RESTORING_MILLIS = 50;
    /** Programs ask for the size again and again; stty takes some ten milliseconds. */
    private static final long FRESH_NANOS = 50_000_000;

    private Size size = Size.USUAL;
    private long asked;
    private boolean changed;

    Size size() {
        long now = System.nanoTime();
        if (asked == 0 || now - asked > FRESH_NANOS) {
            size = stty(List.of("size")).flatMap(ControllingTerminal::parse).orElse(size);
            asked = now;
        }
        return size;
    }

    private static Optional<Size> parse(String text) {
        String[] words = text.split(" ", -1);
        try {
            Size parsed = new Size(Integer.parseInt(words[0]), Integer.parseInt(words[words.length - 1]));
            return parsed.rows() > 0 && parsed.columns() > 0 ? Optional.of(parsed) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    void setModes(List<String> modes) {
        if (!changed) {
            changed = true;
            stty(List.of("-g"))
                    .ifPresent(before ->
                            Runtime.getRuntime().addShutdownHook(new Thread(() -> restore(before), "terminal modes")));
        }
        stty(modes);
    }

    /** At the end of this process, which does not wait for stty: it does its work without us, too. */
    private static void restore(String before) {
        try {
            Process stty = new ProcessBuilder("stty", before)
                    .redirectInput(DEVICE)
                    .redirectError(Redirect.DISCARD)
                    .start();
            boolean _ = stty.waitFor(RESTORING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException failure) {
            LOG.debug("stty {}: {}", before, failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What stty prints; empty if there is no terminal, or no stty. */
    private static Optional<String> stty(List<String> words) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(words);
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(DEVICE)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try {
                // It is stopped, and never ends, where this process is in the background.
                if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                return stty.exitValue() == 0 ? Optional.of(text) : Optional.empty();
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException failure) {
            LOG.debug("stty {}: {}", words, failure.getMessage());
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
