package dev.gostub.emulator.engine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.util.HexFormat;

/** A processor, memory and engine without an operating system: code at {@link #CODE}, data at {@link #DATA}, a stack below {@link #STACK}. */
public final class Bare {
    public static final long CODE = 0x400000;
    public static final long DATA = 0x500000;
    public static final long STACK = 0x700000;

    public final AddressSpace memory = new AddressSpace();
    public final Cpu cpu = new Cpu(memory);
    public final Engine engine = new Engine(memory);
    /** Instructions retired so far. */
    public long moment;

    /** @param code bytes in hex, blanks allowed */
    public Bare(String code) {
        map(CODE, 0x10000, Protection.READ | Protection.EXECUTE);
        map(DATA, 0x10000, Protection.READ | Protection.WRITE);
        map(STACK - 0x10000, 0x10000, Protection.READ | Protection.WRITE);
        byte[] bytes = HexFormat.of().parseHex(code.replace(" ", ""));
        memory.poke(CODE, bytes, 0, bytes.length);
        cpu.rip = CODE;
        cpu.r[Cpu.RSP] = STACK;
    }

    public void map(long start, long lengthBytes, int protection) {
        memory.map(new Mapping(start, start + lengthBytes, protection, false, Backing.ANONYMOUS, 0));
    }

    public Engine.Stop run(long instructions) {
        Engine.Stop stop = engine.run(cpu, moment, instructions);
        moment += engine.retired();
        return stop;
    }

    public Engine.Stop runWithin(Engine.Range range, long instructions) {
        Engine.Stop stop = engine.runWithin(range, cpu, moment, instructions);
        moment += engine.retired();
        return stop;
    }

    public Engine.Stop step() {
        Engine.Stop stop = engine.step(cpu, moment);
        moment += engine.retired();
        return stop;
    }

    /** Registers, flags and memory in one number. */
    public long hash() {
        return cpu.hash() * 31 + memory.hash();
    }
}
