package dev.gostub.emulator.kernel;

import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of our own mistakes: an exception that nobody foresaw costs what was being done, and is logged with its stack, each place once. The machine goes on, and so
 * does everybody in it who had nothing to do with it.
 *
 * <p>Where such exceptions are caught: in a system call, in a step of an end, in a timer, in a look at what a task waits for, and in a round of the run loop. Nowhere else: code in between
 * lets them pass.
 */
public final class Defects {
    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final int MOST_PLACES = 1000;

    /** Not a state of the machine: what was logged already. */
    private final TreeSet<String> seen = new TreeSet<>();

    /** Something that must be tried, and whose failure must not keep the rest from being done. */
    @FunctionalInterface
    public interface Step {
        void take();
    }

    /**
     * Logs a defect, if it is the first one at its place.
     *
     * @param what what failed, and what that costs
     */
    public void report(Throwable defect, Supplier<String> what) {
        if (seen.size() < MOST_PLACES && seen.add(place(defect))) {
            LOG.error("internal error: {}", text(what), defect);
        }
    }

    /** Takes a step; one that fails counts as taken. */
    public void contain(String what, Step step) {
        try {
            step.take();
        } catch (RuntimeException | Error defect) {
            report(defect, () -> what + " failed and was left out");
        }
    }

    /** The kind of exception and where it was thrown: a stack that has overflowed has the same end wherever it began. */
    private static String place(Throwable defect) {
        StackTraceElement[] stack = defect.getStackTrace();
        return defect.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }

    /** To describe what failed must not fail. */
    private static String text(Supplier<String> what) {
        try {
            return what.get();
        } catch (RuntimeException | Error undescribed) {
            return "something that cannot even be described: " + undescribed;
        }
    }
}
