package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.host.Terminal;
import java.util.Arrays;

/**
 * What has arrived on standard input and was not yet read by the guest. It arrives only in {@link #deliver}, which the machine calls
 * between turns: so input comes at a known moment and can come again at the same one.
 */
final class StandardInput implements Stateful {
    private final Terminal terminal;
    private final Activity activity;
    private byte[] waiting = new byte[0];
    private boolean wanted;
    private boolean ended;

    StandardInput(Terminal terminal, Activity activity) {
        this.terminal = terminal;
        this.activity = activity;
    }

    Activity activity() {
        return activity;
    }

    boolean isWanted() {
        return wanted && !ended;
    }

    void deliver(Terminal.Input input) {
        if (input.isSomething()) {
            int before = waiting.length;
            waiting = Arrays.copyOf(waiting, before + input.bytes().length);
            System.arraycopy(input.bytes(), 0, waiting, before, input.bytes().length);
            ended |= input.ended();
            activity.noteReadable();
        }
    }

    long read(byte[] into, int at, int length) {
        if (length == 0) {
            return 0;
        }
        if (waiting.length == 0) {
            want();
            return ended ? end() : Errno.EAGAIN.result();
        }
        int count = Math.min(length, waiting.length);
        System.arraycopy(waiting, 0, into, at, count);
        waiting = Arrays.copyOfRange(waiting, count, waiting.length);
        return count;
    }

    /** A pipe or file has ended for good. At a terminal ^D is the end of one read: whoever reads again waits again. */
    private long end() {
        if (terminal.isTerminal(Terminal.Stream.INPUT)) {
            ended = false;
            wanted = false;
        }
        return 0;
    }

    /** Asking for readiness counts as wanting input, or a guest that polls first would never get any. */
    int readiness() {
        want();
        return waiting.length > 0 ? Poll.READABLE : ended ? Poll.READABLE | Poll.POLLHUP : 0;
    }

    int available() {
        want();
        return waiting.length;
    }

    private void want() {
        if (!wanted) {
            wanted = true;
            terminal.want();
        }
    }

    @Override
    public Saved capture() {
        byte[] bytes = waiting;
        boolean end = ended;
        boolean asked = wanted;
        Saved events = activity.capture();
        return () -> {
            waiting = bytes;
            ended = end;
            wanted = asked;
            events.restore();
        };
    }
}
