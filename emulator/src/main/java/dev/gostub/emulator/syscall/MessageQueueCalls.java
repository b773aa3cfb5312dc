package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.SystemVIpc.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.MessageQueue;
import dev.gostub.emulator.kernel.MessageQueue.Text;
import dev.gostub.emulator.kernel.MessageQueues;
import dev.gostub.emulator.kernel.MessageQueues.Selection;
import dev.gostub.emulator.kernel.WaitCondition;

/** System V message queues: {@code msgget(2)}, {@code msgsnd(2)}, {@code msgrcv(2)}, {@code msgctl(2)}; ipc/msg.c. */
final class MessageQueueCalls {
    private MessageQueueCalls() {}

    private static MessageQueues queues(SyscallContext call) {
        return call.kernel().ipc().messages();
    }

    /** msgget(2): its flags are the second argument. */
    static SyscallResult msgget(SyscallContext call) {
        int key = call.integer(0);
        int flags = call.integer(1);
        return IpcCalls.get(
                call, new IpcCalls.Wanted(key, flags, false), queues(call).findKey(key), () -> {
                    if (queues(call).isFull()) {
                        throw new SyscallException(Errno.ENOSPC);
                    }
                    return queues(call).create(key, call.process(), flags);
                });
    }

    /** msgsnd(2). */
    static SyscallResult msgsnd(SyscallContext call) {
        long type = call.read64(call.argument(1));
        long length = call.argument(2);
        if (length < 0 || length > MSGMAX || call.integer(0) < 0 || type < 1) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Text text = new Text(type, call.read(call.argument(1) + Long.BYTES, (int) length));
        MessageQueue queue = IpcCalls.existing(queues(call).find(call.integer(0)));
        IpcCalls.requirePermission(call, queue, S_IWUGO);
        long result = queues(call).send(call.task(), queue, text);
        if (result != MessageQueues.WOULD_BLOCK) {
            return SyscallResult.of(result);
        }
        return (call.integer(3) & IPC_NOWAIT) != 0
                ? SyscallResult.failure(Errno.EAGAIN)
                : waiting(new WaitCondition.MessageOut(call.integer(0), text));
    }

    private static SyscallResult waiting(WaitCondition condition) {
        return SyscallResult.wait(Block.on(condition).restart(Block.Restart.NEVER));
    }

    /** msgrcv(2). */
    static SyscallResult msgrcv(SyscallContext call) {
        int flags = call.integer(4);
        boolean waits = (flags & IPC_NOWAIT) == 0;
        boolean copies = (flags & MSG_COPY) != 0;
        if (call.integer(0) < 0 || call.argument(2) < 0 || copies && (waits || (flags & MSG_EXCEPT) != 0)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        MessageQueue queue = IpcCalls.existing(queues(call).find(call.integer(0)));
        IpcCalls.requirePermission(call, queue, S_IRUGO);
        Selection selection = new Selection(call.argument(1), call.argument(2), call.argument(3), flags);
        long result = queues(call).receive(call.task(), queue, selection);
        if (result != MessageQueues.WOULD_BLOCK) {
            return SyscallResult.of(result);
        }
        return waits
                ? waiting(new WaitCondition.MessageIn(call.integer(0), selection))
                : SyscallResult.failure(Errno.ENOMSG);
    }

    // ---- msgctl(2)

    /** msgctl(2). */
    static SyscallResult msgctl(SyscallContext call) {
        int command = call.integer(1);
        if (call.integer(0) < 0 || command < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return switch (command) {
            case IPC_INFO, MSG_INFO -> limits(call, command == MSG_INFO);
            case IPC_STAT, MSG_STAT, MSG_STAT_ANY -> status(call, command);
            case IPC_SET -> set(call);
            case IPC_RMID -> {
                queues(call).remove(owned(call));
                yield SyscallResult.OK;
            }
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    private static MessageQueue owned(SyscallContext call) {
        MessageQueue queue = IpcCalls.existing(queues(call).find(call.integer(0)));
        IpcCalls.requireOwner(call, queue);
        return queue;
    }

    /** {@code struct msginfo}: of the system, or what is in use. */
    private static SyscallResult limits(SyscallContext call, boolean use) {
        var all = queues(call).all();
        int texts = all.stream().mapToInt(queue -> queue.texts().size()).sum();
        int bytes = (int) all.stream().mapToLong(MessageQueue::usedBytes).sum();
        int[] numbers = {
            use ? all.size() : MSGMNI * (MSGMNB / 1024),
            use ? texts : MSGMNB,
            MSGMAX,
            MSGMNB,
            MSGMNI,
            16,
            use ? bytes : MSGMNB
        };
        byte[] b = new byte[32];
        for (int i = 0; i < numbers.length; i++) {
            LittleEndian.put32(b, Integer.BYTES * i, numbers[i]);
        }
        LittleEndian.put16(b, 28, 0xffff);
        call.write(call.argument(2), b);
        return SyscallResult.value(queues(call).highestPlace());
    }

    private static SyscallResult status(SyscallContext call, int command) {
        int id = call.integer(0);
        MessageQueue queue = IpcCalls.existing(
                command == IPC_STAT ? queues(call).find(id) : queues(call).at(id));
        if (command != MSG_STAT_ANY) {
            IpcCalls.requirePermission(call, queue, S_IRUGO);
        }
        byte[] b = IpcCalls.structure(MSQID_BYTES, queue.permission());
        LittleEndian.put64(b, MSG_STIME, queue.sent().at());
        LittleEndian.put64(b, MSG_RTIME, queue.received().at());
        LittleEndian.put64(b, MSG_CTIME, queue.changed());
        LittleEndian.put64(b, MSG_CBYTES, queue.usedBytes());
        LittleEndian.put64(b, MSG_QNUM, queue.texts().size());
        LittleEndian.put64(b, MSG_QBYTES, queue.limit());
        LittleEndian.put32(b, MSG_LSPID, queue.sent().process());
        LittleEndian.put32(b, MSG_LRPID, queue.received().process());
        call.write(call.argument(2), b);
        return SyscallResult.value(command == IPC_STAT ? 0 : queue.permission().id());
    }

    private static SyscallResult set(SyscallContext call) {
        byte[] wanted = call.read(call.argument(2), MSQID_BYTES);
        MessageQueue queue = owned(call);
        long limit = LittleEndian.get64(wanted, MSG_QBYTES);
        boolean privileged = call.process().credentials().effectiveUser() == 0;
        if (Long.compareUnsigned(limit, MSGMNB) > 0 && !privileged) {
            return SyscallResult.failure(Errno.EPERM);
        }
        queues(call).change(queue, IpcCalls.changed(queue.permission(), wanted), limit);
        return SyscallResult.OK;
    }
}
