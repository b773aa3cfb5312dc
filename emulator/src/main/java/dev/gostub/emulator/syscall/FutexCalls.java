package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.FutexOperation.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.PiFutexes;
import dev.gostub.emulator.kernel.WaitCondition.Futex;
import dev.gostub.emulator.kernel.WaitCondition.FutexKey;
import dev.gostub.emulator.kernel.WaitCondition.PiFutex;
import dev.gostub.emulator.kernel.WaitCondition.RequeuePi;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;

/** {@code futex(2)}. */
final class FutexCalls {
    private FutexCalls() {}

    static SyscallResult futex(SyscallContext call) {
        int operation = call.integer(1);
        int command = operation & FUTEX_CMD_MASK;
        long deadline = takesTime(command) ? deadline(call, operation) : Block.FOREVER;
        // do_futex of kernel/futex/syscalls.c
        boolean takesClock =
                command == FUTEX_WAIT_BITSET || command == FUTEX_WAIT_REQUEUE_PI || command == FUTEX_LOCK_PI2;
        if ((operation & FUTEX_CLOCK_REALTIME) != 0 && !takesClock) {
            return SyscallResult.failure(Errno.ENOSYS);
        }
        return switch (command) {
            case FUTEX_WAIT -> await(call, deadline, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAIT_BITSET -> await(call, deadline, call.integer(5));
            case FUTEX_WAKE -> wake(call, FUTEX_BITSET_MATCH_ANY);
            case FUTEX_WAKE_BITSET -> wake(call, call.integer(5));
            case FUTEX_REQUEUE -> requeue(call, false);
            case FUTEX_CMP_REQUEUE -> requeue(call, true);
            case FUTEX_WAKE_OP -> wakeOperation(call);
            case FUTEX_LOCK_PI, FUTEX_LOCK_PI2 -> lock(call, deadline);
            case FUTEX_TRYLOCK_PI -> tryLock(call);
            case FUTEX_UNLOCK_PI -> unlock(call);
            case FUTEX_WAIT_REQUEUE_PI -> awaitRequeue(call, deadline);
            case FUTEX_CMP_REQUEUE_PI -> compareAndRequeuePi(call);
            default -> SyscallResult.failure(Errno.ENOSYS);
        };
    }

    /** The fourth argument of these is a time, which is looked at before everything else (futex_cmd_has_timeout). */
    private static boolean takesTime(int command) {
        return command == FUTEX_WAIT
                || command == FUTEX_WAIT_BITSET
                || command == FUTEX_LOCK_PI
                || command == FUTEX_LOCK_PI2
                || command == FUTEX_WAIT_REQUEUE_PI;
    }

    private static PiFutexes.Word word(SyscallContext call, int argument) {
        return new PiFutexes.Word(call.process(), call.argument(argument), key(call, argument, Use.CHANGED));
    }

    private static SyscallResult lock(SyscallContext call, long deadline) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
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

    /** The word is read before it is asked which one it is (futex_unlock_pi). */
    private static SyscallResult unlock(SyscallContext call) {
        if ((call.read32(call.argument(0)) & FUTEX_TID_MASK) != call.task().id()) {
            return SyscallResult.failure(Errno.EPERM);
        }
        return SyscallResult.of(call.kernel().piFutexes().unlock(call.task(), word(call, 0)));
    }

    private static SyscallResult awaitRequeue(SyscallContext call, long deadline) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        if (call.argument(0) == call.argument(4)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        PiFutexes.Word lock = word(call, 4);
        FutexKey key = key(call, 0, Use.READ);
        if (call.read32(call.argument(0)) != call.integer(2)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        if (key.equals(lock.key())) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        Block block = Block.on(new RequeuePi(key, lock.key(), lock.address()));
        return SyscallResult.wait(block.until(deadline).restart(Block.Restart.ALWAYS));
    }

    private static SyscallResult compareAndRequeuePi(SyscallContext call) {
        int most = (int) call.argument(3);
        if (most < 0 || call.integer(2) != 1 || call.argument(0) == call.argument(4)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        FutexKey key = key(call, 0, Use.READ);
        PiFutexes.Word lock = word(call, 4);
        if (key.equals(lock.key())) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.read32(call.argument(0)) != call.integer(5)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        return SyscallResult.of(call.kernel().piFutexes().requeue(key, lock, most));
    }

    /** What an operation does with a word. */
    private enum Use {
        READ,
        CHANGED
    }

    /** get_futex_key of kernel/futex/core.c: where a private word lies is only a number, one that processes may share is looked for. */
    private static FutexKey key(SyscallContext call, int argument, Use use) {
        long address = call.argument(argument);
        if ((address & 3) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (Long.compareUnsigned(address, AddressSpace.END) >= 0) {
            throw new SyscallException(Errno.EFAULT);
        }
        boolean everywhere = (call.integer(1) & FUTEX_PRIVATE_FLAG) == 0;
        if (everywhere) {
            requireWord(call, address, use);
        }
        return FutexKey.of(call.process(), address, everywhere);
    }

    /** A page of its own that cannot be written never changes, so that nobody can wait for a change. */
    private static void requireWord(SyscallContext call, long address, Use use) {
        call.read32(address);
        Mapping mapping = call.memory().mappingAt(address);
        boolean written = mapping != null && (mapping.protection() & Protection.WRITE) != 0;
        boolean ofFile = mapping != null && !mapping.backing().anonymous();
        if (!written && (use == Use.CHANGED || !ofFile)) {
            throw new SyscallException(Errno.EFAULT);
        }
    }

    private static SyscallResult await(SyscallContext call, long deadline, int bitset) {
        if (call.hasTimedOut()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        if (bitset == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        FutexKey key = key(call, 0, Use.READ);
        if (call.read32(call.argument(0)) != call.integer(2)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.failure(Errno.ETIMEDOUT);
        }
        Block block = Block.on(new Futex(key, bitset)).until(deadline);
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
        FutexKey key = key(call, 0, Use.READ);
        // Linux wakes one even if asked for none (kernel/futex/waitwake.c: ++ret >= nr_wake).
        return SyscallResult.of(call.kernel().futexes().wake(key, Math.max(1, call.integer(2)), bitset));
    }

    private static SyscallResult requeue(SyscallContext call, boolean compares) {
        int limit = (int) call.argument(3);
        if (call.integer(2) < 0 || limit < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        FutexKey from = key(call, 0, Use.READ);
        FutexKey to = key(call, 4, Use.READ);
        if (compares && call.read32(call.argument(0)) != call.integer(5)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        int woken = call.kernel().futexes().wake(from, call.integer(2), FUTEX_BITSET_MATCH_ANY);
        if (woken < 0) {
            return SyscallResult.of(woken);
        }
        int moved = call.kernel().futexes().requeue(from, to, limit);
        return SyscallResult.of(moved < 0 ? moved : woken + moved);
    }

    private static SyscallResult wakeOperation(SyscallContext call) {
        FutexKey first = key(call, 0, Use.READ);
        FutexKey second = key(call, 4, Use.CHANGED);
        int encoded = call.integer(5);
        int before = call.read32(call.argument(4));
        call.write32(call.argument(4), apply(encoded, before));
        boolean also = compare(encoded, before);
        int woken = call.kernel().futexes().wake(first, Math.max(1, call.integer(2)), FUTEX_BITSET_MATCH_ANY);
        if (woken >= 0 && also) {
            int most = (int) Math.max(1, call.argument(3));
            int more = call.kernel().futexes().wake(second, most, FUTEX_BITSET_MATCH_ANY);
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
