package dev.gostub.server.packet;

/** Which threads there are, and which one the packets without a thread mean. */
public sealed interface ThreadCommand extends Command {
    /** {@code Hg THREAD} — for registers, memory and queries. */
    record SelectGeneral(ThreadSelector thread) implements ThreadCommand {}

    /** {@code Hc THREAD} — for the old resume packets. */
    record SelectResumed(ThreadSelector thread) implements ThreadCommand {}

    /** {@code T THREAD} — does it live. */
    record Alive(ThreadSelector thread) implements ThreadCommand {}

    /** {@code qC} — which one is current. */
    record Current() implements ThreadCommand {}

    /** {@code qfThreadInfo} — the list from its start. */
    record First() implements ThreadCommand {}

    /** {@code qsThreadInfo} — the list goes on. */
    record Next() implements ThreadCommand {}

    /** {@code qThreadExtraInfo,THREAD} — text for people. */
    record ExtraText(ThreadSelector thread) implements ThreadCommand {}

    /** {@code qThreadStopInfoTHREAD} — lldb: the thread's own stop reply. */
    record StopOf(ThreadSelector thread) implements ThreadCommand {}

    /** {@code qGetTLSAddr:THREAD,OFFSET,LINK-MAP} — where is a thread-local variable. */
    record ThreadLocalAddress(ThreadSelector thread, long offset, long linkMap) implements ThreadCommand {}

    static ThreadCommand select(PacketReader in) throws MalformedPacketException {
        char purpose = in.character();
        ThreadSelector thread = ThreadSelector.parse(in.rest());
        return switch (purpose) {
            case 'g' -> new SelectGeneral(thread);
            case 'c' -> new SelectResumed(thread);
            default -> throw new MalformedPacketException("H" + purpose);
        };
    }

    static ThreadCommand alive(PacketReader in) throws MalformedPacketException {
        return new Alive(ThreadSelector.parse(in.rest()));
    }

    static ThreadCommand extraText(PacketReader in) throws MalformedPacketException {
        in.expect(',');
        return new ExtraText(ThreadSelector.parse(in.rest()));
    }

    static ThreadCommand threadLocal(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        ThreadSelector thread = ThreadSelector.parse(in.until(','));
        long offset = in.hex();
        in.expect(',');
        long linkMap = in.hex();
        in.end();
        return new ThreadLocalAddress(thread, offset, linkMap);
    }

    static ThreadCommand stopOf(PacketReader in) throws MalformedPacketException {
        return new StopOf(ThreadSelector.parse(in.rest()));
    }
}
