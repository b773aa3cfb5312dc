package dev.gostub.server.handler;

import dev.gostub.server.target.SignalPolicy;
import dev.gostub.server.target.SignalSet;

/**
 * What differs between the clients: chosen by how the server was started, and changed once if the client of a gdb session
 * turns out to be lldb.
 *
 * @param dialect whose packets and numbers
 * @param origin whose process it is, for {@code qAttached}
 */
public record Personality(Dialect dialect, Origin origin) {
    private static final int SIGURG = 23;

    /** Whose protocol. */
    public enum Dialect {
        /** gdb's own: its signal numbers, {@code pPID.TID}, program output to our own terminal. */
        GDB,
        /**
         * lldb-server's, which dlv expects: Linux signal numbers, {@code ;thread:TID;} suffixes, all threads and a reason
         * in stop replies, program output in {@code O} packets, signals passed to the program unseen.
         */
        LLDB
    }

    /** Where the process came from. */
    public enum Origin {
        /** We started it; gdb kills it when it quits. */
        STARTED,
        /** It was there before; gdb lets go of it when it quits. */
        ATTACHED
    }

    /** For gdb, and a program that we started. */
    public static Personality gdb() {
        return new Personality(Dialect.GDB, Origin.STARTED);
    }

    /** For clients that launch {@code lldb-server}. */
    public static Personality lldb() {
        return new Personality(Dialect.LLDB, Origin.STARTED);
    }

    /** The same process for an lldb that was told gdb's port ({@code gdb-remote PORT}). */
    Personality inLldbsDialect() {
        return new Personality(Dialect.LLDB, origin);
    }

    boolean isLldb() {
        return dialect == Dialect.LLDB;
    }

    /**
     * How signals are treated for that lldb: as gdb treats them by default. lldb itself would stop its user at each of the
     * Go scheduler's own SIGURG.
     */
    static SignalPolicy signalsForLldb() {
        return new SignalPolicy(SignalSet.none().with(SIGURG), SignalSet.all());
    }

    /**
     * How signals are treated before the client says anything. dlv hands every signal back to the program and tells its
     * user about none, so that stopping for Go's own SIGURG would only cost round trips.
     */
    public SignalPolicy initialSignals() {
        return switch (dialect) {
            case GDB -> SignalPolicy.stopAtAll();
            case LLDB -> SignalPolicy.passAll();
        };
    }
}
