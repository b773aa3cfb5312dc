package dev.gostub.emulator.engine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.Blocks;
import dev.gostub.emulator.isa.ControlTransfer;
import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.InstructionSet;
import dev.gostub.emulator.isa.Neighbours;
import dev.gostub.emulator.isa.Op;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.CodeListener;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.SteppedAccess;
import dev.gostub.emulator.memory.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Executes the code of one address space, for whichever {@link Cpu} is handed in.
 *
 * <pre>
 * Engine ── Decoder ── BlockCache ── Block ── chain of Ops
 *      └ breakpoints: addresses at which no block begins, so that chains end there
 * </pre>
 *
 * Every stop is exact: the number of retired instructions is that of single steps, and after a fault the state is that of the faulting instruction's start.
 */
public final class Engine implements CodeListener {
    /** Ops of a block call each other, so a block is as deep as it is long; beyond some 32 the return predictor gives up. */
    static final int LONGEST_BLOCK = 32;

    private static final long PAGE_MASK = -AddressSpace.PAGE_SIZE;

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
        WATCHPOINT
    }

    private final AddressSpace memory;
    private final Successors successors = new Successors();
    private final BlockCache blocks = new BlockCache(successors);
    private final BlockCache singles = new BlockCache(successors);
    private final TreeSet<Long> breakpoints = new TreeSet<>();
    private final byte[] code = new byte[Decoder.LONGEST_BYTES];
    /** Made when it is first needed: the tables take longer to fill than a program to load. */
    private @Nullable Decoder decoder;

    private long retired;
    private @Nullable GuestFault fault;
    private @Nullable Watch hit;

    public Engine(AddressSpace memory) {
        this.memory = memory;
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
        if (breakpoints.add(address)) blocks.dropAround(address);
    }

    public void removeBreakpoint(long address) {
        breakpoints.remove(address);
    }

    public boolean hasBreakpoint(long address) {
        return breakpoints.contains(address);
    }

    /**
     * Runs until so many instructions more have retired exactly, or something stops it first.
     *
     * @param moment the time at the start of the run: what RDTSC reads, with the seed of {@code cpu}
     */
    public Stop run(Cpu cpu, long moment, long instructions) {
        retired = 0;
        while (instructions - retired > LONGEST_BLOCK) {
            Stop stop = chain(cpu, moment, instructions - retired - LONGEST_BLOCK);
            if (stop != null) return stop;
        }
        while (retired < instructions) {
            if (!breakpoints.isEmpty() && breakpoints.contains(cpu.rip)) return Stop.BREAKPOINT;
            Block block = blocks.get(cpu.rip);
            boolean whole = block != null && block.count <= instructions - retired;
            Stop stop = whole ? chain(cpu, moment, 0) : single(cpu, moment); // a budget of 0 is used up by one block
            if (stop != null) return stop;
        }
        return Stop.BUDGET;
    }

    /** One instruction, never fused; a breakpoint at RIP does not stop it. */
    public Stop step(Cpu cpu, long moment) {
        retired = 0;
        Stop stop = single(cpu, moment);
        return stop != null ? stop : Stop.BUDGET;
    }

    /** Runs a chain until its budget is used up; null if there is nothing to report. */
    private @Nullable Stop chain(Cpu cpu, long moment, long budget) {
        cpu.left = budget;
        cpu.index = 0;
        cpu.timeStamp = moment + retired + budget;
        try {
            Op op = first(cpu.rip);
            while (op != null) op = op.exec(cpu);
            retired += budget - cpu.left;
            if (cpu.systemCall) {
                cpu.systemCall = false;
                return Stop.SYSCALL;
            }
            return breakpoints.contains(cpu.rip) ? Stop.BREAKPOINT : null;
        } catch (GuestFault guestFault) {
            retired += rewind(cpu, budget);
            fault = guestFault;
            return Stop.FAULT;
        } catch (SteppedAccess access) {
            retired += rewind(cpu, budget);
            return single(cpu, moment);
        }
    }

    /** RIP is that of the block, index that of the instruction in it: makes RIP exact and returns the instructions retired before it. */
    private long rewind(Cpu cpu, long budget) {
        for (int i = 0; i < cpu.index; i++) cpu.rip = decode(cpu.rip).end();
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
            fault = guestFault;
            return Stop.FAULT;
        } finally {
            memory.endStep();
        }
    }

    /** The op of one instruction, not fused and not linked; kept, because the end of every turn is stepped. */
    private Op alone(long address) {
        Block known = singles.get(address);
        if (known != null) return known.first();
        Instruction instruction = decode(address);
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

    // ---- blocks

    /** The first op at an address, null where a breakpoint is; throws the fault of fetching it. */
    private @Nullable Op first(long address) {
        Block block = blocks.get(address);
        if (block == null) {
            if (breakpoints.contains(address)) return null;
            block = new Builder().build(address);
            blocks.put(block);
        }
        return block.first();
    }

    /** Blocks ask here for their successors. */
    private final class Successors extends Blocks {
        @Override
        protected @Nullable Op link(long address, Op.Exit from) {
            Op op = first(address);
            if (op == null) return null;
            Block block = blocks.get(address);
            if (block != null) block.addLink(from);
            return op;
        }

        @Override
        protected @Nullable Op first(long address) {
            try {
                return Engine.this.first(address);
            } catch (GuestFault fetch) {
                return null; // the chain is left with RIP there, and the next fetch reports it
            }
        }
    }

    private Instruction decode(long address) {
        int available = memory.fetch(address, code, code.length);
        if (decoder == null) decoder = InstructionSet.decoder();
        Instruction instruction = decoder.decode(code, available, address);
        if (instruction != null) return instruction;
        if (available == code.length) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION); // over 15 bytes
        memory.fetch(address + available, code, 1); // the page that is missing
        throw new IllegalStateException("truncated instruction at " + Long.toHexString(address));
    }

    @Override
    public void codeChanged(long pageNumber) {
        blocks.dropPage(pageNumber);
        singles.dropPage(pageNumber);
    }

    @Override
    public void allCodeChanged() {
        blocks.clear();
        singles.clear();
    }

    /** Strings the ops of one block together, fusing neighbours. */
    private final class Builder {
        private final List<Op> ops = new ArrayList<>();
        private int lastPosition;

        Block build(long start) {
            long pc = start;
            for (int index = 0; ; index++) {
                Instruction instruction;
                try {
                    instruction = decode(pc);
                } catch (GuestFault fetch) {
                    if (index == 0) throw fetch;
                    return goOn(start, pc, index);
                }
                append(Family.lowered(instruction), index);
                pc = instruction.end();
                if (!ops.isEmpty() && ops.getLast() instanceof Op.Last) return finish(start, pc, index + 1);
                boolean full = index == LONGEST_BLOCK - 1;
                boolean pageEnd = (pc & PAGE_MASK) != (start & PAGE_MASK);
                if (full || pageEnd || breakpoints.contains(pc)) return goOn(start, pc, index + 1);
            }
        }

        private void append(Op op, int index) {
            if (op instanceof Op.Nothing) return;
            // With a NOP between them, a fused op could not tell its instructions' positions.
            boolean adjacent = !ops.isEmpty() && index == lastPosition + 1;
            Op fused = adjacent ? Neighbours.fuse(ops.getLast(), op) : null;
            if (fused != null) {
                push(fused, ops.removeLast().index, index);
            } else {
                push(op, index, index);
            }
        }

        /** @param position of the op's last instruction in the block */
        private void push(Op op, int index, int position) {
            op.index = (byte) index;
            if (op instanceof Op.Exit exit) {
                exit.count = (byte) (position + 1);
                exit.blocks = successors;
            }
            if (!ops.isEmpty()) ops.getLast().next = op;
            ops.add(op);
            lastPosition = position;
        }

        /** Ends a block that was cut: the next one begins behind it. */
        private Block goOn(long start, long end, int count) {
            push(new ControlTransfer.Jump(end), count, count - 1);
            return finish(start, end, count);
        }

        private Block finish(long start, long end, int count) {
            return new Block(start, end, ops.toArray(Op[]::new), count);
        }
    }
}
