package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.FutexOperation.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.WaitCondition.Futex;
import dev.gostub.emulator.kernel.WaitCondition.FutexKey;

/** {@code futex(2)}. */
final class FutexCalls {
    private FutexCalls() {}

    static SyscallResult futex(SyscallContext call) {
        int operation = call.integer(1);
        int command = operation & FUTEX_CMD_MASK;
        if ((call.argument(0) & 3) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return switch (command) {
            case FUTEX_WAIT -> await(call, operation, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAIT_BITSET -> await(call, operation, call.integer(5));
            case FUTEX_WAKE -> wake(call, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAKE_BITSET -> wake(call, call.integer(5));
            case FUTEX_REQUEUE -> requeue(call);
            case FUTEX_CMP_REQUEUE -> compareAndRequeue(call);
            case FUTEX_WAKE_OP -> wakeOperation(call);
            default -> SyscallResult.failure(Errno.ENOSYS);
        };
    }

    private static FutexKey key(SyscallContext call, int argument) {
        boolean everywhere = (call.integer(1) & FUTEX_PRIVATE_FLAG) == 0;
        return FutexKey.of(call.process(), call.argument(argument), everywhere);
    }

    private static SyscallResult await(SyscallContext call, int operation, int bitset) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        if (bitset == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long deadline = deadline(call, operation);
        if (call.read32(call.argument(0)) != call.integer(2)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        Block block = Block.on(new Futex(key(call, 0), bitset)).until(deadline);
        return SyscallResult.wait(deadline == Block.FOREVER ? block : block.restart(Block.Restart.REST_OF_TIME));
    }

    /** FUTEX_WAIT takes a span, FUTEX_WAIT_BITSET a point in time of the clock that the operation names. */
    private static long deadline(SyscallContext call, int operation) {
        if (call.argument(3) == 0) {
            return Block.FOREVER;
        }
        long nanos = call.timespec(call.argument(3));
        if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT) {
            return call.deadlineAfter(nanos);
        }
        return (operation & FUTEX_CLOCK_REALTIME) != 0 ? nanos + call.clock().monotonicMinusRealtime() : nanos;
    }

    private static SyscallResult wake(SyscallContext call, int bitset) {
        if (bitset == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        // Linux wakes one even if asked for none (kernel/futex/waitwake.c: ++ret >= nr_wake).
        return SyscallResult.value(call.kernel().futexes().wake(key(call, 0), Math.max(1, call.integer(2)), bitset));
    }

    private static SyscallResult requeue(SyscallContext call) {
        int limit = (int) call.argument(3);
        if (call.integer(2) < 0 || limit < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int woken = call.kernel().futexes().wake(key(call, 0), call.integer(2), FUTEX_BITSET_MATCH_ANY);
        return SyscallResult.value(woken + call.kernel().futexes().requeue(key(call, 0), key(call, 4), limit));
    }

    private static SyscallResult compareAndRequeue(SyscallContext call) {
        return call.read32(call.argument(0)) == call.integer(5) ? requeue(call) : SyscallResult.failure(Errno.EAGAIN);
    }

    private static SyscallResult wakeOperation(SyscallContext call) {
        int encoded = call.integer(5);
        long address = call.argument(4);
        int before = call.read32(address);
        call.write32(address, apply(encoded, before));
        int woken = call.kernel().futexes().wake(key(call, 0), Math.max(1, call.integer(2)), FUTEX_BITSET_MATCH_ANY);
        if (compare(encoded, before)) {
            int second = (int) Math.max(1, call.argument(3));
            woken += call.kernel().futexes().wake(key(call, 4), second, FUTEX_BITSET_MATCH_ANY);
        }
        return SyscallResult.value(woken);
    }

    private static int apply(int encoded, int before) {
        int operation = encoded >>> 28;
        int argument = encoded << 8 >> 20;
        if ((operation & FUTEX_OP_OPARG_SHIFT) != 0) {
            argument = 1 << (argument & 31);
        }
        return switch (operation & 7) {
            case FUTEX_OP_SET -> argument;
            case FUTEX_OP_ADD -> before + argument;
            case FUTEX_OP_OR -> before | argument;
            case FUTEX_OP_ANDN -> before & ~argument;
            case FUTEX_OP_XOR -> before ^ argument;
            default -> throw new SyscallException(Errno.ENOSYS);
        };
    }

    private static boolean compare(int encoded, int before) {
        int argument = encoded << 20 >> 20;
        return switch (encoded >>> 24 & 0xf) {
            case FUTEX_OP_CMP_EQ -> before == argument;
            case FUTEX_OP_CMP_NE -> before != argument;
            case FUTEX_OP_CMP_LT -> before < argument;
            case FUTEX_OP_CMP_LE -> before <= argument;
            case FUTEX_OP_CMP_GT -> before > argument;
            case FUTEX_OP_CMP_GE -> before >= argument;
            default -> throw new SyscallException(Errno.ENOSYS);
        };
    }
}
