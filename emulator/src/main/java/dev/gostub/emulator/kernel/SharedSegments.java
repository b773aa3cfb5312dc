package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.SystemVIpc;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.vfs.SeekableObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * System V shared memory, ipc/shm.c. Who has a segment attached is not written down: the mappings of the processes say it. So a segment that was removed goes when somebody looks next and nobody has it.
 */
public final class SharedSegments {
    private final Kernel kernel;
    private final IpcIds<SharedSegment> ids = new IpcIds<>(SystemVIpc.SHMMNI);

    SharedSegments(Kernel kernel) {
        this.kernel = kernel;
    }

    private IpcIds<SharedSegment> ids() {
        for (SharedSegment segment : ids.all()) {
            if (segment.isDoomed() && attachments(segment) == 0) {
                ids.remove(segment.permission().id());
            }
        }
        return ids;
    }

    public boolean isFull() {
        return ids().isFull();
    }

    public Optional<SharedSegment> find(int id) {
        return ids().find(id);
    }

    public Optional<SharedSegment> at(int place) {
        return ids().at(place);
    }

    public Optional<SharedSegment> findKey(int key) {
        return ids().findKey(key);
    }

    public List<SharedSegment> all() {
        return ids().all();
    }

    public int highestPlace() {
        return ids().highestPlace();
    }

    /** Makes a segment: its id. */
    public int create(int key, Process process, int mode, SeekableObject file, long sizeBytes) {
        IpcPermission permission = IpcPermission.of(key, ids().next(), process.credentials(), mode);
        ids.put(new SharedSegment(permission, sizeBytes, file, 0, 0, now(), process.id(), 0));
        return permission.id();
    }

    /** {@code shm_nattch}: mappings of it in all address spaces. */
    public long attachments(SharedSegment segment) {
        List<AddressSpace> seen = new ArrayList<>();
        long count = 0;
        for (Process process : kernel.processes()) {
            if (process.isAlive() && !seen.contains(process.memory())) {
                seen.add(process.memory());
                count += process.memory().mappings().stream()
                        .filter(mapping -> isOf(mapping, segment))
                        .count();
            }
        }
        return count;
    }

    /** Does a mapping show a segment. */
    public static boolean isOf(Mapping mapping, SharedSegment segment) {
        return mapping.backing() instanceof FileBacking backing && backing.file() == segment.file();
    }

    public void change(SharedSegment segment, IpcPermission permission) {
        ids.put(segment.with(permission, now()));
    }

    /** {@code SHM_LOCK}, {@code SHM_UNLOCK}: only remembered. */
    public void lock(SharedSegment segment, boolean lock) {
        IpcPermission old = segment.permission();
        int mode = lock ? old.mode() | SystemVIpc.SHM_LOCKED : old.mode() & ~SystemVIpc.SHM_LOCKED;
        ids.put(segment.with(old.withMode(mode), segment.changed()));
    }

    /** {@code IPC_RMID}. */
    public void remove(SharedSegment segment) {
        IpcPermission old = segment.permission().withoutKey();
        ids.put(segment.with(old.withMode(old.mode() | SystemVIpc.SHM_DEST), segment.changed()));
    }

    public void attached(SharedSegment segment, Process by) {
        ids.put(segment.attachedBy(by.id(), now()));
    }

    public void detached(SharedSegment segment, Process by) {
        ids.put(segment.detachedBy(by.id(), now()));
    }

    /** A process makes another one, which has attached what it has itself. */
    void inherited(Process parent) {
        for (SharedSegment segment : ids.all()) {
            if (has(parent.memory(), segment)) {
                attached(segment, parent);
            }
        }
    }

    /** A process gives its memory up. */
    void left(Process process, AddressSpace memory) {
        for (SharedSegment segment : ids.all()) {
            if (has(memory, segment)) {
                detached(segment, process);
            }
        }
    }

    private static boolean has(AddressSpace memory, SharedSegment segment) {
        return memory.mappings().stream().anyMatch(mapping -> isOf(mapping, segment));
    }

    private long now() {
        return Ipc.seconds(kernel);
    }

    IpcIds.Snapshot<SharedSegment> capture() {
        return ids.capture();
    }

    void restore(IpcIds.Snapshot<SharedSegment> snapshot) {
        ids.restore(snapshot);
    }
}
