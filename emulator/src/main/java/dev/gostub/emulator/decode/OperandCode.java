package dev.gostub.emulator.decode;

/**
 * An operand in the manual's code (SDM vol. 2, A.2): a method of addressing and a type, {@code Ev}, {@code Wdq}; or a fixed register, {@code AL}; or a constant, {@code 1}.
 *
 * @param method where the operand is
 * @param type its size; {@link Type#NONE} for fixed registers that carry their own
 * @param text as written in the table
 */
public record OperandCode(Method method, Type type, String text) {
    /** Addressing methods of A.2.1, and fixed operands. */
    public enum Method {
        /** General register or memory by ModRM.rm. */
        E,
        /** General register by ModRM.reg. */
        G,
        /** Immediate. */
        I,
        /** Relative branch target. */
        J,
        /** Memory only by ModRM.rm. */
        M,
        /** Absolute address without ModRM. */
        O,
        /** General register only by ModRM.rm. */
        R,
        /** General register by the low three bits of the opcode (the manual writes the register's name). */
        Z,
        /** Vector register by ModRM.reg. */
        V,
        /** Vector register or memory by ModRM.rm. */
        W,
        /** Vector register only by ModRM.rm. */
        U,
        /** Vector register by VEX.vvvv. */
        H,
        /** General register by VEX.vvvv. */
        B,
        /** Vector register by the high four bits of an immediate byte. */
        L,
        /** MMX register by ModRM.reg. */
        P,
        /** MMX register or memory by ModRM.rm. */
        Q,
        /** MMX register only by ModRM.rm. */
        N,
        /** Segment register by ModRM.reg. */
        S,
        /** Memory at DS:RSI. */
        X,
        /** Memory at ES:RDI. */
        Y,
        /** x87 register ST(i) by ModRM.rm. */
        ST,
        /** The accumulator, with a type: AL, AX, EAX, RAX. */
        A,
        /** CL. */
        CL,
        /** DX. */
        DX,
        /** The segment register FS. */
        FS,
        /** The segment register GS. */
        GS,
        /** The constant 1. */
        ONE,
        /** XMM0, implied. */
        XMM0
    }

    /** Operand types of A.2.2. */
    public enum Type {
        NONE,
        /** Byte. */
        B,
        /** Word. */
        W,
        /** Doubleword. */
        D,
        /** Quadword. */
        Q,
        /** Word, doubleword or quadword by operand size. */
        V,
        /** Word or doubleword by operand size; a doubleword for 64 bits. */
        Z,
        /** Doubleword or quadword by operand size. */
        Y,
        /** 128 or 256 bits by VEX.L. */
        X,
        /** 128 bits. */
        DQ,
        /** 256 bits. */
        QQ,
        /** 80-bit floating point. */
        T,
        /** A size of its own, known to the instruction: FXSAVE and kin, LEA. */
        OTHER
    }

    static OperandCode parse(String text) {
        return switch (text) {
            case "AL" -> new OperandCode(Method.A, Type.B, text);
            case "AX" -> new OperandCode(Method.A, Type.W, text);
            case "EAX" -> new OperandCode(Method.A, Type.D, text);
            case "rAX" -> new OperandCode(Method.A, Type.V, text);
            case "CL" -> new OperandCode(Method.CL, Type.B, text);
            case "DX" -> new OperandCode(Method.DX, Type.W, text);
            case "FS" -> new OperandCode(Method.FS, Type.W, text);
            case "GS" -> new OperandCode(Method.GS, Type.W, text);
            case "1" -> new OperandCode(Method.ONE, Type.B, text);
            case "XMM0" -> new OperandCode(Method.XMM0, Type.DQ, text);
            case "ST" -> new OperandCode(Method.ST, Type.T, text);
            default -> new OperandCode(Method.valueOf(text.substring(0, 1)), type(text.substring(1)), text);
        };
    }

    private static Type type(String letters) {
        return switch (letters) {
            case "b" -> Type.B;
            case "w" -> Type.W;
            case "d", "ss" -> Type.D;
            case "q", "sd", "pi" -> Type.Q;
            case "v" -> Type.V;
            case "z" -> Type.Z;
            case "y" -> Type.Y;
            case "x", "ps", "pd" -> Type.X;
            case "dq" -> Type.DQ;
            case "qq" -> Type.QQ;
            case "t" -> Type.T;
            case "" -> Type.OTHER;
            default -> throw new IllegalStateException("operand type: " + letters);
        };
    }

    boolean usesModRm() {
        return switch (method) {
            case E, G, M, R, V, W, U, P, Q, N, S, ST -> true;
            default -> false;
        };
    }

    /** Width in bits for an instruction's operand size and vector length. */
    int bits(int operandBits, int vectorBits) {
        return switch (type) {
            case B -> 8;
            case W -> 16;
            case D -> 32;
            case Q -> 64;
            case V -> operandBits;
            case Z -> operandBits == 16 ? 16 : 32;
            case Y -> operandBits == 64 ? 64 : 32;
            case X -> vectorBits;
            case DQ -> 128;
            case QQ -> 256;
            case T -> 80;
            case NONE, OTHER -> 0;
        };
    }
}
