package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Clock;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Signaling;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.Vfs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A system call as its handler sees it: who calls, with which arguments, and the caller's memory. One object serves all calls in
 * turn; handlers do not keep it.
 *
 * <p>Memory methods end the call with EFAULT where the caller may not do what is asked.
 */
public final class SyscallContext {
    private static final int PATH_MAX = 4096;
    /** Arguments in their order: RDI, RSI, RDX, R10, R8, R9. */
    private static final int[] ARGUMENTS = {Cpu.RDI, Cpu.RSI, Cpu.RDX, Cpu.R10, Cpu.R8, Cpu.R9};

    private final Kernel kernel;
    private final Vfs vfs;
    private final Executor executor;
    private final byte[] word = new byte[8];
    private Task task;
    private Optional<Block> waited = Optional.empty();

    SyscallContext(Kernel kernel, Vfs vfs, Executor executor, Task first) {
        this.kernel = kernel;
        this.vfs = vfs;
        this.executor = executor;
        this.task = first;
    }

    /** Replaces the program of a process; what {@code execve(2)} asks of the machine. */
    @FunctionalInterface
    public interface Executor {
        /**
         * @throws FileFailure the program cannot be run; nothing has changed then
         */
        void execute(Task task, String path, List<String> arguments, List<String> environment) throws FileFailure;
    }

    void begin(Task caller, Optional<Block> waitedFor) {
        task = caller;
        waited = waitedFor;
    }

    // ---- who calls

    public Kernel kernel() {
        return kernel;
    }

    public Vfs vfs() {
        return vfs;
    }

    public Executor executor() {
        return executor;
    }

    public Task task() {
        return task;
    }

    public Process process() {
        return task.process();
    }

    public AddressSpace memory() {
        return task.process().memory();
    }

    public FileTable files() {
        return task.process().files();
    }

    /** The open file of a descriptor argument, or EBADF. */
    public OpenFile file(int index) throws FileFailure {
        return files().get(integer(index));
    }

    public Clock clock() {
        return kernel.clock();
    }

    public Signaling signaling() {
        return kernel.signaling();
    }

    // ---- arguments

    /** The argument's 64 bits. */
    public long argument(int index) {
        return task.cpu().r[ARGUMENTS[index]];
    }

    /** An argument of C's type int. */
    public int integer(int index) {
        return (int) task.cpu().r[ARGUMENTS[index]];
    }

    // ---- waiting

    /** What the call had transferred when it began to wait. */
    long done() {
        return waited.map(Block::done).orElse(0L);
    }

    /** See {@link Block#partBytes}. */
    long partBytes() {
        return waited.map(Block::partBytes).orElse(0L);
    }

    /** Has the call waited, and is made again with the same arguments. */
    public boolean isRetry() {
        return waited.isPresent();
    }

    /** Did the wait end because its deadline has passed. */
    public boolean hasTimedOut() {
        return waited.isPresent() && waited.get().deadline() <= clock().monotonic();
    }

    /** The deadline for a wait of so many nanoseconds from the first time the call was made. */
    public long deadlineAfter(long nanos) {
        if (waited.isPresent()) {
            return waited.get().deadline();
        }
        long now = clock().monotonic();
        return nanos > Block.FOREVER - now ? Block.FOREVER : now + Math.max(nanos, 0);
    }

    // ---- memory

    /** Bytes of the caller. */
    public byte[] read(long address, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        require(memory().copyIn(address, bytes, 0, lengthBytes), lengthBytes);
        return bytes;
    }

    public int read32(long address) {
        require(memory().copyIn(address, word, 0, 4), 4);
        return LittleEndian.get32(word, 0);
    }

    public long read64(long address) {
        require(memory().copyIn(address, word, 0, 8), 8);
        return LittleEndian.get64(word, 0);
    }

    public void write(long address, byte[] bytes) {
        require(memory().copyOut(address, bytes, 0, bytes.length), bytes.length);
    }

    public void write(long address, byte[] bytes, int lengthBytes) {
        require(memory().copyOut(address, bytes, 0, lengthBytes), lengthBytes);
    }

    public void write32(long address, int value) {
        LittleEndian.put32(word, 0, value);
        require(memory().copyOut(address, word, 0, 4), 4);
    }

    public void write64(long address, long value) {
        LittleEndian.put64(word, 0, value);
        require(memory().copyOut(address, word, 0, 8), 8);
    }

    /** A path; ENAMETOOLONG if it does not end within 4,096 bytes. */
    public String path(long address) {
        return text(address, PATH_MAX, Errno.ENAMETOOLONG);
    }

    /** A string that ends with a zero within {@code limitBytes}, else {@code tooLong}. */
    public String text(long address, int limitBytes, Errno tooLong) {
        byte[] bytes = new byte[Math.min(limitBytes, 256)];
        int read = 0;
        while (true) {
            int wanted = bytes.length - read;
            int got = memory().copyIn(address + read, bytes, read, wanted);
            for (int i = read; i < read + got; i++) {
                if (bytes[i] == 0) {
                    return GuestText.of(bytes, 0, i);
                }
            }
            require(got, wanted);
            if (bytes.length >= limitBytes) {
                throw new SyscallException(tooLong);
            }
            read = bytes.length;
            bytes = Arrays.copyOf(bytes, Math.min(limitBytes, bytes.length * 4));
        }
    }

    /** Nanoseconds of a {@code timespec}; EINVAL if Linux would not take it. */
    public long timespec(long address) {
        byte[] bytes = read(address, TimeLayouts.TIMESPEC_BYTES);
        if (!TimeLayouts.validTimespec(bytes, 0)) {
            throw new SyscallException(Errno.EINVAL);
        }
        return TimeLayouts.timespecNanos(bytes, 0);
    }

    public void writeTimespec(long address, long nanos) {
        byte[] bytes = new byte[TimeLayouts.TIMESPEC_BYTES];
        TimeLayouts.putTimespec(bytes, 0, nanos);
        write(address, bytes);
    }

    private static void require(int done, int wanted) {
        if (done < wanted) {
            throw new SyscallException(Errno.EFAULT);
        }
    }
}
