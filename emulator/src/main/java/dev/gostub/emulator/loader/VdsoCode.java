package dev.gostub.emulator.loader;

import dev.gostub.emulator.abi.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The machine code of the {@link Vdso}, assembled by hand; each line of bytes has its instruction beside it. */
final class VdsoCode {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int length() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void align() {
        while (out.size() % 16 != 0) {
            out.write(0x90);
        }
    }

    private void emit(String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private void emit64(long value) {
        byte[] bytes = new byte[8];
        LittleEndian.put64(bytes, 0, value);
        out.writeBytes(bytes);
    }

    // spotless:off
    /** Leaves seconds in RAX and nanoseconds in RDX of the clock that is {@code constant} ahead of the time-stamp counter. */
    private void now() {
        emit("0f 31");          // rdtsc
        emit("48 c1 e2 20");    // shl $32, %rdx
        emit("48 09 d0");       // or %rdx, %rax
        emit("4c 01 c0");       // add %r8, %rax
        emit("31 d2");          // xor %edx, %edx
        emit("b9 00 ca 9a 3b"); // mov $1000000000, %ecx
        emit("48 f7 f1");       // div %rcx
    }

    /** A function that makes a system call. */
    int systemCall(int number) {
        int start = length();
        byte[] word = new byte[4];
        LittleEndian.put32(word, 0, number);
        emit("b8");             // mov $number, %eax
        out.writeBytes(word);
        emit("0f 05 c3");       // syscall; ret
        return start;
    }

    /** int clock_gettime(clockid_t %edi, struct timespec *%rsi). */
    int clockGettime(long realtime, long monotonic) {
        int start = length();
        emit("83 ff 01 74 16"); // cmp $1, %edi (CLOCK_MONOTONIC); je 2f
        emit("83 ff 07 74 11"); // cmp $7, %edi (CLOCK_BOOTTIME); je 2f
        emit("83 ff 04 74 0c"); // cmp $4, %edi (CLOCK_MONOTONIC_RAW); je 2f
        emit("85 ff 74 14");    // test %edi, %edi (CLOCK_REALTIME); je 3f
        systemCall(228);        // 8 bytes: other clocks
        emit("49 b8");          // 2: movabs $monotonic, %r8
        emit64(monotonic);
        emit("eb 0a");          // jmp 4f
        emit("49 b8");          // 3: movabs $realtime, %r8
        emit64(realtime);
        now();                  // 4:
        emit("48 89 06");       // mov %rax, (%rsi)
        emit("48 89 56 08");    // mov %rdx, 8(%rsi)
        emit("31 c0 c3");       // xor %eax, %eax; ret
        return start;
    }

    /** int gettimeofday(struct timeval *%rdi, struct timezone *%rsi). */
    int gettimeofday(long realtime) {
        int start = length();
        emit("48 85 ff 74 34"); // test %rdi, %rdi; je 1f
        emit("49 b8");          // movabs $realtime, %r8
        emit64(realtime);
        now();                  // 22 bytes
        emit("48 89 07");       // mov %rax, (%rdi)
        emit("48 89 d0");       // mov %rdx, %rax
        emit("31 d2");          // xor %edx, %edx
        emit("b9 e8 03 00 00"); // mov $1000, %ecx
        emit("48 f7 f1");       // div %rcx
        emit("48 89 47 08");    // mov %rax, 8(%rdi)
        emit("48 85 f6 74 07"); // 1: test %rsi, %rsi; je 2f
        emit("48 c7 06 00 00 00 00"); // movq $0, (%rsi)
        emit("31 c0 c3");       // 2: xor %eax, %eax; ret
        return start;
    }
    // spotless:on
}
