package dev.gostub.emulator.machine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A machine whose program runs for ever, and whose tasks make the system calls that a test wants. */
final class Stage {
    private static final int[] ARGUMENTS = {Cpu.RDI, Cpu.RSI, Cpu.RDX, Cpu.R10, Cpu.R8, Cpu.R9};

    private static final String ENDLESS = "90 eb fd"; // nop; jmp back

    final Machine machine;
    /** 64 KiB to write to. */
    final long page;

    Stage() throws BadProgramException {
        this(new FixedHost());
    }

    Stage(Host host) throws BadProgramException {
        machine = Programs.machine(host, Programs.elf(ENDLESS));
        page = call(first(), 9, 0, 1 << 16, 3, 0x22, -1, 0); // mmap
    }

    /**
     * One with open descriptors of all kinds, and a child.
     *
     * @param withoutEnd with those, too, that give as much as one wants
     */
    static Stage withDescriptors(boolean withoutEnd) throws BadProgramException {
        Stage stage = new Stage();
        if (withoutEnd) {
            List.of("/dev/zero", "/dev/full", "/dev/urandom").forEach(path -> stage.open(path, 2, 0));
        }
        List.of("/", "/proc/self/maps", "/proc/self/stat", "/proc", "/dev/null", "/proc/self/fd", "/test/program")
                .forEach(path -> stage.open(path, 0, 0));
        stage.open("/file", 0102, 0644);
        stage.open("/", 010000000, 0); // O_PATH
        Task first = stage.first();
        stage.call(first, 22, stage.page); // pipe
        stage.call(first, 284, 3); // eventfd
        stage.call(first, 213, 1); // epoll_create
        stage.call(first, 283, 1, 0); // timerfd_create
        stage.call(first, 319, stage.text("memory"), 3); // memfd_create
        for (long family : new long[] {1, 2, 10, 16}) {
            for (long type = 1; type <= 5; type++) {
                stage.call(first, 41, family, type, 0); // socket
            }
        }
        stage.call(first, 53, 1, 1, 0, stage.page); // socketpair
        stage.call(first, 53, 1, 2, 0, stage.page);
        stage.call(first, 53, 1, 5, 0, stage.page);
        stage.call(first, 434, first.process().id(), 0); // pidfd_open
        stage.fork();
        return stage;
    }

    Task first() {
        return machine.tasks().getFirst();
    }

    private void open(String path, long flags, long mode) {
        call(first(), 2, text(path), flags, mode);
    }

    /** A child of the program, which runs for ever as well. */
    Task fork() {
        int child = (int) call(first(), 57);
        return machine.kernel().task(child).orElseThrow();
    }

    /** Puts a text where the program can read it. */
    long text(String text) {
        machine.poke(page, (text + "\0").getBytes(StandardCharsets.UTF_8));
        return page;
    }

    /** What RAX holds after a call; of one that waits the number of its restart. */
    long call(Task task, long number, long... arguments) {
        Cpu cpu = task.cpu();
        cpu.r[Cpu.RAX] = number;
        for (int i = 0; i < arguments.length; i++) {
            cpu.r[ARGUMENTS[i]] = arguments[i];
        }
        machine.syscalls().enter(task);
        return task.cpu().r[Cpu.RAX];
    }

    /** Some turns, or as many of them as come before everybody sleeps. */
    StopEvent goOn(long instructions) {
        int[] asked = {0};
        return machine.run(RunPlan.ALL, instructions, () -> ++asked[0] > 1 + instructions / 1000);
    }
}
