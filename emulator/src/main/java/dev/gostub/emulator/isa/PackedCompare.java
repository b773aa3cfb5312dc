package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Swar.H16;
import static dev.gostub.emulator.isa.Swar.H32;
import static dev.gostub.emulator.isa.Swar.H8;

import dev.gostub.emulator.decode.Instruction;

/** Packed integer comparisons, minima and maxima. */
public enum PackedCompare implements Lanewise {
    PCMPEQB,
    PCMPEQW,
    PCMPEQD,
    PCMPEQQ,
    PCMPGTB,
    PCMPGTW,
    PCMPGTD,
    PCMPGTQ,
    PMINSB,
    PMINSW,
    PMINSD,
    PMINUB,
    PMINUW,
    PMINUD,
    PMAXSB,
    PMAXSW,
    PMAXSD,
    PMAXUB,
    PMAXUW,
    PMAXUD;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.compare(this, i);
        return hot != null ? hot : general(i);
    }

    @Override
    public long lane(long a, long b) {
        return switch (this) {
            case PCMPEQB -> Swar.equal(a, b, H8, 7);
            case PCMPEQW -> Swar.equal(a, b, H16, 15);
            case PCMPEQD -> Swar.equal(a, b, H32, 31);
            case PCMPEQQ -> a == b ? -1L : 0;
            case PCMPGTB -> Swar.greater(a, b, H8, 7);
            case PCMPGTW -> Swar.greater(a, b, H16, 15);
            case PCMPGTD -> Swar.greater(a, b, H32, 31);
            case PCMPGTQ -> a > b ? -1L : 0;
            case PMINSB -> Swar.select(Swar.greater(a, b, H8, 7), b, a);
            case PMINSW -> Swar.select(Swar.greater(a, b, H16, 15), b, a);
            case PMINSD -> Swar.select(Swar.greater(a, b, H32, 31), b, a);
            case PMINUB -> Swar.select(Swar.below(a, b, H8, 7), a, b);
            case PMINUW -> Swar.select(Swar.below(a, b, H16, 15), a, b);
            case PMINUD -> Swar.select(Swar.below(a, b, H32, 31), a, b);
            case PMAXSB -> Swar.select(Swar.greater(a, b, H8, 7), a, b);
            case PMAXSW -> Swar.select(Swar.greater(a, b, H16, 15), a, b);
            case PMAXSD -> Swar.select(Swar.greater(a, b, H32, 31), a, b);
            case PMAXUB -> Swar.select(Swar.below(a, b, H8, 7), b, a);
            case PMAXUW -> Swar.select(Swar.below(a, b, H16, 15), b, a);
            case PMAXUD -> Swar.select(Swar.below(a, b, H32, 31), b, a);
        };
    }
}
