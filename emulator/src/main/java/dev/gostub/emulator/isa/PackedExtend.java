package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** PMOVSX and PMOVZX: the low elements of the source, made two, four or eight times as wide. */
public enum PackedExtend implements Family {
    PMOVSXBW(2),
    PMOVSXBD(4),
    PMOVSXBQ(8),
    PMOVSXWD(2),
    PMOVSXWQ(4),
    PMOVSXDQ(2),
    PMOVZXBW(2),
    PMOVZXBD(4),
    PMOVZXBQ(8),
    PMOVZXWD(2),
    PMOVZXWQ(4),
    PMOVZXDQ(2);

    private final int ratio;

    PackedExtend(int ratio) {
        this.ratio = ratio;
    }

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    /** One lane of the result from the low bits of {@code x}. */
    private long lane(long x) {
        return switch (this) {
            case PMOVSXBW -> Swar.sub(Swar.widen8(x) ^ 0x0080008000800080L, 0x0080008000800080L, Swar.H16);
            case PMOVSXBD -> (byte) x & 0xffffffffL | (long) (byte) (x >>> 8) << 32;
            case PMOVSXBQ -> (byte) x;
            case PMOVSXWD -> (short) x & 0xffffffffL | (long) (short) (x >>> 16) << 32;
            case PMOVSXWQ -> (short) x;
            case PMOVSXDQ -> (int) x;
            case PMOVZXBW -> Swar.widen8(x);
            case PMOVZXBD -> x & 0xff | (x >>> 8 & 0xff) << 32;
            case PMOVZXBQ -> x & 0xff;
            case PMOVZXWD -> Swar.widen16(x);
            case PMOVZXWQ -> x & 0xffff;
            case PMOVZXDQ -> x & 0xffffffffL;
        };
    }

    private static final class General extends VectorOp {
        private final PackedExtend f;

        General(PackedExtend f, Instruction i) {
            super(i, false);
            this.f = f;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            // downwards: a lane of the result never lies below its source, which may be the same register
            for (int k = lanes - 1; k >= 0; k--) {
                int bit = k * 64 / f.ratio;
                v[d + k] = f.lane(v[from + (bit >> 6)] >>> bit);
            }
            if (lanes == 2) upper(v);
            return next.exec(c);
        }
    }
}
