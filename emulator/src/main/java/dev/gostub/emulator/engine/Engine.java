package dev.gostub.emulator.engine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.Op;
import dev.gostub.emulator.isa.StackAccess;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.CodeListener;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.SteppedAccess;
import dev.gostub.emulator.memory.Watch;
import org.jspecify.annotations.Nullable;

/**
 * Executes the code of one address space, for whichever {@link Cpu} is handed in.
 *
 * <pre>
 * Engine ── Chains ── BlockCache ── Block ── chain of Ops
 *      │       └ end at breakpoints and where the range is left
 *      └ Code: decoder, breakpoints
 * </pre>
 *
 * Every stop is exact: the number of retired instructions is that of single steps, and after a fault the state is that of the faulting instruction's start.
 */
public final class Engine implements CodeListener {
    /** Ops of a block call each other, so a block is as deep as it is long; beyond some 32 the return predictor gives up. */
    static final int LONGEST_BLOCK = 32;

    /** Why a run ended. */
    public enum Stop {
        /** The instructions that were asked for have retired. */
        BUDGET,
        /** RIP is at an inserted breakpoint; the instruction there has not been executed. */
        BREAKPOINT,
        /** SYSCALL retired: RIP is behind it, RCX and R11 are set, RAX is the number. */
        SYSCALL,
        /** See {@link Engine#fault()}. */
        FAULT,
        /** An instruction that has retired accessed a watched range; see {@link Engine#hit()}. */
        WATCHPOINT,
        /** RIP is outside the range that {@link Engine#runWithin} was given. */
        LEFT
    }

