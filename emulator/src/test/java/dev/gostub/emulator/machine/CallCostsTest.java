package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.syscall.Amd64Syscalls;
import dev.gostub.emulator.syscall.Syscall;
import dev.gostub.emulator.syscall.SyscallResult;
import org.junit.jupiter.api.Test;

/** What the table says a call takes is what the guest's clock goes on by, and no instruction. */
class CallCostsTest {
    private static final int UNKNOWN = 400;
    private static final long USUAL_NANOS = 200;

    private final Stage stage;
    private final Task first;

    CallCostsTest() throws BadProgramException {
        stage = new Stage();
        first = stage.first();
    }

    private void assertCosts(long nanos, int number, String name) {
        long before = stage.machine.kernel().clock().sinceStart();
        long systemBefore = first.systemTime();
        stage.call(first, number);
        assertEquals(nanos, stage.machine.kernel().clock().sinceStart() - before, name);
        assertEquals(nanos, first.systemTime() - systemBefore, name);
    }

    @Test
    void everyCallCostsWhatItsLineSays() {
        for (Syscall call : new Amd64Syscalls().all()) {
            stage.machine.syscalls().table().substitute(call.number(), _ -> SyscallResult.OK);
            assertCosts(call.nanos(), call.number(), call.name());
        }
        assertEquals(0, stage.machine.moment().instructions());
    }

    @Test
    void aCallThatThereIsNotCostsTheUsual() {
        assertCosts(USUAL_NANOS, UNKNOWN, "an unknown call");
    }
}
