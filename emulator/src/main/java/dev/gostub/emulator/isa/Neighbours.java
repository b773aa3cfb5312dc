package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.isa.BinaryArithmeticOps.Add64RegImm;
import dev.gostub.emulator.isa.BinaryArithmeticOps.Sub64RegImm;
import dev.gostub.emulator.isa.BinaryArithmeticOps.Xor32Self;
import dev.gostub.emulator.isa.ControlTransfer.Branch;
import dev.gostub.emulator.isa.ControlTransfer.Computed;
import dev.gostub.emulator.isa.ControlTransfer.Return;
import dev.gostub.emulator.isa.DataTransfer.Pop;
import dev.gostub.emulator.isa.DataTransfer.Push;
import dev.gostub.emulator.isa.MoveOps.Copy64;
import dev.gostub.emulator.isa.MoveOps.Load64Base;
import dev.gostub.emulator.isa.MoveOps.Store64Base;
import org.jspecify.annotations.Nullable;

/**
 * Ops that do the work of two or three neighbours, chosen by a profile of Go programs (JSON, maps, sorting): runs of loads, stores and register copies, a function's prologue
 * (PUSH RBP; MOV RBP,RSP; SUB RSP,n) and epilogue (ADD RSP,n; POP RBP; RET), and {@link CompareAndBranch}. In programs with large working sets the number of dispatches decides.
 *
 * <p>Made when a block is built, pair by pair, so that a longer one grows out of a shorter one; single steps never see one. Each does the work in the order of the instructions and leaves in {@link Cpu#index} the position
 * of the one that accesses memory, so that a fault finds exactly what single steps would leave.
 */
public final class Neighbours {
    private Neighbours() {}

    /** The op for {@code first} and then {@code second}, or null where there is none. */
    public static @Nullable Op fuse(Op first, Op second) {
        return switch (second) {
            case Branch _ -> CompareAndBranch.fuse(first, second);
            case Load64Base b ->
                first instanceof Load64Base a
                        ? new Load64Twice(a, b)
                        : first instanceof Load64Twice t ? new Load64Thrice(t, b) : null;
            case Store64Base b ->
                first instanceof Store64Base a
                        ? new Store64Twice(a, b)
                        : first instanceof Store64Twice t ? new Store64Thrice(t, b) : null;
            case Copy64 b -> copy(first, b);
            case Sub64RegImm b -> first instanceof PushCopy a ? new PushCopySubtract(a, b) : null;
            case Pop b -> first instanceof Add64RegImm a ? new AddPop(a, b) : null;
            case Return b ->
                first instanceof AddPop a
                        ? new AddPopReturn(a, b)
                        : first instanceof Pop a ? new PopReturn(a, b) : null;
            case Xor32Self b -> first instanceof Xor32Self a ? new ClearTwice(a, b) : null;
            default -> null;
        };
    }

    private static @Nullable Op copy(Op first, Copy64 b) {
        return switch (first) {
            case Copy64 a -> new CopyTwice(a, b);
            case CopyTwice a -> new CopyThrice(a, b);
            case Push a -> new PushCopy(a, b);
            default -> null;
        };
    }

