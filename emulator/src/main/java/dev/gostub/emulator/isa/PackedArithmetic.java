package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Swar.H16;
import static dev.gostub.emulator.isa.Swar.H32;
import static dev.gostub.emulator.isa.Swar.H8;

import dev.gostub.emulator.decode.Instruction;

/** Packed integer addition and subtraction with and without saturation, averages, sums of differences, signs and absolute values. */
public enum PackedArithmetic implements Lanewise {
    PADDB,
    PADDW,
    PADDD,
    PADDQ,
    PADDSB,
    PADDSW,
    PADDUSB,
    PADDUSW,
    PSUBB,
    PSUBW,
    PSUBD,
    PSUBQ,
    PSUBSB,
    PSUBSW,
    PSUBUSB,
    PSUBUSW,
    PAVGB,
    PAVGW,
    PSADBW,
    PABSB,
    PABSW,
    PABSD,
    PSIGNB,
    PSIGNW,
    PSIGND;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.arithmetic(this, i);
        return hot != null ? hot : general(i);
    }

    @Override
    public long lane(long a, long b) {
        return switch (this) {
            case PADDB -> Swar.add(a, b, H8);
            case PADDW -> Swar.add(a, b, H16);
            case PADDD -> Swar.add(a, b, H32);
            case PADDQ -> a + b;
            case PADDSB -> Swar.addSigned(a, b, H8, 7);
            case PADDSW -> Swar.addSigned(a, b, H16, 15);
            case PADDUSB -> Swar.addUnsignedSaturated(a, b, H8, 7);
            case PADDUSW -> Swar.addUnsignedSaturated(a, b, H16, 15);
            case PSUBB -> Swar.sub(a, b, H8);
            case PSUBW -> Swar.sub(a, b, H16);
            case PSUBD -> Swar.sub(a, b, H32);
            case PSUBQ -> a - b;
            case PSUBSB -> Swar.subSigned(a, b, H8, 7);
            case PSUBSW -> Swar.subSigned(a, b, H16, 15);
            case PSUBUSB -> Swar.subUnsignedSaturated(a, b, H8, 7);
            case PSUBUSW -> Swar.subUnsignedSaturated(a, b, H16, 15);
            case PAVGB -> Swar.average(a, b, H8);
            case PAVGW -> Swar.average(a, b, H16);
            case PSADBW -> Swar.sumOfDifferences(a, b);
            case PABSB -> Swar.absolute(b, H8, 7);
            case PABSW -> Swar.absolute(b, H16, 15);
            case PABSD -> Swar.absolute(b, H32, 31);
            case PSIGNB -> Swar.signed(a, b, H8, 7);
            case PSIGNW -> Swar.signed(a, b, H16, 15);
            case PSIGND -> Swar.signed(a, b, H32, 31);
        };
    }
}
