package dev.gostub.server.arch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The register list as {@code qRegisterInfo} gives it (lldb, docs/resources/lldbgdbremote). Numbers and offsets are
 * decimal; dlv takes the offset as the position in {@code g} and reads TLS through {@code fs_base}, so that it must be here.
 */
public final class LldbRegisters {
    // System V ABI, amd64, figure 3.36: DWARF numbers of the general registers in the block's order.
    private static final int[] DWARF = {0, 3, 2, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private LldbRegisters() {}

    /** The description of one register, or empty when there is no such number. */
    public static Optional<String> of(int number) {
        List<Amd64Register> all = Amd64Registers.all();
        if (number < 0 || number >= all.size()) {
            return Optional.empty();
        }
        Amd64Register register = all.get(number);
        StringBuilder text = new StringBuilder();
        text.append("name:").append(register.name());
        text.append(";bitsize:").append(register.sizeBytes() * 8);
        text.append(";offset:").append(register.offset());
        text.append(";encoding:").append(register.sizeBytes() > 8 ? "vector" : "uint");
        text.append(";format:").append(register.sizeBytes() > 8 ? "vector-uint8" : "hex");
        text.append(";set:").append(setOf(register)).append(';');
        if (number < DWARF.length) {
            text.append("ehframe:")
                    .append(DWARF[number])
                    .append(";dwarf:")
                    .append(DWARF[number])
                    .append(';');
        }
        String generic = generic(register.name());
        if (!generic.isEmpty()) {
            text.append("generic:").append(generic).append(';');
        }
        return Optional.of(text.toString());
    }

    private static String setOf(Amd64Register register) {
        return switch (register.feature()) {
            case CORE ->
                register.name().startsWith("st") || register.group().equals("float")
                        ? "Floating Point Registers"
                        : "General Purpose Registers";
            case SSE, AVX -> "Vector Registers";
            case LINUX, SEGMENTS -> "General Purpose Registers";
        };
    }

    private static String generic(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rip" -> "pc";
            case "rsp" -> "sp";
            case "rbp" -> "fp";
            case "eflags" -> "flags";
            case "rdi" -> "arg1";
            case "rsi" -> "arg2";
            case "rdx" -> "arg3";
            case "rcx" -> "arg4";
            case "r8" -> "arg5";
            case "r9" -> "arg6";
            default -> "";
        };
    }
}
