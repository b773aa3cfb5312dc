package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.FutexOperation.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.PiFutexes;
import dev.gostub.emulator.kernel.WaitCondition.Futex;
import dev.gostub.emulator.kernel.WaitCondition.FutexKey;
import dev.gostub.emulator.kernel.WaitCondition.PiFutex;
import dev.gostub.emulator.kernel.WaitCondition.RequeuePi;

/** {@code futex(2)}. */
final class FutexCalls {
    private FutexCalls() {}

    static SyscallResult futex(SyscallContext call) {
        int operation = call.integer(1);
        int command = operation & FUTEX_CMD_MASK;
        if ((call.argument(0) & 3) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        // do_futex of kernel/futex/syscalls.c
        boolean takesClock =
                command == FUTEX_WAIT_BITSET || command == FUTEX_WAIT_REQUEUE_PI || command == FUTEX_LOCK_PI2;
        if ((operation & FUTEX_CLOCK_REALTIME) != 0 && !takesClock) {
            return SyscallResult.failure(Errno.ENOSYS);
        }
        return switch (command) {
            case FUTEX_WAIT -> await(call, operation, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAIT_BITSET -> await(call, operation, call.integer(5));
            case FUTEX_WAKE -> wake(call, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAKE_BITSET -> wake(call, call.integer(5));
            case FUTEX_REQUEUE -> requeue(call);
            case FUTEX_CMP_REQUEUE -> compareAndRequeue(call);
            case FUTEX_WAKE_OP -> wakeOperation(call);
            case FUTEX_LOCK_PI, FUTEX_LOCK_PI2 -> lock(call, operation);
            case FUTEX_TRYLOCK_PI -> tryLock(call);
            case FUTEX_UNLOCK_PI -> SyscallResult.of(call.kernel().piFutexes().unlock(call.task(), word(call, 0)));
            case FUTEX_WAIT_REQUEUE_PI -> awaitRequeue(call, operation);
            case FUTEX_CMP_REQUEUE_PI -> compareAndRequeuePi(call);
            default -> SyscallResult.failure(Errno.ENOSYS);
        };
    }

    private static PiFutexes.Word word(SyscallContext call, int argument) {
        if ((call.argument(argument) & 3) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return new PiFutexes.Word(call.process(), call.argument(argument), key(call, argument));
    }

    private static SyscallResult lock(SyscallContext call, int operation) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        long deadline = deadline(call, operation);
        PiFutexes.Word word = word(call, 0);
        long taken = call.kernel().piFutexes().take(call.task(), word);
        if (taken == PiFutexes.MUST_WAIT) {
            if (deadline <= call.clock().monotonic()) {
                return SyscallResult.failure(Errno.ETIMEDOUT);
            }
            taken = call.kernel().piFutexes().attach(call.task(), word);
            if (taken == 0) {
                Block block = Block.on(new PiFutex(word.key(), word.address()));
                return SyscallResult.wait(block.until(deadline).restart(Block.Restart.ALWAYS));
            }
        }
        return SyscallResult.of(taken);
    }

    private static SyscallResult tryLock(SyscallContext call) {
        long taken = call.kernel().piFutexes().take(call.task(), word(call, 0));
        return taken == PiFutexes.MUST_WAIT ? SyscallResult.failure(Errno.EAGAIN) : SyscallResult.of(taken);
    }

    private static SyscallResult awaitRequeue(SyscallContext call, int operation) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        long deadline = deadline(call, operation);
        if (call.argument(0) == call.argument(4)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        PiFutexes.Word lock = word(call, 4);
        if (call.read32(call.argument(0)) != call.integer(2)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        if (key(call, 0).equals(lock.key())) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        Block block = Block.on(new RequeuePi(key(call, 0), lock.key(), lock.address()));
        return SyscallResult.wait(block.until(deadline).restart(Block.Restart.ALWAYS));
    }

    private static SyscallResult compareAndRequeuePi(SyscallContext call) {
        int most = (int) call.argument(3);
        if (most < 0 || call.integer(2) != 1 || call.argument(0) == call.argument(4)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        PiFutexes.Word lock = word(call, 4);
        if (key(call, 0).equals(lock.key())) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.read32(call.argument(0)) != call.integer(5)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        return SyscallResult.of(call.kernel().piFutexes().requeue(key(call, 0), lock, most));
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

    /** FUTEX_WAIT takes a span, FUTEX_LOCK_PI a point in time of CLOCK_REALTIME, the others one of the clock that the operation names. */
    private static long deadline(SyscallContext call, int operation) {
        if (call.argument(3) == 0) {
            return Block.FOREVER;
        }
        long nanos = call.timespec(call.argument(3));
        if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT) {
            return call.deadlineAfter(nanos);
        }
        boolean realtime = (operation & FUTEX_CLOCK_REALTIME) != 0 || (operation & FUTEX_CMD_MASK) == FUTEX_LOCK_PI;
        return realtime ? nanos + call.clock().monotonicMinusRealtime() : nanos;
    }

    private static SyscallResult wake(SyscallContext call, int bitset) {
        if (bitset == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        // Linux wakes one even if asked for none (kernel/futex/waitwake.c: ++ret >= nr_wake).
        return SyscallResult.of(call.kernel().futexes().wake(key(call, 0), Math.max(1, call.integer(2)), bitset));
    }

    private static SyscallResult requeue(SyscallContext call) {
        int limit = (int) call.argument(3);
        if (call.integer(2) < 0 || limit < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int woken = call.kernel().futexes().wake(key(call, 0), call.integer(2), FUTEX_BITSET_MATCH_ANY);
        if (woken < 0) {
            return SyscallResult.of(woken);
        }
        int moved = call.kernel().futexes().requeue(key(call, 0), key(call, 4), limit);
        return SyscallResult.of(moved < 0 ? moved : woken + moved);
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
        if (woken >= 0 && compare(encoded, before)) {
            int second = (int) Math.max(1, call.argument(3));
            int more = call.kernel().futexes().wake(key(call, 4), second, FUTEX_BITSET_MATCH_ANY);
            woken = more < 0 ? more : woken + more;
        }
        return SyscallResult.of(woken);
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
