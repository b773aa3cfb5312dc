package dev.gostub.app;

import dev.gostub.server.handler.EndCause;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.session.SessionSettings;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.Target;
import dev.gostub.server.transport.DebugServer;
import dev.gostub.server.transport.ListenAddress;
import dev.gostub.server.transport.ListenException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A debug server over a target, from the bound port to the exit status of this process. Sessions run on the server's own
 * thread; ours waits for the one after which there is nothing left to do.
 */
final class Serving implements AutoCloseable {
    /** What makes the server end by itself. */
    enum Lifetime {
        /** The first client's going, whatever it leaves behind. */
        ONE_CLIENT,
        /** A client's going after the guest has ended. */
        ONE_GUEST,
        /** Nothing. */
        FOREVER
    }

    /** Exit status if nobody can be served. */
    private static final int FAILURE = 1;

    private final Target target;
    private final Lifetime lifetime;
    private final BlockingQueue<Integer> status = new ArrayBlockingQueue<>(1);
    private final DebugServer server;

    private Serving(Target target, Lifetime lifetime, ListenAddress listen, Personality personality, PacketLog log)
            throws UserError {
        this.target = target;
        this.lifetime = lifetime;
        try {
            server = DebugServer.start(listen, new SessionSettings(target, personality, log, this::ended));
        } catch (ListenException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    /** Binds and serves gdb, and clients that are like it. */
    static Serving gdb(Target target, Lifetime lifetime, ListenAddress listen, PacketLog log) throws UserError {
        return new Serving(target, lifetime, listen, Personality.gdb(), log);
    }

    /** Binds and serves the one client that started us as its {@code lldb-server}. */
    static Serving lldb(Target target, ListenAddress listen, PacketLog log) throws UserError {
        return new Serving(target, Lifetime.ONE_CLIENT, listen, Personality.lldb(), log);
    }

    /** Where clients find us, with the port that was found for port 0. */
    ListenAddress address() {
        return server.address();
    }

    /** Waits for the end; the result is the exit status of this process. */
    int await() {
        try {
            return status.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** At the end of this process: the socket file goes, and nothing is waited for. */
    void stopListening() {
        server.stopListening();
    }

    @Override
    public void close() {
        server.close();
    }

    /** On the session thread: the target stands still. */
    private void ended(EndCause cause) {
        Optional<StopReason> last = target.lastStop();
        OptionalInt guest = cause == EndCause.KILLED ? OptionalInt.of(0) : exitStatus(last);
        boolean over = switch (lifetime) {
            case ONE_CLIENT -> true;
            case ONE_GUEST -> guest.isPresent();
            case FOREVER -> false;
        };
        boolean unserved = cause == EndCause.UNSERVED;
        // False if an earlier session has said so already: its status counts.
        if ((over || unserved) && !status.offer(unserved ? FAILURE : guest.orElse(0))) return;
    }

    /** The guest's exit status in a shell's terms, if it has ended. */
    static OptionalInt exitStatus(Optional<StopReason> last) {
        return switch (last.orElse(new StopReason.NoneLeft())) {
            case StopReason.Exited exited -> OptionalInt.of(exited.status());
            case StopReason.Killed killed -> OptionalInt.of(128 + killed.signal());
            case StopReason.OfThread _, StopReason.NoneLeft _ -> OptionalInt.empty();
        };
    }
}
