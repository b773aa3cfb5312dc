package dev.gostub.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.TimeStamp;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.Protection;
import dev.gostub.emulator.memory.Watch;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EngineTest {
    /** fib(EDI) by naive recursion, as gcc -O1 would write it; returns to an address on the stack. */
    private static final String FIB =
            """
            48 83 ff 01          cmp    $1,%rdi
            7f 04                jg     +4
            48 89 f8             mov    %rdi,%rax
            c3                   ret
            53                   push   %rbx
            57                   push   %rdi
            48 83 ef 01          sub    $1,%rdi
            e8 eb ff ff ff       call   fib
            48 89 c3             mov    %rax,%rbx
            5f                   pop    %rdi
            53                   push   %rbx
            48 83 ef 02          sub    $2,%rdi
            e8 dd ff ff ff       call   fib
            5b                   pop    %rbx
            48 01 d8             add    %rbx,%rax
            5b                   pop    %rbx
            c3                   ret
            """.lines().map(line -> line.substring(0, 21)).reduce("", String::concat);

    private static final long RETURN = Bare.CODE + 0x8000;

    static Bare fib(long n) {
        Bare bare = new Bare(FIB);
        bare.cpu.r[Cpu.RDI] = n;
        bare.cpu.push(RETURN);
        bare.engine.insertBreakpoint(RETURN);
        return bare;
    }

    @Test
    void recursionComputesFibonacciAndStopsAtTheBreakpoint() {
        Bare bare = fib(20);
        assertEquals(Engine.Stop.BREAKPOINT, bare.run(10_000_000));
        assertEquals(6765, bare.cpu.r[Cpu.RAX]);
        assertEquals(RETURN, bare.cpu.rip);
    }

    @Test
    void runningInRandomSlicesEqualsStepping() {
        Random random = new Random(1);
        for (int round = 0; round < 30; round++) {
            int n = 3 + random.nextInt(8);
            Bare sliced = fib(n);
            Bare stepped = fib(n);
            Engine.Stop stop;
            do {
                stop = sliced.run(random.nextInt(300));
                while (stepped.moment < sliced.moment) stepped.step();
                assertEquals(
                        stepped.hash(), sliced.hash(), "after %d instructions of fib(%d)".formatted(sliced.moment, n));
            } while (stop == Engine.Stop.BUDGET);
            assertEquals(Engine.Stop.BREAKPOINT, stop);
        }
    }

    @Test
    void budgetIsExactFromEveryStartingPoint() {
        for (int n = 0; n < 200; n++) {
            Bare bare = fib(12);
            assertEquals(Engine.Stop.BUDGET, bare.run(n));
            assertEquals(n, bare.moment);
        }
    }

    @Test
    void faultInTheMiddleOfABlockLeavesTheStateOfTheInstructionsStart() {
        Bare run = fib(40);
        Bare stepped = fib(40);
        for (Bare bare : new Bare[] {run, stepped}) { // a stack that deep recursion runs off
            bare.map(0x50000000L, 4096, Protection.READ | Protection.WRITE);
            bare.cpu.r[Cpu.RSP] = 0x50000200L;
            bare.cpu.push(RETURN);
        }
        assertEquals(Engine.Stop.FAULT, run.run(1_000_000));
        Engine.Stop stop;
        do {
            stop = stepped.step();
        } while (stop == Engine.Stop.BUDGET);
        assertEquals(Engine.Stop.FAULT, stop);
        assertEquals(stepped.moment, run.moment);
        assertEquals(stepped.hash(), run.hash());
        assertEquals(GuestFault.Kind.NOT_MAPPED, run.engine.fault().kind());
        assertEquals(GuestFault.Access.WRITE, run.engine.fault().access());
        assertEquals(0x4ffffff8L, run.engine.fault().address());
    }

    @Test
    void breakpointInTheMiddleOfADecodedBlockIsHit() {
        Bare bare = new Bare("48 ff c0  48 ff c0  48 ff c0  eb f5"); // inc rax, three times, and again
        bare.run(1000);
        long middle = Bare.CODE + 6;
        bare.engine.insertBreakpoint(middle);
        assertEquals(Engine.Stop.BREAKPOINT, bare.run(1000));
        assertEquals(middle, bare.cpu.rip);
        assertEquals(Engine.Stop.BREAKPOINT, bare.run(1000), "a run from a breakpoint stops there at once");
        assertEquals(0, bare.engine.retired());
        assertEquals(Engine.Stop.BUDGET, bare.step(), "a step ignores it");
        bare.engine.removeBreakpoint(middle);
        assertEquals(Engine.Stop.BUDGET, bare.run(1000));
        assertEquals(1000, bare.engine.retired());
    }

    @Test
    void breakpointIsInvisibleInMemory() {
        Bare bare = new Bare("90 90 eb fc");
        bare.engine.insertBreakpoint(Bare.CODE + 1);
        byte[] seen = new byte[2];
        bare.memory.peek(Bare.CODE, seen, 0, 2);
        assertEquals((byte) 0x90, seen[1]);
    }

    @Test
    void codeThatChangesItsOwnNextInstructionSeesTheChange() {
        // movb $0x40, 1(%rip): turns the "inc %ecx" behind it (ff c1) into "inc %eax" (ff c0)
        String code = "c6 05 01 00 00 00 c0  ff c1  eb fe";
        Bare bare = new Bare(code);
        bare.memory.protect(Bare.CODE, Bare.CODE + 0x1000, Protection.READ | Protection.WRITE | Protection.EXECUTE);
        bare.run(40);
        assertEquals(1, bare.cpu.r[Cpu.RAX]);
        assertEquals(0, bare.cpu.r[Cpu.RCX]);
        assertEquals(40, bare.moment);
    }

    @Test
    void debuggersWriteIntoDecodedCodeTakesEffect() {
        Bare bare = new Bare("ff c1 eb fc"); // inc ecx for ever
        bare.run(1000);
        bare.memory.poke(Bare.CODE, new byte[] {(byte) 0xff, (byte) 0xc0}, 0, 2);
        long ecx = bare.cpu.r[Cpu.RCX];
        bare.run(1000);
        assertEquals(ecx, bare.cpu.r[Cpu.RCX]);
        assertEquals(500, bare.cpu.r[Cpu.RAX]);
    }

    @Test
    void systemCallLeavesTheChainWithTheProcessorsRegisters() {
        Bare bare = new Bare("b8 3c 00 00 00  0f 05  90");
        assertEquals(Engine.Stop.SYSCALL, bare.run(1000));
        assertEquals(2, bare.moment);
        assertEquals(60, bare.cpu.r[Cpu.RAX]);
        assertEquals(Bare.CODE + 7, bare.cpu.rip);
        assertEquals(bare.cpu.rip, bare.cpu.r[Cpu.RCX]);
        assertEquals(bare.cpu.flags.rflags(), bare.cpu.r[Cpu.R11]);
    }

    @Test
    void jumpToUnmappedMemoryFaultsAtTheTarget() {
        Bare bare = new Bare("e9 fb ff ff 0f"); // jmp +0x0ffffffb
        assertEquals(Engine.Stop.FAULT, bare.run(1000));
        assertEquals(1, bare.moment);
        assertEquals(Bare.CODE + 0x10000000L, bare.cpu.rip);
        assertEquals(GuestFault.Access.EXECUTE, bare.engine.fault().access());
        assertEquals(bare.cpu.rip, bare.engine.fault().address());
    }

    @Test
    void memoryThatMayNotBeExecutedFaults() {
        Bare bare = new Bare("90");
        bare.cpu.rip = Bare.DATA;
        assertEquals(Engine.Stop.FAULT, bare.run(100));
        assertEquals(GuestFault.Kind.PROTECTION, bare.engine.fault().kind());
    }

    @Test
    void undefinedInstructionFaultsWithRipAtIt() {
        Bare bare = new Bare("90 0f 0b");
        assertEquals(Engine.Stop.FAULT, bare.run(100));
        assertEquals(GuestFault.Kind.INVALID_OPCODE, bare.engine.fault().kind());
        assertEquals(Bare.CODE + 1, bare.cpu.rip);
        assertEquals(1, bare.moment);
    }

    @Test
    void int3IsATrapThatHasRetired() {
        for (boolean stepping : new boolean[] {false, true}) {
            Bare bare = new Bare("90 cc 90");
            if (stepping) bare.step();
            assertEquals(Engine.Stop.FAULT, stepping ? bare.step() : bare.run(100));
            assertEquals(GuestFault.Kind.BREAKPOINT, bare.engine.fault().kind());
            assertEquals(Bare.CODE + 2, bare.cpu.rip);
            assertEquals(2, bare.moment);
        }
    }

    @Test
    void unmappingCodeTakesItsBlocksAway() {
        Bare bare = new Bare("90 eb fd");
        bare.run(100);
        bare.memory.unmap(Bare.CODE, Bare.CODE + 0x1000);
        assertEquals(Engine.Stop.FAULT, bare.run(100));
    }

    @Test
    void instructionAcrossTwoPagesIsDroppedWhenTheSecondChanges() {
        Bare bare = new Bare("90");
        byte[] code = {(byte) 0xb8, 1, 0, 0, 0, (byte) 0xeb, (byte) 0xf9}; // mov $1,%eax; jmp back
        long at = Bare.CODE + 0x1000 - 2;
        bare.memory.poke(at, code, 0, code.length);
        bare.cpu.rip = at;
        bare.run(100);
        assertEquals(1, bare.cpu.r[Cpu.RAX]);
        bare.memory.poke(at + 2, new byte[] {2}, 0, 1); // the immediate's second byte: 0x201
        bare.run(100);
        assertEquals(0x201, bare.cpu.r[Cpu.RAX]);
    }

    @Test
    void timeStampCounterIsTheMomentOnEveryWay() {
        String code = "90 0f 31 90 eb fa"; // nop, rdtsc, nop, jmp
        Bare run = new Bare(code);
        Bare stepped = new Bare(code);
        run.run(4000 + 2);
        for (int i = 0; i < 4000 + 2; i++) stepped.step();
        assertEquals(TimeStamp.read(4001, stepped.cpu.timeStampSeed), stepped.cpu.r[Cpu.RAX]);
        assertEquals(stepped.cpu.r[Cpu.RAX], run.cpu.r[Cpu.RAX]);
    }

    @Test
    void askingForAFaultThatDidNotHappenIsOurMistake() {
        assertThrows(IllegalStateException.class, () -> new Bare("90").engine.fault());
    }

    // ---- watched ranges

    /** mov %rax,(%rbx); mov (%rbx),%rcx; inc %rax; jmp: stores and loads at DATA for ever. */
    private static Bare accesses() {
        Bare bare = new Bare("48 89 03  48 8b 0b  48 ff c0  eb f5");
        bare.cpu.r[Cpu.RBX] = Bare.DATA;
        return bare;
    }

    @Test
    void watchedStoreStopsBehindTheInstructionEachTime() {
        Bare bare = accesses();
        bare.run(1000); // the pages are in the TLBs and the blocks are built
        Watch watch = new Watch(Bare.DATA + 3, 1, false, true);
        bare.memory.watch(watch);
        for (int hits = 0; hits < 5; hits++) {
            assertEquals(Engine.Stop.WATCHPOINT, bare.run(1000));
            assertEquals(watch, bare.engine.hit());
            assertEquals(Bare.CODE + 3, bare.cpu.rip);
            assertEquals(bare.cpu.r[Cpu.RAX], bare.memory.load64(Bare.DATA), "the store has happened");
        }
        assertEquals(1001 + 4 * 4, bare.moment);
        bare.memory.unwatch(watch);
        assertEquals(Engine.Stop.BUDGET, bare.run(1000));
    }

    @Test
    void readWatchIgnoresStoresAndAccessWatchTakesBoth() {
        Bare bare = accesses();
        bare.memory.watch(new Watch(Bare.DATA, 8, true, false));
        assertEquals(Engine.Stop.WATCHPOINT, bare.run(1000));
        assertEquals(Bare.CODE + 6, bare.cpu.rip);
        bare.memory.unwatch(new Watch(Bare.DATA, 8, true, false));
        bare.memory.watch(new Watch(Bare.DATA, 8, true, true));
        assertEquals(Engine.Stop.WATCHPOINT, bare.run(1000));
        assertEquals(Bare.CODE + 3, bare.cpu.rip);
    }

    @Test
    void neighboursOfAWatchedRangeDoNotStop() {
        Bare bare = accesses();
        bare.memory.watch(new Watch(Bare.DATA + 8, 0x800, true, true));
        bare.memory.watch(new Watch(Bare.DATA - 1, 1, true, true));
        assertEquals(Engine.Stop.BUDGET, bare.run(1000));
        assertEquals(1000, bare.moment);
    }

    @Test
    void watchingDoesNotChangeWhatTheProgramDoes() {
        Bare watched = accesses();
        Bare free = accesses();
        watched.memory.watch(new Watch(Bare.DATA + 16, 8, true, true));
        watched.run(777);
        free.run(777);
        assertEquals(free.hash(), watched.hash());
    }
}
