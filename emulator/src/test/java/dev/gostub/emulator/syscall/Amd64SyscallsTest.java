package dev.gostub.emulator.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Amd64SyscallsTest {
    private final Amd64Syscalls table = new Amd64Syscalls();

    @Test
    void linesHaveAtMostSixArgumentsAndSentencesWhereSomethingIsMissing() {
        assertTrue(table.all().size() > 120, table.all().size() + " lines");
        for (Syscall call : table.all()) {
            assertTrue(call.arguments().size() <= 6, call.name());
            String sentence = switch (call.level()) {
                case SupportLevel.Full _ -> "none needed";
                case SupportLevel.Partial(String text) -> text;
                case SupportLevel.Refused refused -> refused.reason();
            };
            assertFalse(sentence.isBlank(), call.name());
        }
    }

    @Test
    void everyCallTakesTimeAndStartingAProcessTakesMost() {
        for (Syscall call : table.all()) {
            assertTrue(call.nanos() >= 50 && call.nanos() < 1_000_000, call.name() + " " + call.nanos());
        }
        assertTrue(nanos(39) < nanos(0) && nanos(0) < nanos(2), "getpid, read, open");
        assertTrue(nanos(2) < nanos(56) && nanos(56) < nanos(59), "open, clone, execve");
    }

    private int nanos(int number) {
        return table.find(number).orElseThrow().nanos();
    }

    @Test
    void numbersHaveTheNamesOfLinux() {
        assertEquals("read", table.name(0));
        assertEquals("rseq", table.name(334));
        assertEquals("uretprobe", table.name(335));
        assertEquals("syscall_400", table.name(400));
        assertEquals("pidfd_send_signal", table.name(424));
        assertEquals("clone3", table.name(435));
        assertEquals("open_tree_attr", table.name(467));
        assertEquals("syscall_468", table.name(468));
        assertEquals("syscall_-1", table.name(-1));
    }

    @Test
    void numbersWithoutALineAreFoundEmpty() {
        assertTrue(table.find(-1).isEmpty());
        assertTrue(table.find(400).isEmpty());
        assertTrue(table.find(1 << 30).isEmpty());
    }
}
