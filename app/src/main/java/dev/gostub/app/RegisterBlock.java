package dev.gostub.app;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.server.arch.Amd64Registers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The processor's registers as the debug server's block, both ways. The system call number (orig_rax) is not the
 * processor's but the kernel's: the caller handles it.
 */
final class RegisterBlock {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Numbers of the encoding in gdb's order: rax rbx rcx rdx rsi rdi rbp rsp r8 … r15. */
    private static final int[] GENERAL = {
        Cpu.RAX, Cpu.RBX, Cpu.RCX, Cpu.RDX, Cpu.RSI, Cpu.RDI, Cpu.RBP, Cpu.RSP, 8, 9, 10, 11, 12, 13, 14, 15
    };

    /** Numbers of the encoding (ES CS SS DS FS GS) in gdb's order: cs ss ds es fs gs. */
    private static final int[] SELECTORS = {1, 2, 3, 0, 4, 5};

    private static final int VECTORS = 16;
    private static final int ST_BYTES = 10;
    // The tag word holds two bits for each physical register.
    private static final int TAG_VALID = 0;
    private static final int TAG_ZERO = 1;
    private static final int TAG_SPECIAL = 2;
    private static final int TAG_EMPTY = 3;
    private static final int EXPONENT = 0x7fff;
    private static final int MXCSR_BITS = 0xffff;

    private RegisterBlock() {}

    static byte[] read(Cpu cpu, long systemCall) {
        byte[] block = new byte[Amd64Registers.BLOCK_BYTES];
        for (int i = 0; i < GENERAL.length; i++) {
            put64(block, Amd64Registers.GENERAL_OFFSET + 8 * i, cpu.r[GENERAL[i]]);
        }
        put64(block, Amd64Registers.RIP_OFFSET, cpu.rip);
        put32(block, Amd64Registers.EFLAGS_OFFSET, (int) cpu.flags.rflags());
        for (int i = 0; i < SELECTORS.length; i++) {
            put32(block, Amd64Registers.SELECTORS_OFFSET + 4 * i, cpu.selectors[SELECTORS[i]]);
        }
        readX87(cpu.x87, block);
        for (int i = 0; i < VECTORS; i++) {
            put64(block, Amd64Registers.XMM_OFFSET + 16 * i, cpu.v[Cpu.LANES * i]);
            put64(block, Amd64Registers.XMM_OFFSET + 16 * i + 8, cpu.v[Cpu.LANES * i + 1]);
            put64(block, Amd64Registers.YMM_HIGH_OFFSET + 16 * i, cpu.v[Cpu.LANES * i + 2]);
            put64(block, Amd64Registers.YMM_HIGH_OFFSET + 16 * i + 8, cpu.v[Cpu.LANES * i + 3]);
        }
        put32(block, Amd64Registers.MXCSR_OFFSET, cpu.mxcsr);
        put64(block, Amd64Registers.ORIG_RAX_OFFSET, systemCall);
        put64(block, Amd64Registers.FS_BASE_OFFSET, cpu.fsBase);
        put64(block, Amd64Registers.GS_BASE_OFFSET, cpu.gsBase);
        return block;
    }

    /** Sets what a debugger may set: all but the selectors, which have no meaning a program could see. */
    static void write(Cpu cpu, byte[] block) {
        for (int i = 0; i < GENERAL.length; i++) {
            cpu.r[GENERAL[i]] = get64(block, Amd64Registers.GENERAL_OFFSET + 8 * i);
        }
        cpu.rip = get64(block, Amd64Registers.RIP_OFFSET);
        cpu.flags.setRflags(Integer.toUnsignedLong(get32(block, Amd64Registers.EFLAGS_OFFSET)));
        writeX87(cpu.x87, block);
        for (int i = 0; i < VECTORS; i++) {
            cpu.v[Cpu.LANES * i] = get64(block, Amd64Registers.XMM_OFFSET + 16 * i);
            cpu.v[Cpu.LANES * i + 1] = get64(block, Amd64Registers.XMM_OFFSET + 16 * i + 8);
            cpu.v[Cpu.LANES * i + 2] = get64(block, Amd64Registers.YMM_HIGH_OFFSET + 16 * i);
            cpu.v[Cpu.LANES * i + 3] = get64(block, Amd64Registers.YMM_HIGH_OFFSET + 16 * i + 8);
        }
        cpu.mxcsr = get32(block, Amd64Registers.MXCSR_OFFSET) & MXCSR_BITS;
        cpu.fsBase = get64(block, Amd64Registers.FS_BASE_OFFSET);
        cpu.gsBase = get64(block, Amd64Registers.GS_BASE_OFFSET);
    }

