package dev.gostub.emulator.machine;

import dev.gostub.emulator.kernel.Task;
import java.util.HexFormat;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs instructions that nobody knows, each address once: that is our list of work. */
final class UnknownInstructions {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownInstructions.class);
    private static final int LONGEST_BYTES = 15;
    private static final int MOST = 1000;

    private final TreeSet<Long> seen = new TreeSet<>();

    void report(Task task) {
        if (seen.size() >= MOST || !seen.add(task.cpu().rip)) {
            return;
        }
        byte[] bytes = new byte[LONGEST_BYTES];
        int count = task.process().memory().peek(task.cpu().rip, bytes, 0, bytes.length);
        if (count >= 2
                && bytes[0] == 0x0f
                && (bytes[1] == 0x0b || bytes[1] == (byte) 0xb9 || bytes[1] == (byte) 0xff)) {
            return; // UD2, UD1, UD0: meant to be undefined
        }
        LOG.warn(
                "unknown instruction {} at 0x{}: SIGILL for task {}",
                HexFormat.ofDelimiter(" ").formatHex(bytes, 0, count),
                Long.toHexString(task.cpu().rip),
                task.id());
    }
}
