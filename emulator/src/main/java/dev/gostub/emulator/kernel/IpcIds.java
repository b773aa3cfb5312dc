package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.SystemVIpc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of one kind by id, {@code struct ipc_ids}. An id is a place and a sequence number; places are given in turn, and each time that they begin anew the sequence number grows ({@code ipc_idr_alloc} of
 * ipc/util.c).
 */
final class IpcIds<T extends IpcObject> {
    private static final int PLACE = (1 << SystemVIpc.SEQUENCE_SHIFT) - 1;
    /** {@code ipc_min_cycle}. */
    private static final int SHORTEST_CYCLE = 64;

    private static final int SEQUENCES = 1 << 31 - SystemVIpc.SEQUENCE_SHIFT;

    private final int most;
    private final TreeMap<Integer, T> byPlace = new TreeMap<>();
    private int nextPlace;
    private int lastPlace = -1;
    private int sequence;

    /** There may be so many at once. */
    IpcIds(int most) {
        this.most = most;
    }

    boolean isFull() {
        return byPlace.size() >= most;
    }

    /** The id of the next object, which {@link #put} is to bring. */
    int next() {
        int end = Math.min(Math.max(byPlace.size() * 3 / 2, SHORTEST_CYCLE), most);
        int place = free(nextPlace, end);
        if (place < 0) {
            place = free(0, end);
        }
        nextPlace = place + 1;
        if (place <= lastPlace) {
            sequence = (sequence + 1) % SEQUENCES;
        }
        lastPlace = place;
        return sequence << SystemVIpc.SEQUENCE_SHIFT | place;
    }

    private int free(int from, int end) {
        for (int place = from; place < end; place++) {
            if (!byPlace.containsKey(place)) {
                return place;
            }
        }
        return -1;
    }

    void put(T object) {
        byPlace.put(object.permission().id() & PLACE, object);
    }

    void remove(int id) {
        byPlace.remove(id & PLACE);
    }

    Optional<T> find(int id) {
        return id < 0
                ? Optional.empty()
                : at(id & PLACE).filter(each -> each.permission().id() == id);
    }

    /** The object at a place, whatever its sequence number ({@code SHM_STAT} and its like). */
    Optional<T> at(int place) {
        return Optional.ofNullable(byPlace.get(place & PLACE));
    }

    Optional<T> findKey(int key) {
        return byPlace.values().stream()
                .filter(each -> each.permission().key() == key)
                .findFirst();
    }

    /** By ascending place. */
    List<T> all() {
        return List.copyOf(byPlace.values());
    }

    /** The highest place that is taken; 0 if there is none, as the calls that ask for it have it. */
    int highestPlace() {
        return byPlace.isEmpty() ? 0 : byPlace.lastKey();
    }

    Snapshot<T> capture() {
        return new Snapshot<>(Map.copyOf(byPlace), nextPlace, lastPlace, sequence);
    }

    void restore(Snapshot<T> snapshot) {
        byPlace.clear();
        byPlace.putAll(snapshot.byPlace);
        nextPlace = snapshot.nextPlace;
        lastPlace = snapshot.lastPlace;
        sequence = snapshot.sequence;
    }

    record Snapshot<T>(Map<Integer, T> byPlace, int nextPlace, int lastPlace, int sequence) {}
}