    /** The system call number in a block: orig_rax. */
    static long systemCall(byte[] block) {
        return get64(block, Amd64Registers.ORIG_RAX_OFFSET);
    }

    private static void readX87(X87 x87, byte[] block) {
        int tags = 0;
        for (int i = 0; i < 8; i++) {
            int physical = x87.top + i & 7;
            int at = Amd64Registers.ST_OFFSET + ST_BYTES * i;
            put64(block, at, x87.significand[physical]);
            block[at + 8] = (byte) x87.signExponent[physical];
            block[at + 9] = (byte) (x87.signExponent[physical] >> 8);
            tags |= tag(x87, i) << 2 * i;
        }
        int at = Amd64Registers.X87_CONTROL_OFFSET;
        put32(block, at, x87.control);
        put32(block, at + 4, x87.statusWord());
        put32(block, at + 8, tags);
        put32(block, at + 12, (int) (x87.instructionPointer >>> 32) & 0xffff);
        put32(block, at + 16, (int) x87.instructionPointer);
        put32(block, at + 20, (int) (x87.dataPointer >>> 32) & 0xffff);
        put32(block, at + 24, (int) x87.dataPointer);
        put32(block, at + 28, x87.opcode);
    }

    /** The full tag of a physical register, SDM vol. 1, 8.1.7; the processor itself keeps only whether it is empty. */
    private static int tag(X87 x87, int physical) {
        if ((x87.occupied >>> physical & 1) == 0) return TAG_EMPTY;
        int exponent = x87.signExponent[physical] & EXPONENT;
        if (exponent == EXPONENT) return TAG_SPECIAL;
        if (exponent == 0) return x87.significand[physical] == 0 ? TAG_ZERO : TAG_SPECIAL;
        return x87.significand[physical] < 0 ? TAG_VALID : TAG_SPECIAL;
    }

    private static void writeX87(X87 x87, byte[] block) {
        int at = Amd64Registers.X87_CONTROL_OFFSET;
        x87.control = get32(block, at) & 0xffff;
        x87.setStatusWord(get32(block, at + 4) & 0xffff);
        int tags = get32(block, at + 8);
        x87.occupied = 0;
        for (int i = 0; i < 8; i++) {
            if ((tags >>> 2 * i & 3) != TAG_EMPTY) x87.occupied |= 1 << i;
        }
        x87.instructionPointer = pointer(get32(block, at + 12), get32(block, at + 16));
        x87.dataPointer = pointer(get32(block, at + 20), get32(block, at + 24));
        x87.opcode = get32(block, at + 28) & 0x7ff;
        for (int i = 0; i < 8; i++) {
            int physical = x87.top + i & 7;
            int st = Amd64Registers.ST_OFFSET + ST_BYTES * i;
            x87.significand[physical] = get64(block, st);
            x87.signExponent[physical] = block[st + 8] & 0xff | (block[st + 9] & 0xff) << 8;
        }
    }

    private static long pointer(int segment, int offset) {
        return (segment & 0xffffL) << 32 | Integer.toUnsignedLong(offset);
    }

    private static long get64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    private static int get32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    private static void put64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    private static void put32(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }
}
