package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** Segment registers and descriptors: PUSH and POP of FS and GS, LSS, LFS, LGS, LAR, LSL, VERR, VERW; and SGDT, SIDT, SLDT, STR, SMSW as Linux answers them in the processor's place. */
public enum Segmentation implements Family {
    PUSH_FS,
    PUSH_GS,
    POP_FS,
    POP_GS,
    LSS,
    LFS,
    LGS,
    LAR,
    LSL,
    VERR,
    VERW,
    SGDT,
    SIDT,
    SLDT,
    STR,
    SMSW;

    /** What the kernel says in the place of instructions that UMIP forbids (arch/x86/kernel/umip.c). */
    private static final long GDT_BASE = 0xfffffffffffe0000L, IDT_BASE = 0xffffffffffff0000L, CR0 = 0x80050033L;

    private static final long TASK_REGISTER = 0x40;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case PUSH_FS, PUSH_GS, POP_FS, POP_GS -> new OnStack(this, i.operandBits() / 8);
            case LSS, LFS, LGS -> new FarPointer(this, Access.of(i, 0), new Address(i.place()), i.operandBits() / 8);
            case LAR, LSL -> new Ask(this, Access.of(i, 0), Access.of(i, 1));
            case VERR, VERW -> new Ask(this, Access.of(i, 0), Access.of(i, 0));
            case SGDT, SIDT -> new StoreTable(new Address(i.place()), this == SGDT ? GDT_BASE : IDT_BASE);
            case SLDT, STR, SMSW ->
                new StoreWord(this, Access.of(i, 0), i.hasMemory() ? -1 : -1L >>> 64 - i.operandBits());
        };
    }

    private int segment() {
        return switch (this) {
            case LSS -> 2;
            case PUSH_FS, POP_FS, LFS -> 4;
            default -> 5;
        };
    }

    private static final class OnStack extends Op {
        private final Segmentation f;
        private final int lengthBytes;

        OnStack(Segmentation f, int lengthBytes) {
            this.f = f;
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long sp = c.r[Cpu.RSP];
            if (f == PUSH_FS || f == PUSH_GS) {
                long to = sp - lengthBytes;
                if (lengthBytes == 8) c.memory.store64(to, c.selectors[f.segment()]);
                else c.memory.store16(to, c.selectors[f.segment()]);
                c.r[Cpu.RSP] = to;
            } else {
                Descriptors.load(c, f.segment(), lengthBytes == 8 ? c.memory.load64(sp) : c.memory.load16(sp));
                c.r[Cpu.RSP] = sp + lengthBytes;
            }
            return next.exec(c);
        }
    }

    private static final class FarPointer extends Op {
        private final Segmentation f;
        private final Access destination;
        private final Address address;
        private final int lengthBytes;

        FarPointer(Segmentation f, Access destination, Address address, int lengthBytes) {
            this.f = f;
            this.destination = destination;
            this.address = address;
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            long offset = FarTransfer.load(c, at, lengthBytes);
            Descriptors.load(c, f.segment(), c.memory.load16(address.of(c, lengthBytes)));
            destination.write(c, offset);
            return next.exec(c);
        }
    }

    /** ZF tells whether a selector can be used so; LAR and LSL write only then. */
    private static final class Ask extends Op {
        private final Segmentation f;
        private final Access destination;
        private final Access selector;

        Ask(Segmentation f, Access destination, Access selector) {
            this.f = f;
            this.destination = destination;
            this.selector = selector;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long chosen = selector.read(c) & 0xffff;
            boolean usable = Descriptors.isUsable(chosen);
            if (usable && f == VERW) usable = Descriptors.of(chosen).writable;
            if (usable && f == LAR) destination.write(c, Descriptors.of(chosen).rights);
            if (usable && f == LSL) destination.write(c, Descriptors.of(chosen).limit);
            c.flags.change(Flags.ZF, usable ? Flags.ZF : 0);
            return next.exec(c);
        }
    }

    private static final class StoreTable extends Op {
        private final Address address;
        private final long base;

        StoreTable(Address address, long base) {
            this.address = address;
            this.base = base;
        }

        /** A limit of 0, and the base. */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            c.memory.checkWrite(at, 10);
            c.memory.store16(at, 0);
            c.memory.store64(at + 2, base);
            return next.exec(c);
        }
    }

    private static final class StoreWord extends Op {
        private final Segmentation f;
        private final Access destination;
        private final long mask;

        StoreWord(Segmentation f, Access destination, long mask) {
            this.f = f;
            this.destination = destination;
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long value = f == SMSW ? CR0 : f == STR ? TASK_REGISTER : 0;
            destination.write(c, value & mask);
            return next.exec(c);
        }
    }
}