    // spotless:off
    static final class Load64Twice extends Op { final byte r1, b1, r2, b2; final long d1, d2; Load64Twice(Load64Base a, Load64Base b) { r1 = a.r; b1 = a.base; d1 = a.disp; r2 = b.r; b2 = b.base; d2 = b.disp; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r1] = c.memory.load64(c.r[b1] + d1); c.index = index + 1; c.r[r2] = c.memory.load64(c.r[b2] + d2); return next.exec(c); } }
    static final class Load64Thrice extends Op { final byte r1, b1, r2, b2, r3, b3; final long d1, d2, d3; Load64Thrice(Load64Twice a, Load64Base b) { r1 = a.r1; b1 = a.b1; d1 = a.d1; r2 = a.r2; b2 = a.b2; d2 = a.d2; r3 = b.r; b3 = b.base; d3 = b.disp; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[r1] = c.memory.load64(c.r[b1] + d1); c.index = index + 1; c.r[r2] = c.memory.load64(c.r[b2] + d2); c.index = index + 2; c.r[r3] = c.memory.load64(c.r[b3] + d3); return next.exec(c); } }
    static final class Store64Twice extends Op { final byte r1, b1, r2, b2; final long d1, d2; Store64Twice(Store64Base a, Store64Base b) { r1 = a.r; b1 = a.base; d1 = a.disp; r2 = b.r; b2 = b.base; d2 = b.disp; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[b1] + d1, c.r[r1]); c.index = index + 1; c.memory.store64(c.r[b2] + d2, c.r[r2]); return next.exec(c); } }
    static final class Store64Thrice extends Op { final byte r1, b1, r2, b2, r3, b3; final long d1, d2, d3; Store64Thrice(Store64Twice a, Store64Base b) { r1 = a.r1; b1 = a.b1; d1 = a.d1; r2 = a.r2; b2 = a.b2; d2 = a.d2; r3 = b.r; b3 = b.base; d3 = b.disp; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store64(c.r[b1] + d1, c.r[r1]); c.index = index + 1; c.memory.store64(c.r[b2] + d2, c.r[r2]); c.index = index + 2; c.memory.store64(c.r[b3] + d3, c.r[r3]); return next.exec(c); } }
    static final class CopyTwice extends Op { final byte d1, s1, d2, s2; CopyTwice(Copy64 a, Copy64 b) { d1 = a.d; s1 = a.s; d2 = b.d; s2 = b.s; } @Override public @Nullable Op exec(Cpu c) { c.r[d1] = c.r[s1]; c.r[d2] = c.r[s2]; return next.exec(c); } }
    static final class CopyThrice extends Op { final byte d1, s1, d2, s2, d3, s3; CopyThrice(CopyTwice a, Copy64 b) { d1 = a.d1; s1 = a.s1; d2 = a.d2; s2 = a.s2; d3 = b.d; s3 = b.s; } @Override public @Nullable Op exec(Cpu c) { c.r[d1] = c.r[s1]; c.r[d2] = c.r[s2]; c.r[d3] = c.r[s3]; return next.exec(c); } }
    static final class ClearTwice extends Op { final byte d1, d2; ClearTwice(Xor32Self a, Xor32Self b) { d1 = a.d; d2 = b.d; } @Override public @Nullable Op exec(Cpu c) { c.r[d1] = 0; c.r[d2] = 0; c.flags.logic(Flags.LOGIC, 0); return next.exec(c); } }
    static final class PushCopy extends Op { final byte push, d, s; PushCopy(Push a, Copy64 b) { push = a.s; d = b.d; s = b.s; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.push(c.r[push]); c.r[d] = c.r[s]; return next.exec(c); } }
    static final class PushCopySubtract extends Op { final byte push, d, s, less; final long by; PushCopySubtract(PushCopy a, Sub64RegImm b) { push = a.push; d = a.d; s = a.s; less = b.d; by = b.i; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.push(c.r[push]); c.r[d] = c.r[s]; c.r[less] = BinaryArithmeticOps.sub64(c.flags, c.r[less], by); return next.exec(c); } }
    static final class AddPop extends Op { final byte more, pop; final long by; AddPop(Add64RegImm a, Pop b) { more = a.d; by = a.i; pop = b.d; } @Override public @Nullable Op exec(Cpu c) { c.r[more] = BinaryArithmeticOps.add64(c.flags, c.r[more], by); c.index = index + 1; c.r[pop] = c.pop(); return next.exec(c); } }
    static final class PopReturn extends Computed { final byte pop; final int release; PopReturn(Pop a, Return b) { pop = a.d; release = b.release; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[pop] = c.pop(); c.index = index + 1; long target = canonical(c.memory.load64(c.r[Cpu.RSP])); c.r[Cpu.RSP] += 8 + release; return goTo(c, target); } }
    static final class AddPopReturn extends Computed { final byte more, pop; final int release; final long by; AddPopReturn(AddPop a, Return b) { more = a.more; by = a.by; pop = a.pop; release = b.release; } @Override public @Nullable Op exec(Cpu c) { c.r[more] = BinaryArithmeticOps.add64(c.flags, c.r[more], by); c.index = index + 1; c.r[pop] = c.pop(); c.index = index + 2; long target = canonical(c.memory.load64(c.r[Cpu.RSP])); c.r[Cpu.RSP] += 8 + release; return goTo(c, target); } }
    // spotless:on
}
