package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.syscall.Amd64Syscalls;
import dev.gostub.emulator.syscall.Syscall;
import dev.gostub.limit.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every system call of the table with arguments that no program means: each answers, in a time that does not depend on what it is asked for, without an exception that nobody foresaw, and the machine
 * goes on. Every trial starts from the same moment.
 */
class ExtremeArgumentsTest {
    /** Against hanging only. */
    private static final TimeLimit PATIENCE = TimeLimit.seconds(300);

    private static final int TRIALS = 400;
    private static final long SEED = 20261128;
    /** sendfile, splice: what a device without end gives fills the host's memory, as it fills the disk on Linux. */
    private static final List<Integer> COPIES = List.of(40, 275);

    private static final long UNMAPPED = 0x10000000000L;
    private static final long END = 0x7ffffffff000L;

    // spotless:off
    private static final long[] NUMBERS = {
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 63, 64, 65, 128, 255, 1023, 1024, 4095, 4096, 4097, 65536, 1 << 20,
        Integer.MAX_VALUE, 0x7ffff000L, 0x80000000L, 0xffffffffL, 0x100000000L, 1L << 40, 1L << 45, 1L << 46, END,
        Long.MAX_VALUE, Long.MAX_VALUE - 4095, Long.MIN_VALUE, -1, -2, -4096, -100};
    // spotless:on

    private static Stream<Syscall> calls() {
        return new Amd64Syscalls().all().stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void answersWhateverItIsAsked(Syscall call) {
        List<String> trial = new ArrayList<>(List.of("setting up"));
        assertTimeoutPreemptively(PATIENCE.here(), () -> tryAll(call, trial), () -> "hangs: " + trial.getFirst());
    }

    private static void tryAll(Syscall call, List<String> current) throws BadProgramException {
        SplittableRandom random = new SplittableRandom(SEED + call.number());
        Stage stage = Stage.withDescriptors(!COPIES.contains(call.number()));
        MachineSnapshot start = stage.machine.capture();
        int descriptors = stage.machine.process().files().descriptors().size();
        try (DefectLog log = new DefectLog()) {
            for (int i = 0; i < TRIALS; i++) {
                stage.machine.restore(start);
                fill(stage, descriptors, random);
                long[] arguments = new long[6];
                for (int k = 0; k < arguments.length; k++) {
                    arguments[k] = argument(stage, descriptors, random);
                }
                String text = call.name() + " " + Arrays.toString(arguments) + ", seed " + SEED + ", trial " + i;
                current.set(0, text);
                stage.call(stage.first(), call.number(), arguments);
                stage.goOn(3_000);
                assertTrue(log.lines().isEmpty(), () -> text + ": " + log.last().orElse(""));
            }
        }
    }

    /** Descriptors, addresses that are good, bad and at an edge, numbers. */
    private static long argument(Stage stage, int descriptors, SplittableRandom random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> random.nextInt(descriptors + 1);
            case 3, 4, 5 -> stage.page + 8 * random.nextInt(512);
            case 6 -> stage.page + (1 << 16) - random.nextInt(64);
            case 7 -> random.nextBoolean() ? UNMAPPED : END - 8;
            default -> number;
        };
    }

    /** Memory full of what may be found in a structure: addresses of it, lengths, descriptors, short strings. */
    private static void fill(Stage stage, int descriptors, SplittableRandom random) {
        byte[] bytes = new byte[1 << 13];
        for (int at = 0; at < bytes.length; at += 8) {
            long value = random.nextInt(4) == 0 ? random.nextInt(256) : argument(stage, descriptors, random);
            LittleEndian.put64(bytes, at, value);
        }
        if (random.nextBoolean()) {
            String path = random.nextBoolean() ? "/proc/self/fd/" + random.nextInt(descriptors + 1) : "/file";
            byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < bytes.length; at += 512) {
                System.arraycopy(name, 0, bytes, at, name.length);
            }
        }
        stage.machine.poke(stage.page, bytes);
    }
}
