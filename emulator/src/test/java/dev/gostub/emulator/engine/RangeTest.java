package dev.gostub.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.Protection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A run within a range ends where single steps first leave it. */
final class RangeTest {
    private static final long NEVER = Bare.CODE + 0x7000;

    /** What single steps do that look at RIP before each. */
    private static Engine.Stop stepWithin(Bare bare, Engine.Range range, long instructions) {
        long end = bare.moment + instructions;
        while (true) {
            if (!range.holds(bare.cpu.rip)) return Engine.Stop.LEFT;
            if (bare.engine.hasBreakpoint(bare.cpu.rip)) return Engine.Stop.BREAKPOINT;
            if (bare.moment == end) return Engine.Stop.BUDGET;
            Engine.Stop stop = bare.step();
            if (stop != Engine.Stop.BUDGET) return stop;
        }
    }

    /** Runs and steps the same program by the same random plan; returns how often each stop came. */
    private static Map<Engine.Stop, Integer> compare(long seed, Supplier<Bare> program, int codeBytes) {
        Random random = new Random(seed);
        Bare run = program.get();
        Bare stepped = program.get();
        Map<Engine.Stop, Integer> stops = new EnumMap<>(Engine.Stop.class);
        Engine.Range range = new Engine.Range(0, 0);
        long breakpoint = NEVER;
        for (int round = 0; round < 60; round++) {
            String where = "seed %d, round %d, moment %d".formatted(seed, round, run.moment);
            if (random.nextInt(4) == 0) {
                for (Bare bare : new Bare[] {run, stepped}) bare.engine.removeBreakpoint(breakpoint);
                breakpoint = random.nextBoolean() ? NEVER : Bare.CODE + random.nextInt(codeBytes);
                for (Bare bare : new Bare[] {run, stepped}) bare.engine.insertBreakpoint(breakpoint);
            }
            // Often a range again, and ends that lie inside instructions.
            if (random.nextInt(3) == 0) {
                long start = Bare.CODE + random.nextInt(codeBytes);
                boolean all = random.nextInt(3) == 0;
                range = all
                        ? new Engine.Range(Bare.CODE, Bare.CODE + codeBytes)
                        : new Engine.Range(start, start + random.nextInt(codeBytes));
            }
            for (Bare bare : new Bare[] {run, stepped}) {
                Engine.Stop first = bare.step();
                if (first == Engine.Stop.FAULT) return stops;
            }
            int budget = random.nextInt(200);
            Engine.Stop why = run.runWithin(range, budget);
            Engine.Stop expected = stepWithin(stepped, range, budget);
            assertEquals(stepped.cpu.rip, run.cpu.rip, where);
            assertEquals(stepped.moment, run.moment, where);
            assertEquals(stepped.hash(), run.hash(), where);
            // A turn that ends at a breakpoint may say either.
            boolean early = run.engine.retired() < budget || why != Engine.Stop.BUDGET;
            if (early || expected == Engine.Stop.LEFT) assertEquals(expected, why, where);
            stops.merge(why, 1, Integer::sum);
            if (why == Engine.Stop.FAULT) return stops;
            // What runs without a range does not get in its way.
            if (random.nextInt(3) == 0) {
                run.run(50);
                while (stepped.moment < run.moment) stepped.step();
                assertEquals(stepped.hash(), run.hash(), where);
            }
        }
        return stops;
    }

    @Test
    void randomProgramsLeaveTheirRangesWhereSingleStepsDo() {
        Map<Engine.Stop, Integer> stops = new EnumMap<>(Engine.Stop.class);
        for (int seed = 0; seed < 150; seed++) {
            String program = NeighboursTest.program(new Random(seed));
            int bytes = program.replace(" ", "").length() / 2;
            compare(seed, () -> NeighboursTest.prepared(program, Bare.DATA + 0x108), bytes)
                    .forEach((stop, count) -> stops.merge(stop, count, Integer::sum));
        }
        for (Engine.Stop stop : new Engine.Stop[] {Engine.Stop.LEFT, Engine.Stop.BREAKPOINT, Engine.Stop.BUDGET}) {
            assertTrue(stops.getOrDefault(stop, 0) > 100, stops.toString());
        }
    }

    @Test
    void callsAndReturnsLeaveTheirRangesWhereSingleStepsDo() {
        for (int seed = 0; seed < 150; seed++) compare(seed, () -> EngineTest.fib(15), 45);
    }

    @Test
    void aCallOutOfTheRangeStopsAtTheFunction() {
        Bare bare = new Bare("48 ff c0  e8 03 00 00 00  eb f6 90  c3"); // inc rax; call f; jmp back; nop; f: ret
        bare.run(1000); // the whole loop is linked
        Engine.Range loop = new Engine.Range(Bare.CODE, Bare.CODE + 10);
        while (!loop.holds(bare.cpu.rip)) bare.step();
        assertEquals(Engine.Stop.LEFT, bare.runWithin(loop, 1000));
        assertEquals(Bare.CODE + 11, bare.cpu.rip);
        bare.step();
        assertEquals(Engine.Stop.LEFT, bare.runWithin(loop, 1000), "and again after the return");
        assertEquals(4, bare.engine.retired() + 1);
    }

    @Test
    void anInstructionThatBeginsInTheRangeIsExecuted() {
        Bare bare = new Bare("48 ff c0  48 ff c0  48 ff c0  eb f5");
        assertEquals(Engine.Stop.LEFT, bare.runWithin(new Engine.Range(Bare.CODE, Bare.CODE + 4), 1000));
        assertEquals(2, bare.cpu.r[Cpu.RAX]);
        assertEquals(Bare.CODE + 6, bare.cpu.rip);
    }

    @Test
    void anEmptyRangeIsLeftAtOnce() {
        Bare bare = new Bare("48 ff c0  eb fb");
        assertEquals(Engine.Stop.LEFT, bare.runWithin(new Engine.Range(Bare.CODE, Bare.CODE), 1000));
        assertEquals(Engine.Stop.LEFT, bare.runWithin(new Engine.Range(Bare.CODE + 1, Bare.CODE), 1000));
        assertEquals(0, bare.moment);
    }

    @Test
    void codeThatChangesInsideTheRangeTakesEffect() {
        Bare bare = new Bare("ff c2  ff c1  eb fa"); // inc edx; inc ecx; jmp back
        bare.memory.protect(Bare.CODE, Bare.CODE + 0x1000, Protection.READ | Protection.WRITE | Protection.EXECUTE);
        Engine.Range range = new Engine.Range(Bare.CODE, Bare.CODE + 6);
        assertEquals(Engine.Stop.BUDGET, bare.runWithin(range, 300));
        bare.memory.poke(Bare.CODE + 2, new byte[] {(byte) 0xff, (byte) 0xc0}, 0, 2);
        assertEquals(Engine.Stop.BUDGET, bare.runWithin(range, 300));
        assertEquals(100, bare.cpu.r[Cpu.RCX]);
        assertEquals(100, bare.cpu.r[Cpu.RAX]);
    }
}
