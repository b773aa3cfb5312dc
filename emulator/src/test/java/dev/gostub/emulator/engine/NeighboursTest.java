package dev.gostub.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.Protection;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random programs of the instructions that are fused, run in chains and stepped: equal at every stop, after faults as well. */
final class NeighboursTest {
    /** Bodies of instructions over RAX, RCX, RDX, RBX, RSI, RDI with RBX and RDI pointing to data; each on a line of its own. */
    private static final String[] TEMPLATES = {
        "48 8b 43 08", // mov 8(%rbx),%rax
        "48 8b 4f 10", // mov 16(%rdi),%rcx
        "48 8b 53 18", // mov 24(%rbx),%rdx
        "48 89 43 20", // mov %rax,32(%rbx)
        "48 89 4f 28", // mov %rcx,40(%rdi)
        "48 89 53 08", // mov %rdx,8(%rbx)
        "48 89 c1", // mov %rax,%rcx
        "48 89 ca", // mov %rcx,%rdx
        "48 89 d6", // mov %rdx,%rsi
        "31 c0", // xor %eax,%eax
        "31 c9", // xor %ecx,%ecx
        "90", // nop
        "0f 1f 40 00", // nopl (%rax)
        "55 48 89 e5 48 83 ec 10", // push %rbp; mov %rsp,%rbp; sub $16,%rsp
        "48 83 c4 10 5d", // add $16,%rsp; pop %rbp
        "84 03", // test %al,(%rbx)
        "48 39 c8 76 03 48 ff c0", // cmp %rcx,%rax; jbe +3; inc %rax
        "48 85 c9 74 03 48 ff c9", // test %rcx,%rcx; je +3; dec %rcx
        "48 83 7b 08 05 7c 03 48 ff c2", // cmpq $5,8(%rbx); jl +3; inc %rdx
        "80 7b 09 00 75 02 ff c6", // cmpb $0,9(%rbx); jne +2; inc %esi
        "48 3b 57 10 77 03 48 01 c2", // cmp 16(%rdi),%rdx; ja +3; add %rax,%rdx
        "48 39 57 10 7e 03 48 29 c2", // cmp %rdx,16(%rdi); jle +3; sub %rax,%rdx
        "e8 00 00 00 00 48 83 c4 08", // call the next; add $8,%rsp
        "0f 92 c0", // setb %al: the flags of whatever was before
        "9c 58", // pushf; pop %rax
    };

    static String program(Random random) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 60; i++)
            code.append(TEMPLATES[random.nextInt(TEMPLATES.length)]).append(' ');
        byte[] bytes = java.util.HexFormat.of().parseHex(code.toString().replace(" ", ""));
        int back = -(bytes.length + 5);
        return code
                + "e9 %02x %02x %02x %02x"
                        .formatted(back & 0xff, back >> 8 & 0xff, back >> 16 & 0xff, back >> 24 & 0xff);
    }

    static Bare prepared(String program, long data) {
        Bare bare = new Bare(program);
        bare.cpu.r[Cpu.RBX] = Bare.DATA + 0x100;
        bare.cpu.r[Cpu.RDI] = data;
        bare.cpu.r[Cpu.RAX] = 3;
        bare.cpu.r[Cpu.RCX] = 7;
        bare.cpu.r[Cpu.RSP] = Bare.STACK - 0x8000;
        return bare;
    }

    @Test
    void chainsEqualStepsAtRandomStops() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            String program = program(random);
            Bare run = prepared(program, Bare.DATA + 0x108);
            Bare stepped = prepared(program, Bare.DATA + 0x108);
            for (int stop = 0; stop < 40; stop++) {
                Engine.Stop why = run.run(random.nextInt(150));
                while (stepped.moment < run.moment) stepped.step();
                assertEquals(stepped.hash(), run.hash(), "seed %d, moment %d".formatted(seed, run.moment));
                assertEquals(stepped.cpu.rip, run.cpu.rip);
                if (why == Engine.Stop.FAULT) break; // the stack ran out
            }
        }
    }

    @Test
    void faultsInsideFusedOpsEqualFaultsOfSteps() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            String program = program(random);
            long unmapped = 0x12340000L;
            Bare run = prepared(program, unmapped);
            Bare stepped = prepared(program, unmapped);
            assertEquals(Engine.Stop.FAULT, run.run(100_000), "seed " + seed);
            Engine.Stop why = Engine.Stop.BUDGET;
            while (why == Engine.Stop.BUDGET) why = stepped.step();
            assertEquals(stepped.moment, run.moment, "seed " + seed);
            assertEquals(stepped.hash(), run.hash(), "seed " + seed);
            assertEquals(stepped.engine.fault().address(), run.engine.fault().address());
        }
    }

    @Test
    void storesIntoTheProgramsOwnCodeInsideARunOfStoresTakeEffectAtOnce() {
        // mov %rax,(%rbx); mov %rax,(%rdi); inc %ecx -- the second store replaces the inc (ff c1) by inc %edx (ff c2)
        // and the jump behind it
        String code = "48 89 03 48 89 07 ff c1 eb fc 90 90 90 90";
        Bare bare = prepared(code, Bare.CODE + 6);
        bare.memory.protect(Bare.CODE, Bare.CODE + 0x1000, Protection.READ | Protection.WRITE | Protection.EXECUTE);
        bare.cpu.r[Cpu.RAX] = 0x90909090_fcebc2ffL;
        bare.run(102);
        assertEquals(7, bare.cpu.r[Cpu.RCX]);
        assertEquals(50, bare.cpu.r[Cpu.RDX]);
    }
}
