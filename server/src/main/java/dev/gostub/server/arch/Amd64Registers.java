package dev.gostub.server.arch;

import dev.gostub.server.arch.Amd64Register.Feature;
import java.util.ArrayList;
import java.util.List;

/**
 * The register block: every register that a debugger sees, in the order of the {@code g} packet, little-endian and
 * without gaps. The order is gdbserver's for a machine with AVX, except that the upper halves of the ymm registers stand
 * before {@code orig_rax}; clients learn the order from the target description or {@code qRegisterInfo}.
 */
public final class Amd64Registers {
    // Offsets in the block, for those who fill it.
    /** rax rbx rcx rdx rsi rdi rbp rsp r8 … r15, 8 bytes each; note gdb's order, it is not the encoding's. */
    public static final int GENERAL_OFFSET = 0;

    public static final int RBP_OFFSET = 6 * 8;
    public static final int RSP_OFFSET = 7 * 8;
    public static final int RIP_OFFSET = 16 * 8;
    /** 4 bytes, RFLAGS; then cs ss ds es fs gs, 4 bytes each. */
    public static final int EFLAGS_OFFSET = RIP_OFFSET + 8;

    public static final int SELECTORS_OFFSET = EFLAGS_OFFSET + 4;
    /** st0 … st7, 10 bytes each, relative to the top of the x87 stack. */
    public static final int ST_OFFSET = SELECTORS_OFFSET + 6 * 4;
    /** fctrl fstat ftag fiseg fioff foseg fooff fop, 4 bytes each. */
    public static final int X87_CONTROL_OFFSET = ST_OFFSET + 8 * 10;
    /** xmm0 … xmm15, 16 bytes each: the lower halves of ymm. */
    public static final int XMM_OFFSET = X87_CONTROL_OFFSET + 8 * 4;

    public static final int MXCSR_OFFSET = XMM_OFFSET + 16 * 16;
    /** ymm0h … ymm15h, 16 bytes each: the upper halves. */
    public static final int YMM_HIGH_OFFSET = MXCSR_OFFSET + 4;
    /** Number of the system call the thread is in, or -1. */
    public static final int ORIG_RAX_OFFSET = YMM_HIGH_OFFSET + 16 * 16;

    public static final int FS_BASE_OFFSET = ORIG_RAX_OFFSET + 8;
    public static final int GS_BASE_OFFSET = FS_BASE_OFFSET + 8;
    public static final int BLOCK_BYTES = GS_BASE_OFFSET + 8;

    // Numbers of the registers that every stop reply carries.
    public static final int RBP = 6;
    public static final int RSP = 7;
    public static final int RIP = 16;

    private static final List<Amd64Register> ALL = table();

    private Amd64Registers() {}

    /** All registers in the order of the block; a register's index is its number. */
    public static List<Amd64Register> all() {
        return ALL;
    }

    // spotless:off
    private static List<Amd64Register> table() {
        Builder table = new Builder();
        table.add(Feature.CORE, 8, "int64", "", "rax", "rbx", "rcx", "rdx", "rsi", "rdi");
        table.add(Feature.CORE, 8, "data_ptr", "", "rbp", "rsp");
        table.add(Feature.CORE, 8, "int64", "", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15");
        table.add(Feature.CORE, 8, "code_ptr", "", "rip");
        table.add(Feature.CORE, 4, "i386_eflags", "", "eflags");
        table.add(Feature.CORE, 4, "int32", "", "cs", "ss", "ds", "es", "fs", "gs");
        table.add(Feature.CORE, 10, "i387_ext", "", "st0", "st1", "st2", "st3", "st4", "st5", "st6", "st7");
        table.add(Feature.CORE, 4, "int", "float", "fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop");
        table.add(Feature.SSE, 16, "vec128", "", numbered("xmm", ""));
        table.add(Feature.SSE, 4, "i386_mxcsr", "vector", "mxcsr");
        table.add(Feature.AVX, 16, "uint128", "", numbered("ymm", "h"));
        table.add(Feature.LINUX, 8, "int", "", "orig_rax");
        table.add(Feature.SEGMENTS, 8, "int", "", "fs_base", "gs_base");
        return table.complete();
    }
    // spotless:on

    private static String[] numbered(String prefix, String suffix) {
        String[] names = new String[16];
        for (int i = 0; i < names.length; i++) {
            names[i] = prefix + i + suffix;
        }
        return names;
    }

    private static final class Builder {
        private final List<Amd64Register> registers = new ArrayList<>();
        private int offset;

        void add(Feature feature, int sizeBytes, String type, String group, String... names) {
            for (String name : names) {
                registers.add(new Amd64Register(feature, name, registers.size(), offset, sizeBytes, type, group));
                offset += sizeBytes;
            }
        }

        List<Amd64Register> complete() {
            if (offset != BLOCK_BYTES) {
                throw new IllegalStateException("register table has " + offset + " bytes, not " + BLOCK_BYTES);
            }
            return List.copyOf(registers);
        }
    }
}
