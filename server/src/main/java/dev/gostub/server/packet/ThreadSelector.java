package dev.gostub.server.packet;

import dev.gostub.server.target.ThreadId;

/**
 * A thread as packets name it: one, any, or all.
 *
 * @param pid process number, {@link #ALL}, or {@link #ANY} when there was none
 * @param tid thread number, {@link #ALL} or {@link #ANY}
 */
public record ThreadSelector(long pid, long tid) {
    public static final long ANY = 0;
    public static final long ALL = -1;

    /** Names every thread there is. */
    public static ThreadSelector all() {
        return new ThreadSelector(ANY, ALL);
    }

    /** Names any thread. */
    public static ThreadSelector any() {
        return new ThreadSelector(ANY, ANY);
    }

    /** Names this thread. */
    public static ThreadSelector of(ThreadId thread) {
        return new ThreadSelector(thread.pid(), thread.tid());
    }

    /** True if it names no single thread. */
    public boolean isAll() {
        return tid == ALL;
    }

    /** True if {@code thread} is the one, or one of those, that is named. */
    public boolean matches(ThreadId thread) {
        boolean process = pid == ANY || pid == ALL || pid == thread.pid();
        return process && (tid == ANY || tid == ALL || tid == thread.tid());
    }

    /** {@code TID}, {@code pPID.TID} or {@code pPID}; numbers in hex, or -1. */
    static ThreadSelector parse(String text) throws MalformedPacketException {
        if (!text.startsWith("p")) {
            return new ThreadSelector(ANY, number(text));
        }
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new ThreadSelector(number(text.substring(1)), ALL);
        }
        return new ThreadSelector(number(text.substring(1, dot)), number(text.substring(dot + 1)));
    }

    private static long number(String text) throws MalformedPacketException {
        if (text.equals("-1")) {
            return ALL;
        }
        PacketReader reader = new PacketReader(text);
        long value = reader.hex();
        reader.end();
        if (value < 0) {
            throw new MalformedPacketException("no such thread number: " + text);
        }
        return value;
    }
}
