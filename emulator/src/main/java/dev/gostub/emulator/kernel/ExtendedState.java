package dev.gostub.emulator.kernel;

import static dev.gostub.emulator.abi.LittleEndian.get16;
import static dev.gostub.emulator.abi.LittleEndian.get32;
import static dev.gostub.emulator.abi.LittleEndian.get64;
import static dev.gostub.emulator.abi.LittleEndian.put16;
import static dev.gostub.emulator.abi.LittleEndian.put32;
import static dev.gostub.emulator.abi.LittleEndian.put64;

import dev.gostub.emulator.abi.SignalFrame;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import java.util.Arrays;

/** x87, SSE and AVX state in the layout of FXSAVE64 and XSAVE (SDM vol. 1, 10.5.1 and 13.4), with the marks that Linux puts into signal frames. */
final class ExtendedState {
    private static final int MXCSR = 24;
    private static final int MXCSR_MASK = 28;
    private static final int ST = 32;
    private static final int XMM = 160;
    private static final int MXCSR_BITS = 0xffff;

    private ExtendedState() {}

    static byte[] save(Cpu cpu) {
        byte[] b = new byte[SignalFrame.XSTATE_FRAME_BYTES];
        put16(b, 0, cpu.x87.control);
        put16(b, 2, cpu.x87.statusWord());
        b[4] = (byte) cpu.x87.occupied;
        put16(b, 6, cpu.x87.opcode);
        put64(b, 8, cpu.x87.instructionPointer);
        put64(b, 16, cpu.x87.dataPointer);
        put32(b, MXCSR, cpu.mxcsr);
        put32(b, MXCSR_MASK, MXCSR_BITS);
        for (int i = 0; i < 8; i++) {
            int physical = cpu.x87.top + i & 7;
            put64(b, ST + 16 * i, cpu.x87.significand[physical]);
            put16(b, ST + 16 * i + 8, cpu.x87.signExponent[physical]);
        }
        for (int i = 0; i < 16; i++) {
            put64(b, XMM + 16 * i, cpu.v[4 * i]);
            put64(b, XMM + 16 * i + 8, cpu.v[4 * i + 1]);
            put64(b, SignalFrame.YMM_HIGH + 16 * i, cpu.v[4 * i + 2]);
            put64(b, SignalFrame.YMM_HIGH + 16 * i + 8, cpu.v[4 * i + 3]);
        }
        int software = SignalFrame.SW_BYTES;
        put32(b, software, SignalFrame.FP_XSTATE_MAGIC1);
        put32(b, software + 4, SignalFrame.XSTATE_FRAME_BYTES);
        put64(b, software + 8, SignalFrame.XFEATURES);
        put32(b, software + 16, SignalFrame.XSAVE_BYTES);
        put64(b, SignalFrame.XSAVE_HEADER, SignalFrame.XFEATURES);
        put32(b, SignalFrame.XSAVE_BYTES, SignalFrame.FP_XSTATE_MAGIC2);
        return b;
    }

    /** Takes the state back from {@code length} bytes; without Linux's marks only the FXSAVE part counts. */
    static void load(Cpu cpu, byte[] b, int length) {
        cpu.x87.control = get16(b, 0) & X87.CONTROL_BITS | X87.CONTROL_FIXED;
        cpu.x87.setStatusWord(get16(b, 2));
        cpu.x87.occupied = b[4] & 0xff;
        cpu.x87.opcode = get16(b, 6);
        cpu.x87.instructionPointer = get64(b, 8);
        cpu.x87.dataPointer = get64(b, 16);
        cpu.x87.summarise();
        cpu.mxcsr = get32(b, MXCSR) & MXCSR_BITS;
        for (int i = 0; i < 8; i++) {
            int physical = cpu.x87.top + i & 7;
            cpu.x87.significand[physical] = get64(b, ST + 16 * i);
            cpu.x87.signExponent[physical] = get16(b, ST + 16 * i + 8);
        }
        boolean extended = length >= SignalFrame.XSTATE_FRAME_BYTES
                && get32(b, SignalFrame.SW_BYTES) == SignalFrame.FP_XSTATE_MAGIC1
                && get32(b, SignalFrame.XSAVE_BYTES) == SignalFrame.FP_XSTATE_MAGIC2;
        boolean high = extended && (get64(b, SignalFrame.XSAVE_HEADER) & 4) != 0;
        for (int i = 0; i < 16; i++) {
            cpu.v[4 * i] = get64(b, XMM + 16 * i);
            cpu.v[4 * i + 1] = get64(b, XMM + 16 * i + 8);
            cpu.v[4 * i + 2] = high ? get64(b, SignalFrame.YMM_HIGH + 16 * i) : 0;
            cpu.v[4 * i + 3] = high ? get64(b, SignalFrame.YMM_HIGH + 16 * i + 8) : 0;
        }
    }

    /** The state after FNINIT and reset of the rest: what a handler and a new program start with. */
    static void reset(Cpu cpu) {
        cpu.x87.reset();
        Arrays.fill(cpu.x87.significand, 0);
        Arrays.fill(cpu.x87.signExponent, 0);
        cpu.mxcsr = Cpu.MXCSR_DEFAULT;
        Arrays.fill(cpu.v, 0);
    }
}
