package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** Far CALL, JMP and RET, and IRET: within 64-bit code, which is the only segment of code that we have. */
public enum FarTransfer implements Family {
    CALL,
    JMP,
    RET,
    IRET;
    private static final int CS = 1, SS = 2;

    @Override
    public Op lower(Instruction i) {
        int lengthBytes = i.operandBits() / 8;
        return switch (this) {
            case CALL, JMP -> new ThroughPointer(this, new Address(i.place()), lengthBytes, i.end());
            case RET -> new FarReturn(lengthBytes, i.operandCount() == 0 ? 0 : (int) i.immediate() & 0xffff);
            case IRET -> new InterruptReturn(lengthBytes);
        };
    }

    static long load(Cpu c, long at, int lengthBytes) {
        return lengthBytes == 8 ? c.memory.load64(at) : lengthBytes == 4 ? c.memory.load32(at) : c.memory.load16(at);
    }

    private static void store(Cpu c, long at, int lengthBytes, long value) {
        if (lengthBytes == 8) c.memory.store64(at, value);
        else if (lengthBytes == 4) c.memory.store32(at, value);
        else c.memory.store16(at, value);
    }

    /** A selector of 64-bit code of privilege level 3, for a transfer that asks for level 3 where {@code exact}. */
    private static void checkCode(long selector, boolean exact) {
        int chosen = (int) selector & 0xffff;
        boolean good = Descriptors.USER_CS.isNamedBy(chosen) && (!exact || (chosen & 3) == 3);
        if (!good) throw Descriptors.refused(chosen);
    }

    private static long canonical(long target) {
        if (target << 16 >> 16 != target) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
        return target;
    }

    private static final class ThroughPointer extends ControlTransfer.Computed {
        private final FarTransfer f;
        private final Address address;
        private final int lengthBytes;
        private final long back;

        ThroughPointer(FarTransfer f, Address address, int lengthBytes, long back) {
            this.f = f;
            this.address = address;
            this.lengthBytes = lengthBytes;
            this.back = back;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long target = load(c, address.of(c), lengthBytes);
            checkCode(c.memory.load16(address.of(c, lengthBytes)), false);
            FarTransfer.canonical(target);
            if (f == CALL) {
                long sp = c.r[Cpu.RSP] - 2L * lengthBytes;
                c.memory.checkWrite(sp + lengthBytes, lengthBytes); // it is pushed first
                c.memory.checkWrite(sp, lengthBytes);
                store(c, sp, lengthBytes, back);
                store(c, sp + lengthBytes, lengthBytes, c.selectors[CS]);
                c.r[Cpu.RSP] = sp;
            }
            return goTo(c, target);
        }
    }

    private static final class FarReturn extends ControlTransfer.Computed {
        private final int lengthBytes;
        private final int release;

        FarReturn(int lengthBytes, int release) {
            this.lengthBytes = lengthBytes;
            this.release = release;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long sp = c.r[Cpu.RSP];
            long target = load(c, sp, lengthBytes);
            checkCode(load(c, sp + lengthBytes, lengthBytes), true);
            FarTransfer.canonical(target);
            c.r[Cpu.RSP] = sp + 2L * lengthBytes + release;
            return goTo(c, target);
        }
    }

    /** Pops RIP, CS, RFLAGS, RSP and SS, all five in 64-bit mode (SDM vol. 2, IRET). */
    private static final class InterruptReturn extends ControlTransfer.Computed {
        private final int lengthBytes;

        InterruptReturn(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long sp = c.r[Cpu.RSP];
            long target = load(c, sp, lengthBytes);
            long code = load(c, sp + lengthBytes, lengthBytes);
            long flags = load(c, sp + 2L * lengthBytes, lengthBytes);
            long stack = load(c, sp + 3L * lengthBytes, lengthBytes);
            long stackSelector = load(c, sp + 4L * lengthBytes, lengthBytes);
            checkCode(code, true);
            Descriptors.check(SS, stackSelector);
            FarTransfer.canonical(target);
            c.flags.setRflags(lengthBytes == 2 ? c.flags.rflags() & ~0xffffL | flags : flags);
            c.r[Cpu.RSP] = stack;
            c.selectors[SS] = (int) stackSelector & 0xffff;
            return c.flags.watchEach() ? go(c, null, target) : goTo(c, target);
        }
    }
}
