package dev.gostub.bench;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One call of a kernel on a bare engine: no kernel, no tasks; slices as the machine makes them. */
final class KernelRun {
    private static final long TABLE = 0x600000;
    private static final long RETURN = 0x7ff000;
    private static final long STACK = 0x7fff0000L;
    private static final int SLICE = 100_000;
    private static final int PT_LOAD = 1;

    private final Kernel kernel;
    private final AddressSpace memory = new AddressSpace();
    private final Cpu cpu = new Cpu(memory);
    private final Engine engine = new Engine(memory);

    KernelRun(Kernel kernel) {
        this.kernel = kernel;
        load(image());
        map(STACK - 0x100000, 0x100000);
        map(Kernel.DATA, 0x400000);
        map(RETURN, AddressSpace.PAGE_SIZE);
        engine.insertBreakpoint(RETURN);
        cpu.r[Cpu.RDI] = kernel.first;
        cpu.r[Cpu.RSI] = kernel.second;
        cpu.r[Cpu.RSP] = STACK;
        cpu.push(RETURN);
        cpu.rip = memory.load64(TABLE + 8L * kernel.ordinal());
    }

    /** Runs to the end; returns the instructions retired. */
    long toEnd() {
        long retired = 0;
        Engine.Stop stop;
        do {
            stop = engine.run(cpu, retired, SLICE);
            retired += engine.retired();
        } while (stop == Engine.Stop.BUDGET);
        if (stop != Engine.Stop.BREAKPOINT || cpu.r[Cpu.RAX] != kernel.result) {
            throw new IllegalStateException("%s: %s at %x with %d".formatted(kernel, stop, cpu.rip, cpu.r[Cpu.RAX]));
        }
        return retired;
    }

    private static ByteBuffer image() {
        try (InputStream in = KernelRun.class.getResourceAsStream("kernels.elf")) {
            if (in == null) throw new IllegalStateException("kernels.elf is not in the jar");
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new IllegalStateException("kernels.elf cannot be read", e);
        }
    }

    private void load(ByteBuffer elf) {
        for (int i = 0; i < elf.getShort(56); i++) {
            int header = (int) elf.getLong(32) + i * 56;
            if (elf.getInt(header) != PT_LOAD) continue;
            long address = elf.getLong(header + 16);
            map(address & -AddressSpace.PAGE_SIZE, elf.getLong(header + 40) + AddressSpace.PAGE_SIZE);
            memory.poke(address, elf.array(), (int) elf.getLong(header + 8), (int) elf.getLong(header + 32));
        }
    }

    private void map(long start, long lengthBytes) {
        long end = (start + lengthBytes + AddressSpace.PAGE_SIZE - 1) & -AddressSpace.PAGE_SIZE;
        int all = Protection.READ | Protection.WRITE | Protection.EXECUTE;
        memory.map(new Mapping(start, end, all, false, Backing.ANONYMOUS, 0));
    }
}
