package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.FixedFiles;
import dev.gostub.emulator.host.FixedHost;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** A small world for tests of this package: some host files, a clock that is set by hand, one process. */
final class VfsFixture {
    static final int PROCESS = 4242;

    /** A clock that stands until it is moved. */
    static final class HandClock implements GuestClock {
        long now = 1_000_000_000L;

        @Override
        public long monotonicNanos() {
            return now;
        }

        @Override
        public long realtimeNanos() {
            return FixedHost.DATE_NANOS + now;
        }
    }

    final HandClock clock = new HandClock();
    final FixedHost host;
    final Vfs vfs;
    final FileSystemContext context;
    final FileTable table;
    final EnumMap<ProcessSetting, Long> settings = new EnumMap<>(ProcessSetting.class);
    String taskName = "prog";

    VfsFixture() throws FileFailure {
        this(new FixedHost(
                7,
                new FixedFiles(FixedHost.DATE_NANOS)
                        .file("/etc/hosts", "127.0.0.1 localhost\n")
                        .file("/etc/secret", 0200, new byte[3])
                        .file("/home/me/big", 0644, pattern(10_000))
                        .directory("/home/me/empty")
                        .directory("/tmp")
                        .link("/home/me/link", "big")
                        .link("/home/me/up", "../../etc")
                        .link("/home/me/abs", "/etc/hosts")
                        .link("/home/me/loop1", "loop2")
                        .link("/home/me/loop2", "loop1")
                        .link("/home/me/dangling", "nowhere")));
    }

    VfsFixture(FixedHost host) throws FileFailure {
        this.host = host;
        vfs = new Vfs(host, clock);
        context = vfs.newContext("/");
        table = vfs.newFileTable();
        vfs.mountProc(new OneProcess(this));
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    At here() {
        return context.here();
    }

    OpenFile open(String path, int flags) throws FileFailure {
        return vfs.open(here(), path, flags, 0666);
    }

    String slurp(String path) throws FileFailure {
        OpenFile file = open(path, 0);
        String text = new String(read(file, 1 << 16), StandardCharsets.UTF_8);
        file.release();
        return text;
    }

    static byte[] read(OpenFile file, int most) {
        byte[] into = new byte[most];
        long count = file.read(into, 0, most);
        if (count < 0) {
            throw new AssertionError(Errno.of(count));
        }
        return java.util.Arrays.copyOf(into, (int) count);
    }

    static long write(OpenFile file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return file.write(bytes, 0, bytes.length);
    }

    /** What a program would see in {@code errno}. */
    static Errno errno(Action action) {
        try {
            action.run();
        } catch (FileFailure failure) {
            return failure.errno();
        }
        throw new AssertionError("no failure");
    }

    @FunctionalInterface
    interface Action {
        void run() throws FileFailure;
    }

    private record OneProcess(VfsFixture fixture) implements Processes {
        @Override
        public int currentProcess() {
            return PROCESS;
        }

        @Override
        public int currentTask() {
            return PROCESS;
        }

        @Override
        public List<Integer> numbers() {
            return List.of(PROCESS);
        }

        @Override
        public Optional<ProcessView> process(int number) {
            return number == PROCESS ? Optional.of(new OneView(fixture)) : Optional.empty();
        }

        @Override
        public String ipcTable(Ipc kind) {
            return kind + "\n";
        }

        @Override
        public SystemView system() {
            return new SystemView("6.1.0", "#1 SMP", "gostub", 4, 1L << 32, 1L << 31);
        }
    }

    private record OneView(VfsFixture fixture) implements ProcessView {
        @Override
        public int number() {
            return PROCESS;
        }

        @Override
        public int parent() {
            return 1;
        }

        @Override
        public int group() {
            return PROCESS;
        }

        @Override
        public int session() {
            return PROCESS;
        }

        @Override
        public String executable() {
            return "/home/me/big";
        }

        @Override
        public byte[] commandLine() {
            return "prog\0arg\0".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] environment() {
            return "A=b\0".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] auxiliaryVector() {
            return new byte[16];
        }

        @Override
        public List<MappedRegion> mappings() {
            return List.of(
                    new MappedRegion(0x400000, 0x401000, "r-xp", 0, 0xfd01, 99, "/home/me/big", 0),
                    new MappedRegion(0x7ffffffde000L, 0x7ffffffff000L, "rw-p", 0, 0, 0, "[stack]", 8192));
        }

        @Override
        public boolean holdsMemory() {
            return true;
        }

        @Override
        public int peek(long address, byte[] into, int at, int lengthBytes) {
            return 0;
        }

        @Override
        public int poke(long address, byte[] from, int at, int lengthBytes) {
            return 0;
        }

        @Override
        public boolean isResident(long address) {
            return false;
        }

        @Override
        public FileTable files() {
            return fixture.table;
        }

        @Override
        public FileSystemContext context() {
            return fixture.context;
        }

        @Override
        public List<Integer> users() {
            return List.of(1000, 1001, 1002, 1001);
        }

        @Override
        public List<Integer> groups() {
            return List.of(100, 101, 102, 101);
        }

        @Override
        public List<Integer> supplementaryGroups() {
            return List.of(100, 200);
        }

        @Override
        public List<Long> capabilities() {
            return List.of(0L, 0L, 0L, 0L, 0L);
        }

        @Override
        public boolean hasNoNewPrivileges() {
            return false;
        }

        @Override
        public long setting(ProcessSetting setting) {
            return fixture.settings.getOrDefault(setting, setting.initial());
        }

        @Override
        public void set(ProcessSetting setting, long value) {
            fixture.settings.put(setting, value);
        }

        @Override
        public void rename(int task, String name) {
            fixture.taskName = name;
        }

        @Override
        public long timerSlackNanos(int task) {
            return 50_000;
        }

        @Override
        public void setTimerSlackNanos(int task, long nanos) {
            throw new UnsupportedOperationException("its tasks have no timers");
        }

        @Override
        public List<TaskView> tasks() {
            return List.of(
                    new TaskView(PROCESS, fixture.taskName, 'R', 20_000_000, 30_000_000, SignalSets.NONE),
                    new TaskView(PROCESS + 1, "prog", 'S', 0, 0, SignalSets.NONE));
        }

        @Override
        public long startNanos() {
            return 0;
        }
    }
}