    /** Addresses from {@code start} up to {@code end}, which is not included (unsigned). */
    public record Range(long start, long end) {
        public boolean holds(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    private final AddressSpace memory;
    private final Code code;
    final Chains everywhere;
    private final BlockCache singles;
    /** Those of the range that was run last; kept, because a debugger comes back to a line as often as the line calls functions. */
    private @Nullable Chains enclosed;

    private final Trapping trapping;

    private long retired;
    private @Nullable GuestFault fault;
    private @Nullable Watch hit;

    public Engine(AddressSpace memory) {
        this.memory = memory;
        code = new Code(memory);
        everywhere = new Chains(code);
        singles = new BlockCache(everywhere);
        trapping = new Trapping(code);
        memory.listen(this);
    }

    /** Whose code it executes. */
    public AddressSpace memory() {
        return memory;
    }

    /** Instructions retired by the last {@link #run} or {@link #step}. */
    public long retired() {
        return retired;
    }

    /** What the last {@link Stop#FAULT} was. RIP is that of the faulting instruction; behind it for the traps #BP and #DB. */
    public GuestFault fault() {
        if (fault == null) throw new IllegalStateException("the last run did not end with a fault");
        return fault;
    }

    /** Which watched range the last {@link Stop#WATCHPOINT} was about. */
    public Watch hit() {
        if (hit == null) throw new IllegalStateException("the last run did not end with a watchpoint");
        return hit;
    }

    public void insertBreakpoint(long address) {
        if (!code.breakpoints.add(address)) return;
        everywhere.dropAround(address);
        if (enclosed != null) enclosed.dropAround(address);
    }

    public void removeBreakpoint(long address) {
        code.breakpoints.remove(address);
    }

    public boolean hasBreakpoint(long address) {
        return code.breakpoints.contains(address);
    }

    /**
     * Runs until so many instructions more have retired exactly, or something stops it first.
     *
     * @param moment the time at the start of the run: what RDTSC reads, with the seed of {@code cpu}
     */
    public Stop run(Cpu cpu, long moment, long instructions) {
        return run(everywhere, cpu, moment, instructions);
    }

    /** The same, and stops where RIP is outside a range, be it at once or later. */
    public Stop runWithin(Range range, Cpu cpu, long moment, long instructions) {
        retired = 0;
        if (!range.holds(cpu.rip)) return Stop.LEFT;
        if (enclosed == null) enclosed = new Chains(code);
        enclosed.enclose(range.start(), range.end());
        return run(enclosed, cpu, moment, instructions);
    }

    private Stop run(Chains chains, Cpu cpu, long moment, long instructions) {
        retired = 0;
        while (retired < instructions) {
            Stop stop = cpu.flags.watchEach()
                    ? watched(chains, cpu, moment)
                    : onwards(chains, cpu, moment, instructions - retired);
            if (stop != null) return stop;
        }
        return chains.holds(cpu.rip) ? Stop.BUDGET : Stop.LEFT;
    }

    /** Goes a part of the way, if only of one instruction. */
    private @Nullable Stop onwards(Chains chains, Cpu cpu, long moment, long instructions) {
        if (instructions > LONGEST_BLOCK) return chain(chains, cpu, moment, instructions - LONGEST_BLOCK);
        Stop here = chains.stopAt(cpu.rip);
        if (here != null) return here;
        Block block = chains.get(cpu.rip);
        boolean whole = block != null && block.count <= instructions;
        // A budget of 0 is used up by one block.
        return whole ? chain(chains, cpu, moment, 0) : single(cpu, moment);
    }

    private @Nullable Stop watched(Chains chains, Cpu cpu, long moment) {
        Stop here = chains.stopAt(cpu.rip);
        return here != null ? here : watched(cpu, moment);
    }

    /** One instruction while RFLAGS.TF or AC is set. */
    private @Nullable Stop watched(Cpu cpu, long moment) {
        boolean traps = cpu.flags.trap();
        boolean aligned = cpu.flags.alignmentCheck();
        if (aligned) memory.beginAligned();
        try {
            Stop stop = traps ? trapping.step(cpu, () -> single(cpu, moment)) : single(cpu, moment);
            if (stop != null || !traps || trapping.isInhibited()) return stop;
            fault = GuestFault.instruction(GuestFault.Kind.SINGLE_STEP);
            return Stop.FAULT;
        } finally {
            if (aligned) memory.endAligned();
        }
    }

    /** One instruction, never fused; a breakpoint at RIP does not stop it. */
    public Stop step(Cpu cpu, long moment) {
        retired = 0;
        Stop stop = cpu.flags.watchEach() ? watched(cpu, moment) : single(cpu, moment);
        return stop != null ? stop : Stop.BUDGET;
    }

    /** Runs a chain until its budget is used up; null if there is nothing to report. */
    private @Nullable Stop chain(Chains chains, Cpu cpu, long moment, long budget) {
        cpu.left = budget;
        cpu.index = 0;
        cpu.timeStamp = moment + retired + budget;
        try {
            Op op = chains.at(cpu.rip);
            while (op != null) op = op.exec(cpu);
            retired += budget - cpu.left;
            if (cpu.systemCall) {
                cpu.systemCall = false;
                return Stop.SYSCALL;
            }
            return chains.stopAt(cpu.rip);
        } catch (GuestFault guestFault) {
            retired += rewind(cpu, budget);
            fault = classified(guestFault, cpu.rip);
            return Stop.FAULT;
        } catch (SteppedAccess access) {
            retired += rewind(cpu, budget);
            return single(cpu, moment);
        }
    }

    /** An access to an address that is none is #SS instead of #GP where the address is formed with RSP or RBP, or the instruction works on the stack (SDM vol. 3, 7.15). */
    private GuestFault classified(GuestFault guestFault, long rip) {
        boolean access = guestFault.access() != GuestFault.Access.EXECUTE;
        if (guestFault.kind() != GuestFault.Kind.GENERAL_PROTECTION || !access) return guestFault;
        boolean write = guestFault.access() == GuestFault.Access.WRITE;
        return StackAccess.isOf(code.decode(rip), write) ? guestFault.ofStack() : guestFault;
    }

    /** RIP is that of the block, index that of the instruction in it: makes RIP exact and returns the instructions retired before it. */
    private long rewind(Cpu cpu, long budget) {
        for (int i = 0; i < cpu.index; i++) cpu.rip = code.decode(cpu.rip).end();
        return budget - cpu.left + cpu.index;
    }

    private @Nullable Stop single(Cpu cpu, long moment) {
        cpu.index = 0;
        cpu.left = 0;
        cpu.timeStamp = moment + retired;
        memory.beginStep();
        try {
            Op op = alone(cpu.rip);
            op.exec(cpu);
            retired++;
            if (cpu.systemCall) {
                cpu.systemCall = false;
                return Stop.SYSCALL;
            }
            hit = memory.takeHit();
            return hit == null ? null : Stop.WATCHPOINT;
        } catch (GuestFault guestFault) {
            if (cpu.left < 0) retired++; // a trap
            memory.takeHit(); // what was read before the fault will be read again
            fault = classified(guestFault, cpu.rip);
            return Stop.FAULT;
        } finally {
            memory.endStep();
        }
    }

    /** The op of one instruction, not fused and not linked; kept, because the end of every turn is stepped. */
    Op alone(long address) {
        Block known = singles.get(address);
        if (known != null) return known.first();
        Instruction instruction = code.decode(address);
        Op op = Family.lowered(instruction);
        if (op instanceof Op.Exit exit) exit.count = 1;
        if (!(op instanceof Op.Last)) op.next = new Arrive(instruction.end());
        singles.put(new Block(address, instruction.end(), new Op[] {op}, 1));
        return op;
    }

    /** Sets RIP behind a single instruction. */
    private static final class Arrive extends Op {
        private final long at;

        Arrive(long at) {
            this.at = at;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.rip = at;
            return null;
        }
    }

    @Override
    public void codeChanged(long pageNumber) {
        everywhere.dropPage(pageNumber);
        if (enclosed != null) enclosed.dropPage(pageNumber);
        singles.dropPage(pageNumber);
    }

    @Override
    public void allCodeChanged() {
        everywhere.clear();
        if (enclosed != null) enclosed.clear();
        singles.clear();
    }
}
