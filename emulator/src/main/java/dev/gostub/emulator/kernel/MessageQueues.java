package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.SystemVIpc;
import dev.gostub.emulator.kernel.MessageQueue.Text;
import dev.gostub.emulator.kernel.MessageQueue.Traffic;
import dev.gostub.emulator.kernel.WaitCondition.MessageIn;
import dev.gostub.emulator.kernel.WaitCondition.MessageOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** System V message queues, ipc/msg.c. Who sends hands the message to the first who waits for one like it; who receives lets in what waits for room. */
public final class MessageQueues {
    /** What {@link #send} and {@link #receive} say if the task has to wait. */
    public static final long WOULD_BLOCK = Long.MAX_VALUE;

    private final Kernel kernel;
    private final IpcIds<MessageQueue> ids = new IpcIds<>(SystemVIpc.MSGMNI);
    /** Waiting tasks of all queues, senders and receivers, in the order in which they came. */
    private final ArrayList<Task> waiting = new ArrayList<>();

    MessageQueues(Kernel kernel) {
        this.kernel = kernel;
    }

    public boolean isFull() {
        return ids.isFull();
    }

    public Optional<MessageQueue> find(int id) {
        return ids.find(id);
    }

    public Optional<MessageQueue> at(int place) {
        return ids.at(place);
    }

    public Optional<MessageQueue> findKey(int key) {
        return ids.findKey(key);
    }

    public List<MessageQueue> all() {
        return ids.all();
    }

    public int highestPlace() {
        return ids.highestPlace();
    }

    /** Makes a queue: its id. */
    public int create(int key, Process process, int mode) {
        IpcPermission permission = IpcPermission.of(key, ids.next(), process.credentials(), mode);
        Traffic none = new Traffic(0, 0);
        ids.put(new MessageQueue(permission, List.of(), SystemVIpc.MSGMNB, none, none, now()));
        return permission.id();
    }

    /** {@code IPC_SET}. */
    public void change(MessageQueue queue, IpcPermission permission, long limit) {
        ids.put(queue.with(permission, limit, now()));
        admit(permission.id());
    }

    /** {@code IPC_RMID}. */
    public void remove(MessageQueue queue) {
        ids.remove(queue.permission().id());
        for (Task task : List.copyOf(waiting)) {
            if (condition(task) instanceof MessageIn(int id, var _)
                            && id == queue.permission().id()
                    || condition(task) instanceof MessageOut(int to, var _)
                            && to == queue.permission().id()) {
                finish(task, Errno.EIDRM.result());
            }
        }
    }

    private long now() {
        return Ipc.seconds(kernel);
    }

    private Traffic by(Task task) {
        return new Traffic(task.process().id(), now());
    }

    // ---- sending

    /** {@code msgsnd(2)}: 0, or {@link #WOULD_BLOCK}. */
    public long send(Task task, MessageQueue queue, Text text) {
        if (!queue.takes(text.bytes().length)) {
            return WOULD_BLOCK;
        }
        ids.put(queue.after(by(task)));
        int id = queue.permission().id();
        if (!handOver(id, text)) {
            ids.put(current(id).with(text));
        }
        return 0;
    }

    private MessageQueue current(int id) {
        return ids.find(id).orElseThrow();
    }

    /** {@code pipelined_send}: those for whom it is too long hear of that. */
    private boolean handOver(int id, Text text) {
        for (Task task : List.copyOf(waiting)) {
            if (condition(task) instanceof MessageIn(int of, Selection selection)
                    && of == id
                    && selection.matches().test(text)) {
                if (selection.refuses(text)) {
                    finish(task, Errno.E2BIG.result());
                } else {
                    ids.put(current(id).afterReceiving(by(task)));
                    finish(task, give(task, selection, text));
                    return true;
                }
            }
        }
        return false;
    }

    // ---- receiving

    /** What somebody wants to receive, and where to: the arguments of {@code msgrcv(2)}. */
    public record Selection(long address, long room, long type, int flags) {
        private Predicate<Text> matches() {
            if ((flags & SystemVIpc.MSG_COPY) != 0 || type == 0) {
                return _ -> true;
            }
            if (type < 0) {
                return text -> text.type() <= (type == Long.MIN_VALUE ? Long.MAX_VALUE : -type);
            }
            boolean others = (flags & SystemVIpc.MSG_EXCEPT) != 0;
            return text -> text.type() == type != others;
        }

        private boolean refuses(Text text) {
            return room < text.bytes().length && (flags & SystemVIpc.MSG_NOERROR) == 0;
        }

        /** {@code find_msg}: the place in the queue, or -1. */
        private int find(List<Text> texts) {
            if ((flags & SystemVIpc.MSG_COPY) != 0) {
                return type >= 0 && type < texts.size() ? (int) type : -1;
            }
            int found = -1;
            for (int i = 0; i < texts.size(); i++) {
                if (matches().test(texts.get(i))) {
                    if (type >= 0) {
                        return i;
                    }
                    found = found < 0 || texts.get(i).type() < texts.get(found).type() ? i : found;
                }
            }
            return found;
        }
    }

    /** {@code msgrcv(2)}: a count, a negative errno, or {@link #WOULD_BLOCK}. */
    public long receive(Task task, MessageQueue queue, Selection selection) {
        int index = selection.find(queue.texts());
        if (index < 0) {
            return WOULD_BLOCK;
        }
        Text text = queue.texts().get(index);
        if (selection.refuses(text)) {
            return Errno.E2BIG.result();
        }
        if ((selection.flags & SystemVIpc.MSG_COPY) == 0) {
            ids.put(queue.without(index, by(task)));
            admit(queue.permission().id());
        }
        return give(task, selection, text);
    }

    private static long give(Task task, Selection selection, Text text) {
        int length = (int) Math.min(selection.room, text.bytes().length);
        byte[] message = new byte[Long.BYTES + length];
        LittleEndian.put64(message, 0, text.type());
        System.arraycopy(text.bytes(), 0, message, Long.BYTES, length);
        int done = task.process().memory().copyOut(selection.address, message, 0, message.length);
        return done < message.length ? Errno.EFAULT.result() : length;
    }

    /** There may be room: those who wait for it come in ({@code ss_wakeup}). */
    private void admit(int id) {
        for (Task task : List.copyOf(waiting)) {
            if (condition(task) instanceof MessageOut(int to, Text text)
                    && to == id
                    && send(task, current(id), text) == 0) {
                finish(task, 0);
            }
        }
    }

    // ---- those who wait

    void enter(Task task) {
        waiting.add(task);
    }

    void leave(Task task) {
        waiting.remove(task);
    }

    private void finish(Task task, long result) {
        waiting.remove(task);
        kernel.complete(task, result);
    }

    /** Of somebody who has been served meanwhile, that he waits for nothing. */
    private static WaitCondition condition(Task task) {
        return task.state instanceof TaskState.Blocked(Block block) ? block.condition() : new WaitCondition.Never();
    }

    Snapshot capture() {
        return new Snapshot(ids.capture(), waiting.stream().map(Task::id).toList());
    }

    /** The tasks are there already. */
    void restore(Snapshot snapshot) {
        ids.restore(snapshot.ids);
        waiting.clear();
        snapshot.waiting.forEach(id -> waiting.add(kernel.task(id).orElseThrow()));
    }

    /** The queues at one moment. */
    record Snapshot(IpcIds.Snapshot<MessageQueue> ids, List<Integer> waiting) {}
}
