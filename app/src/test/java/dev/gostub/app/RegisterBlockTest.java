package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.server.arch.Amd64Register;
import dev.gostub.server.arch.Amd64Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegisterBlockTest {
    @Test
    void generalRegistersStandUnderTheirNames() {
        Cpu cpu = new Cpu(new AddressSpace());
        String[] names = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"};
        for (int i = 0; i < 16; i++) cpu.r[i] = 0x1000L + i;
        byte[] block = RegisterBlock.read(cpu, -1);
        for (int i = 0; i < 16; i++) assertEquals(0x1000 + i, value(block, i < 8 ? names[i] : "r" + i), "r" + i);
        assertEquals(-1, value(block, "orig_rax"));
    }

    @Test
    void programCounterFlagsSelectorsAndBasesStandUnderTheirNames() {
        Cpu cpu = new Cpu(new AddressSpace());
        cpu.rip = 0x464840;
        cpu.fsBase = 0xc000000;
        cpu.gsBase = -2;
        cpu.flags.setRflags(0x246);
        byte[] block = RegisterBlock.read(cpu, 231);
        assertEquals(0x464840, value(block, "rip"));
        assertEquals(0x246, value(block, "eflags"));
        assertEquals(0x33, value(block, "cs"));
        assertEquals(0x2b, value(block, "ss"));
        assertEquals(0, value(block, "ds"));
        assertEquals(0xc000000, value(block, "fs_base"));
        assertEquals(-2, value(block, "gs_base"));
        assertEquals(231, RegisterBlock.systemCall(block));
        assertEquals(0x1f80, value(block, "mxcsr"));
    }

    @Test
    void halvesOfAVectorStandInTwoRegisters() {
        Cpu cpu = new Cpu(new AddressSpace());
        for (int lane = 0; lane < 4; lane++) cpu.v[4 * 15 + lane] = 0x100L + lane;
        byte[] block = RegisterBlock.read(cpu, -1);
        assertEquals(0x100, value(block, "xmm15"));
        assertEquals(0x102, value(block, "ymm15h"));
    }

    @Test
    void stackRegistersAreNumberedFromTheTopAndTagsByPlace() {
        Cpu cpu = new Cpu(new AddressSpace());
        cpu.x87.top = 6;
        cpu.x87.occupied = 0b1100_0000;
        cpu.x87.significand[6] = 1L << 63; // 1.0
        cpu.x87.signExponent[6] = 0x3fff;
        byte[] block = RegisterBlock.read(cpu, -1);
        assertEquals(1L << 63, value(block, "st0"));
        assertEquals(6 << 11, value(block, "fstat"));
        // Physical 6 holds a number, 7 a zero, the rest is empty.
        assertEquals(0b01_00_11_11_11_11_11_11, value(block, "ftag"));
        assertEquals(0x37f, value(block, "fctrl"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int round = 0; round < 200; round++) {
            Cpu from = new Cpu(new AddressSpace());
            for (int i = 0; i < 16; i++) from.r[i] = random.nextLong();
            for (int i = 0; i < 64; i++) from.v[i] = random.nextLong();
            for (int i = 0; i < 8; i++) {
                from.x87.significand[i] = random.nextLong();
                from.x87.signExponent[i] = random.nextInt(1 << 16);
            }
            from.x87.control = random.nextInt(1 << 16);
            from.x87.setStatusWord(random.nextInt(1 << 16));
            from.x87.occupied = random.nextInt(256);
            from.x87.opcode = random.nextInt(1 << 11);
            from.x87.instructionPointer = random.nextLong(1L << 48);
            from.x87.dataPointer = random.nextLong(1L << 48);
            from.rip = random.nextLong();
            from.fsBase = random.nextLong();
            from.gsBase = random.nextLong();
            from.mxcsr = random.nextInt(1 << 16);
            from.flags.setRflags(random.nextLong());
            Cpu to = new Cpu(new AddressSpace());
            RegisterBlock.write(to, RegisterBlock.read(from, 7));
            assertArrayEquals(RegisterBlock.read(from, 7), RegisterBlock.read(to, 7), "round " + round);
            assertEquals(from.hash(), to.hash(), "round " + round);
        }
    }

    /** The first eight bytes at most of a register, found by its name in the server's table. */
    private static long value(byte[] block, String name) {
        Amd64Register register = Amd64Registers.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        return register.sizeBytes() == 4 ? bytes.getInt(register.offset()) : bytes.getLong(register.offset());
    }
}
