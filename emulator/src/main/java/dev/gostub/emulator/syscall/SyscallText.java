package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FutexOperation;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.AddressSpace;
import java.util.List;
import java.util.Optional;

/** System calls as text, in the manner of strace(1). */
final class SyscallText {
    private static final int LONGEST_STRING = 32;
    private static final int LONGEST_ADDRESS = 128;
    private static final int[] ARGUMENTS = {Cpu.RDI, Cpu.RSI, Cpu.RDX, Cpu.R10, Cpu.R8, Cpu.R9};

    private SyscallText() {}

    /** One call; {@code caller} is the task's processor when it made the call. */
    static String line(Amd64Syscalls table, Task task, Cpu caller, long number, SyscallResult result) {
        StringBuilder text = new StringBuilder("[pid ").append(task.id()).append("] ");
        text.append(table.name(number)).append('(');
        Optional<Syscall> call = table.find(number);
        List<ArgumentKind> kinds = call.map(Syscall::arguments).orElse(List.of());
        for (int i = 0; i < kinds.size(); i++) {
            if (i > 0) {
                text.append(", ");
            }
            appendArgument(text, kinds, i, caller, result);
        }
        return text.append(") = ").append(resultText(kinds, result)).toString();
    }

    /** A call without its result: for one that did not come to any. */
    static String question(Amd64Syscalls table, Task task, long number) {
        String line = line(table, task, task.cpu(), number, SyscallResult.DONE);
        return line.substring(0, line.lastIndexOf(" = "));
    }

    private static String resultText(List<ArgumentKind> kinds, SyscallResult result) {
        return switch (result) {
            case SyscallResult.Value(long value) ->
                value >= 0x1_0000_0000L || value < -4096 || kinds.contains(ArgumentKind.MAP_FLAGS)
                        ? "0x" + Long.toHexString(value)
                        : Long.toString(value);
            case SyscallResult.Failure(Errno errno) -> "-1 " + errno.name() + " (" + errno.text() + ")";
            case SyscallResult.Wait _, SyscallResult.Done _ -> "?";
        };
    }

    private static void appendArgument(
            StringBuilder text, List<ArgumentKind> kinds, int index, Cpu caller, SyscallResult result) {
        long value = caller.r[ARGUMENTS[index]];
        switch (kinds.get(index)) {
            case INT, DESCRIPTOR -> text.append((int) value);
            case DIRECTORY -> text.append((int) value == -100 ? "AT_FDCWD" : Integer.toString((int) value));
            case LONG, SIZE -> text.append(value);
            case HEX -> text.append("0x").append(Long.toHexString(value));
            case MODE -> text.append('0').append(Long.toOctalString(value & 0xffffffffL));
            case CLONE_FLAGS -> text.append("0x").append(Long.toHexString(value & 0xffffffffL));
            case ADDRESS -> text.append(value == 0 ? "NULL" : "0x" + Long.toHexString(value));
            case PATH -> appendString(text, caller.memory, value, 256, true);
            case BYTES -> appendString(text, caller.memory, value, caller.r[ARGUMENTS[index + 1]], false);
            case BYTES_OUT ->
                appendString(text, caller.memory, value, result instanceof SyscallResult.Value(long n) ? n : 0, false);
            case OPEN_FLAGS -> text.append(FlagNames.open((int) value));
            case PROTECTION -> text.append(FlagNames.protection((int) value));
            case MAP_FLAGS -> text.append(FlagNames.map((int) value));
            case SOCKET_FAMILY -> text.append(FlagNames.family((int) value));
            case SOCKET_TYPE -> text.append(FlagNames.socket((int) value));
            case SOCKET_FLAGS -> text.append(FlagNames.socketFlags((int) value));
            case SOCKET_ADDRESS ->
                text.append(socketAddress(caller.memory, value, (int) caller.r[ARGUMENTS[index + 1]]));
            case SOCKET_ADDRESS_OUT ->
                text.append(socketAddress(caller.memory, value, length(caller, index + 1, result)));
            case LENGTH_OUT -> text.append(value == 0 ? "NULL" : "[" + length(caller, index, result) + "]");
            case SIGNAL -> text.append(Signals.name((int) value));
            case SIGNAL_SET -> text.append(words(caller.memory, value, 1, "0x%x"));
            case FUTEX_OPERATION -> text.append(FutexOperation.name((int) value));
            case CLOCK -> text.append(FlagNames.clock((int) value));
            case TIMESPEC -> text.append(words(caller.memory, value, 2, "{tv_sec=%d, tv_nsec=%d}"));
        }
    }

    /** What a call has written to where an argument points; nothing if it failed. */
    private static int length(Cpu caller, int index, SyscallResult result) {
        byte[] number = new byte[4];
        boolean there = result instanceof SyscallResult.Value
                && caller.memory.copyIn(caller.r[ARGUMENTS[index]], number, 0, 4) == 4;
        return there ? LittleEndian.get32(number, 0) : 0;
    }

    private static String socketAddress(AddressSpace memory, long address, int length) {
        byte[] struct = new byte[Math.clamp(length, 0, LONGEST_ADDRESS)];
        if (address == 0) {
            return "NULL";
        }
        boolean there = struct.length >= 2 && memory.copyIn(address, struct, 0, struct.length) == struct.length;
        return there ? SocketAddressText.of(struct) : "0x" + Long.toHexString(address);
    }

    private static void appendString(
            StringBuilder text, AddressSpace memory, long address, long length, boolean endsWithZero) {
        if (address == 0) {
            text.append("NULL");
            return;
        }
        byte[] bytes = new byte[Math.clamp(length, 0, endsWithZero ? 256 : LONGEST_STRING)];
        int count = memory.copyIn(address, bytes, 0, bytes.length);
        text.append('"');
        for (int i = 0; i < count && !(endsWithZero && bytes[i] == 0); i++) {
            appendEscaped(text, bytes[i] & 0xff);
        }
        text.append(length > count && !endsWithZero ? "\"..." : "\"");
    }

    private static void appendEscaped(StringBuilder text, int c) {
        switch (c) {
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\r' -> text.append("\\r");
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    text.append((char) c);
                } else {
                    text.append(String.format("\\%03o", c)); // strace leaves zeros out where no digit follows
                }
            }
        }
    }

    private static String words(AddressSpace memory, long address, int count, String format) {
        if (address == 0) {
            return "NULL";
        }
        byte[] bytes = new byte[8 * count];
        if (memory.copyIn(address, bytes, 0, bytes.length) < bytes.length) {
            return "0x" + Long.toHexString(address);
        }
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = LittleEndian.get64(bytes, 8 * i);
        }
        return String.format(format, values);
    }
}
