package dev.gostub.server.session;

import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own mistakes that one session has met: each is logged with its stack, once a place. Used by the session thread only. */
final class Defects {
    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final int MOST_PLACES = 1000;

    private final Set<String> seen = new TreeSet<>();

    void report(Throwable defect, String what) {
        StackTraceElement[] stack = defect.getStackTrace();
        String place = defect.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
        if (seen.size() < MOST_PLACES && seen.add(place)) {
            LOG.error("internal error: {}", what, defect);
        }
    }
}
