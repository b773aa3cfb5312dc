package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.TimeStamp;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** What talks to the processor or the system rather than to data: SYSCALL, CPUID, time stamps, traps, hints, fences, segment bases. */
public enum Processor implements Family {
    SYSCALL,
    CPUID,
    RDTSC,
    RDTSCP,
    RDPID,
    XGETBV,
    INT3,
    INT1,
    /** UD0, UD1, UD2 and everything that no form answers to. */
    UD,
    /** Instructions that only the operating system may execute. */
    PRIVILEGED,
    /** MOV to and from control registers, which are privileged if they exist: CR0, CR2, CR3, CR4, CR8. */
    CONTROL_REGISTER,
    /** MOV to and from debug registers. */
    DEBUG_REGISTER,
    /** NOP, hints, prefetches and fences: one host thread runs everything in order. */
    NOP,
    RDFSBASE,
    RDGSBASE,
    WRFSBASE,
    WRGSBASE;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case SYSCALL -> new SystemCall(i.end());
            case NOP -> new Op.Nothing();
            case INT3 -> new Trap(GuestFault.Kind.BREAKPOINT, i.end());
            case INT1 -> new Trap(GuestFault.Kind.DEBUG, i.end());
            case UD -> new Fault(GuestFault.Kind.INVALID_OPCODE);
            case PRIVILEGED -> new Fault(GuestFault.Kind.GENERAL_PROTECTION);
            case CONTROL_REGISTER -> (0x11d >> i.reg() & 1) != 0 ? PRIVILEGED.lower(i) : UD.lower(i);
            case DEBUG_REGISTER -> i.reg() < 8 ? PRIVILEGED.lower(i) : UD.lower(i);
            case RDFSBASE, RDGSBASE, WRFSBASE, WRGSBASE, RDPID -> new SegmentBase(this, Access.of(i, 0));
            default -> new General(this);
        };
    }

    /** INT n, where Linux lets programs do it; {@code end} is the address behind it. */
    static Op interrupt(int vector, long end) {
        return switch (vector) {
            case 3 -> new Trap(GuestFault.Kind.BREAKPOINT, end);
            case 4 -> new Trap(GuestFault.Kind.OVERFLOW, end);
            default -> new Fault(GuestFault.Kind.GENERAL_PROTECTION, vector << 3 | 2); // a gate of the IDT
        };
    }

    private void apply(Cpu c) {
        switch (this) {
            case CPUID -> Cpuid.execute(c);
            case RDTSC -> timeStamp(c);
            case RDTSCP -> {
                timeStamp(c);
                c.r[Cpu.RCX] = 0;
            }
            case XGETBV -> {
                int register = (int) c.r[Cpu.RCX];
                if (register != 0 && register != 1) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
                c.r[Cpu.RAX] = register == 0 ? Cpuid.XCR0 : StateSave.inUse(c); // XINUSE in 1
                c.r[Cpu.RDX] = 0;
            }
            default -> throw new IllegalStateException(name());
        }
    }

    /** One tick an instruction, with the unevenness that {@link TimeStamp} says: so runs repeat. */
    private static void timeStamp(Cpu c) {
        long now = TimeStamp.read(c.timeStamp - c.left + c.index, c.timeStampSeed);
        c.r[Cpu.RAX] = now & 0xffffffffL;
        c.r[Cpu.RDX] = now >>> 32;
    }

    private static final class General extends Op {
        private final Processor f;

        General(Processor f) {
            this.f = f;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            f.apply(c);
            return next.exec(c);
        }
    }

    private static final class SegmentBase extends Op {
        private final Processor f;
        private final Access operand;

        SegmentBase(Processor f, Access operand) {
            this.f = f;
            this.operand = operand;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            switch (f) {
                case RDFSBASE -> operand.write(c, c.fsBase);
                case RDGSBASE -> operand.write(c, c.gsBase);
                case WRFSBASE -> c.fsBase = canonical(operand.read(c));
                case WRGSBASE -> c.gsBase = canonical(operand.read(c));
                default -> operand.write(c, 0);
            }
            return next.exec(c);
        }

        private static long canonical(long address) {
            if (address << 16 >> 16 != address) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            return address;
        }
    }

    /** Leaves the chain with RIP, RCX and R11 as the processor sets them; the kernel does the rest. */
    static final class SystemCall extends Op.Last {
        private final long end;

        SystemCall(long end) {
            this.end = end;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.r[Cpu.RCX] = end;
            c.r[Cpu.R11] = c.flags.rflags();
            c.rip = end;
            c.left -= count;
            c.systemCall = true;
            return null;
        }
    }

    /** A trap: the instruction is complete and RIP is behind it. */
    private static final class Trap extends Op.Last {
        private final GuestFault.Kind kind;
        private final long end;

        Trap(GuestFault.Kind kind, long end) {
            this.kind = kind;
            this.end = end;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.left -= count;
            c.rip = end;
            c.index = 0;
            throw GuestFault.instruction(kind);
        }
    }

    private static final class Fault extends Op.Last {
        private final GuestFault.Kind kind;

        private final int errorCode;

        Fault(GuestFault.Kind kind) {
            this(kind, 0);
        }

        Fault(GuestFault.Kind kind, int errorCode) {
            this.kind = kind;
            this.errorCode = errorCode;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            throw GuestFault.instruction(kind, errorCode);
        }
    }
}
