package dev.gostub.emulator.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code struct msg_queue}. Times are seconds since 1970.
 *
 * @param limit {@code msg_qbytes}
 */
public record MessageQueue(
        IpcPermission permission, List<Text> texts, long limit, Traffic sent, Traffic received, long changed)
        implements IpcObject {
    /** A message; the bytes are never changed. */
    public record Text(long type, byte[] bytes) {}

    /** Who did it last, and when. */
    public record Traffic(int process, long at) {}

    public long usedBytes() {
        return texts.stream().mapToLong(text -> text.bytes.length).sum();
    }

    /** {@code msg_fits_inqueue}. */
    boolean takes(int lengthBytes) {
        return usedBytes() + lengthBytes <= limit && texts.size() + 1 <= limit;
    }

    MessageQueue with(IpcPermission other, long newLimit, long now) {
        return new MessageQueue(other, texts, newLimit, sent, received, now);
    }

    MessageQueue after(Traffic sending) {
        return new MessageQueue(permission, texts, limit, sending, received, changed);
    }

    MessageQueue with(Text text) {
        List<Text> more = new ArrayList<>(texts);
        more.add(text);
        return new MessageQueue(permission, List.copyOf(more), limit, sent, received, changed);
    }

    MessageQueue without(int index, Traffic receiving) {
        List<Text> fewer = new ArrayList<>(texts);
        fewer.remove(index);
        return new MessageQueue(permission, List.copyOf(fewer), limit, sent, receiving, changed);
    }

    MessageQueue afterReceiving(Traffic receiving) {
        return new MessageQueue(permission, texts, limit, sent, receiving, changed);
    }
}
