package dev.gostub.server.target;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A deterministic all-stop machine with one process, one page of code, one page of data and instructions of one byte each.
 * It keeps every rule of {@link Target}, so that session tests mean something.
 *
 * <pre>
 * 0x90 nop            0xf4 exit(rdi)      0xeb jump to itself    0xcc int3
 * 0x50 print "hi\n"   0x51 store rax to [rdx]                    0x52 raise signal rdi
 * 0x53 new thread at rdx                  0x54 end this thread   0x00 a defect of the target
 * 0x55 system call rax, which does nothing
 * </pre>
 *
 * Anything else is an illegal instruction (signal 4).
 */
public final class FakeTarget implements Target, Watchpoints, Launcher {
    public static final int BLOCK_BYTES = 816;
    public static final int RIP_OFFSET = 128;
    public static final long PID = 0x1234;
    public static final long CODE = 0x464000;
    public static final long DATA = 0xc000030000L;
    public static final int PAGE_BYTES = 4096;
    public static final long ENTRY = 0x464840;
    public static final String EXECUTABLE = "/srv/hello";

    public static final int RAX = 0;
    public static final int RDX = 3;
    public static final int RDI = 5;
    public static final int RSP = 7;

    private static final int SLICE = 1000;

    private final List<FakeThread> threads = new ArrayList<>();
    private final byte[] code = new byte[PAGE_BYTES];
    private final byte[] data = new byte[PAGE_BYTES];
    private final Map<Long, BreakpointKind> breakpoints = new LinkedHashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final FakeFiles files = new FakeFiles();
    private final List<String> calls = new ArrayList<>();
    private final boolean launches;
    private Optional<StopReason> lastStop = Optional.empty();
    private Optional<OutputSink> sink = Optional.empty();
    private SignalPolicy policy = SignalPolicy.stopAtAll();
    private boolean executionsReported;
    private SystemCallFilter caught = SystemCallFilter.none();
    private boolean atEntry;
    private boolean promisesBriefness;
    private final StringBuilder terminal = new StringBuilder();
    private List<String> arguments = List.of();
    private long nextTid = PID;
    private byte[] signalInformation = Arrays.copyOf(new byte[] {5}, 128);
    private long retired;

    private record Watch(WatchKind kind, long address, long lengthBytes) {}

    private FakeTarget(boolean launches) {
        this.launches = launches;
        files.put(EXECUTABLE, "\177ELF fake #$}* end");
        files.put("/proc/4660/maps", "00464000-00465000 r-xp 00000000 fe:00 1  /srv/hello\n");
    }

    /** A target that stands at its entry, with a code page of nops and then {@code program} at the entry. */
    public static FakeTarget running(int... program) {
        FakeTarget target = new FakeTarget(true);
        target.load();
        for (int i = 0; i < program.length; i++) {
            target.code[(int) (ENTRY - CODE) + i] = (byte) program[i];
        }
        return target;
    }

    /** A target without a process. */
    public static FakeTarget empty() {
        return new FakeTarget(true);
    }

    /** A target at its entry that offers nothing besides the necessary. */
    public static FakeTarget bare() {
        FakeTarget target = new FakeTarget(false);
        target.load();
        return target;
    }

    private void load() {
        Arrays.fill(code, (byte) 0x90);
        code[PAGE_BYTES - 1] = (byte) 0xf4;
        Arrays.fill(data, (byte) 0);
        threads.clear();
        breakpoints.clear();
        watches.clear();
        nextTid = PID;
        addThread(ENTRY).setGeneral(RSP, DATA + 0x780);
        lastStop = Optional.of(new StopReason.Started(threads.getFirst().id()));
    }

    private FakeThread addThread(long pc) {
        FakeThread thread = new FakeThread(new ThreadId(PID, nextTid++), pc);
        threads.add(thread);
        return thread;
    }

    // What tests look at.

    /** Calls that matter to tests, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public Set<Long> breakpoints() {
        return Set.copyOf(breakpoints.keySet());
    }

    public SignalPolicy policy() {
        return policy;
    }

    public String terminal() {
        return terminal.toString();
    }

    public int openFiles() {
        return files.openCount();
    }

    public long retired() {
        return retired;
    }

    /** Adds a thread of its own before the test begins. */
    public ThreadId spawn(long pc) {
        return addThread(pc).id();
    }

    /** Says of every plan from now on that it is over in a moment, rightly or not. */
    public void promiseBriefness() {
        promisesBriefness = true;
    }

    // Target

    @Override
    public boolean isBrief(ResumePlan plan) {
        return promisesBriefness;
    }

    @Override
    public Optional<Inferior> inferior() {
        return threads.isEmpty() ? Optional.empty() : Optional.of(new FakeInferior());
    }

    @Override
    public Optional<StopReason> lastStop() {
        return lastStop;
    }

    @Override
    public StopReason resume(ResumePlan plan, BooleanSupplier interrupted) throws TargetException {
        for (ResumePlan.ThreadPlan named : plan.threads()) {
            find(named.thread());
        }
        calls.add("resume " + plan);
        StopReason reason = run(plan, interrupted);
        lastStop = Optional.of(reason);
        return reason;
    }

    private StopReason run(ResumePlan plan, BooleanSupplier interrupted) {
        Optional<StopReason> signal = deliver(plan);
        while (signal.isEmpty()) {
            boolean moved = false;
            for (FakeThread thread : List.copyOf(threads)) {
                ResumeAction action = plan.actionOf(thread.id());
                if (!(action instanceof ResumeAction.Stay)) {
                    moved = true;
                    Optional<StopReason> stop = turn(thread, action);
                    if (stop.isPresent()) {
                        return stop.get();
                    }
                }
            }
            if (!moved) {
                return new StopReason.NoneLeft();
            }
            if (interrupted.getAsBoolean()) {
                return new StopReason.Interrupted(threads.getFirst().id());
            }
        }
        return signal.get();
    }

    /** A signal that is delivered kills, except SIGURG, SIGUSR1 and SIGTRAP, which the program ignores. */
    private Optional<StopReason> deliver(ResumePlan plan) {
        for (FakeThread thread : threads) {
            int signal = switch (plan.actionOf(thread.id())) {
                case ResumeAction.Continue(int number) -> number;
                case ResumeAction.Step(int number) -> number;
                case ResumeAction.StepRange _, ResumeAction.Stay _ -> 0;
            };
            if (signal != 0 && signal != 23 && signal != 10 && signal != 5) {
                threads.clear();
                return Optional.of(new StopReason.Killed(PID, signal));
            }
        }
        return Optional.empty();
    }

    private Optional<StopReason> turn(FakeThread thread, ResumeAction action) {
        if (action instanceof ResumeAction.Step) {
            Optional<StopReason> stop = execute(thread);
            return stop.isPresent() ? stop : Optional.of(new StopReason.Stepped(thread.id()));
        }
        boolean first = true;
        for (int i = 0; i < SLICE && threads.contains(thread); i++) {
            boolean ranged = action instanceof ResumeAction.StepRange;
            BreakpointKind kind = breakpoints.get(thread.pc());
            if (kind != null && !(ranged && first)) {
                return Optional.of(new StopReason.Breakpoint(thread.id(), kind));
            }
            first = false;
            Optional<StopReason> stop = execute(thread);
            if (stop.isPresent()) {
                return stop;
            }
            if (action instanceof ResumeAction.StepRange(long start, long end)
                    && (thread.pc() < start || thread.pc() >= end)) {
                return Optional.of(new StopReason.Stepped(thread.id()));
            }
        }
        return Optional.empty();
    }

    private Optional<StopReason> execute(FakeThread thread) {
        long pc = thread.pc();
        if (pc < CODE || pc >= CODE + PAGE_BYTES) {
            return Optional.of(new StopReason.Signalled(thread.id(), 11));
        }
        int opcode = code[(int) (pc - CODE)] & 0xff;
        retired++;
        thread.setPc(pc + 1);
        switch (opcode) {
            case 0x90 -> {}
            case 0xeb -> thread.setPc(pc);
            case 0x50 -> print();
            case 0x53 -> addThread(thread.general(RDX));
            case 0x54 -> {
                threads.remove(thread);
                // As on Linux: the process ends with its last thread.
                return threads.isEmpty() ? Optional.of(new StopReason.Exited(PID, 0)) : Optional.empty();
            }
            case 0x55 -> {
                return call(thread);
            }
            case 0x51 -> {
                return store(thread);
            }
            case 0x52 -> {
                return raise(thread, (int) thread.general(RDI));
            }
            case 0xcc -> {
                return Optional.of(new StopReason.Signalled(thread.id(), 5));
            }
            case 0xf4 -> {
                threads.clear();
                return Optional.of(new StopReason.Exited(PID, (int) thread.general(RDI) & 0xff));
            }
            case 0 -> throw new IllegalStateException("defect at 0x" + Long.toHexString(pc));
            default -> {
                thread.setPc(pc);
                return Optional.of(new StopReason.Signalled(thread.id(), 4));
            }
        }
        return Optional.empty();
    }

    private void print() {
        if (sink.isPresent()) {
            sink.get().write("hi\n".getBytes(StandardCharsets.UTF_8));
        } else {
            terminal.append("hi\n");
        }
    }

    /** The call that stops at its entry is made when the thread goes on. */
    private Optional<StopReason> call(FakeThread thread) {
        long number = thread.general(RAX);
        if (!caught.holds(number)) {
            return Optional.empty();
        }
        atEntry = !atEntry;
        if (atEntry) {
            thread.setPc(thread.pc() - 1);
            return Optional.of(new StopReason.CallEntered(thread.id(), number));
        }
        return Optional.of(new StopReason.CallReturned(thread.id(), number));
    }

    private Optional<StopReason> raise(FakeThread thread, int signal) {
        return policy.passSilently().contains(signal)
                ? Optional.empty()
                : Optional.of(new StopReason.Signalled(thread.id(), signal));
    }

    private Optional<StopReason> store(FakeThread thread) {
        long address = thread.general(RDX);
        if (address < DATA || address + 8 > DATA + PAGE_BYTES) {
            thread.setPc(thread.pc() - 1);
            return Optional.of(new StopReason.Signalled(thread.id(), 11));
        }
        for (int i = 0; i < 8; i++) {
            data[(int) (address - DATA) + i] = (byte) (thread.general(RAX) >> 8 * i);
        }
        for (Watch watch : watches) {
            if (watch.kind() != WatchKind.READ
                    && address < watch.address() + watch.lengthBytes()
                    && watch.address() < address + 8) {
                return Optional.of(new StopReason.Watchpoint(thread.id(), watch.kind(), watch.address()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void kill() {
        calls.add("kill");
        if (!threads.isEmpty()) {
            threads.clear();
            lastStop = Optional.of(new StopReason.Killed(PID, 9));
        }
    }

    @Override
    public void detach() {
        calls.add("detach");
        breakpoints.clear();
        watches.clear();
    }

    @Override
    public void reportExecutions(boolean report) {
        executionsReported = report;
    }

    /** What the session has asked for. */
    public boolean executionsReported() {
        return executionsReported;
    }

    @Override
    public void signalPolicy(SignalPolicy wanted) {
        policy = wanted;
    }

    @Override
    public void output(Optional<OutputSink> wanted) {
        sink = wanted;
    }

    @Override
    public GuestFiles files() {
        return files;
    }

    @Override
    public Optional<Launcher> launcher() {
        return launches ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<Catchpoints> catchpoints() {
        return launches ? Optional.of(filter -> caught = filter) : Optional.empty();
    }

    @Override
    public Optional<Watchpoints> watchpoints() {
        return launches ? Optional.of(this) : Optional.empty();
    }

    // Launcher

    @Override
    public void run(RunRequest request) throws TargetException {
        calls.add("run " + request);
        if (request.file().isPresent() && !request.file().get().equals(EXECUTABLE)) {
            throw new TargetException(
                    Errno.ENOENT, "no such file: " + request.file().get());
        }
        arguments = request.arguments().orElse(arguments);
        load();
    }

    // Watchpoints

    @Override
    public void insert(WatchKind kind, long address, long lengthBytes) {
        watches.add(new Watch(kind, address, lengthBytes));
    }

    @Override
    public void remove(WatchKind kind, long address, long lengthBytes) {
        watches.remove(new Watch(kind, address, lengthBytes));
    }

    private FakeThread find(ThreadId id) throws TargetException {
        for (FakeThread thread : threads) {
            if (thread.id().equals(id)) {
                return thread;
            }
        }
        throw new TargetException(Errno.ESRCH, "no thread " + id);
    }

    private final class FakeInferior implements Inferior {
        @Override
        public long pid() {
            return PID;
        }

        @Override
        public List<ThreadId> threads() {
            return threads.stream().map(FakeThread::id).toList();
        }

        @Override
        public String threadName(ThreadId thread) throws TargetException {
            find(thread);
            return "hello<" + (thread.tid() - PID) + ">";
        }

        @Override
        public byte[] registers(ThreadId thread) throws TargetException {
            return find(thread).block().clone();
        }

        @Override
        public void writeRegisters(ThreadId thread, byte[] block) throws TargetException {
            System.arraycopy(block, 0, find(thread).block(), 0, BLOCK_BYTES);
        }

        @Override
        public byte[] readMemory(long address, int lengthBytes) {
            if (address >= CODE && address < CODE + PAGE_BYTES) {
                int from = (int) (address - CODE);
                return Arrays.copyOfRange(code, from, Math.min(PAGE_BYTES, from + lengthBytes));
            }
            if (address >= DATA && address < DATA + PAGE_BYTES) {
                int from = (int) (address - DATA);
                return Arrays.copyOfRange(data, from, Math.min(PAGE_BYTES, from + lengthBytes));
            }
            return new byte[0];
        }

        @Override
        public void writeMemory(long address, byte[] bytes) throws TargetException {
            if (readMemory(address, bytes.length).length != bytes.length) {
                throw new TargetException(Errno.EFAULT, "not mapped");
            }
            boolean inCode = address < CODE + PAGE_BYTES;
            System.arraycopy(bytes, 0, inCode ? code : data, (int) (address - (inCode ? CODE : DATA)), bytes.length);
        }

        @Override
        public MemoryRegion region(long address) {
            if (address >>> 12 == CODE >>> 12) {
                return new MemoryRegion(CODE, PAGE_BYTES, "r-x", EXECUTABLE);
            }
            return Long.compareUnsigned(address, CODE) < 0
                    ? MemoryRegion.gap(0, CODE)
                    : MemoryRegion.gap(CODE + PAGE_BYTES, 0 - CODE - PAGE_BYTES);
        }

        @Override
        public void insertBreakpoint(BreakpointKind kind, long address) throws TargetException {
            if (readMemory(address, 1).length == 0) {
                throw new TargetException(Errno.EFAULT, "not mapped");
            }
            breakpoints.put(address, kind);
        }

        @Override
        public void removeBreakpoint(BreakpointKind kind, long address) {
            breakpoints.remove(address);
        }

        @Override
        public byte[] auxiliaryVector() {
            byte[] vector = new byte[32];
            vector[0] = 9;
            vector[8] = 0x40;
            vector[9] = 0x48;
            vector[10] = 0x46;
            return vector;
        }

        @Override
        public String executable() {
            return EXECUTABLE;
        }

        @Override
        public List<String> arguments() {
            return arguments;
        }

        @Override
        public byte[] signalInformation(ThreadId thread) throws TargetException {
            find(thread);
            return signalInformation.clone();
        }

        @Override
        public void writeSignalInformation(ThreadId thread, byte[] information) throws TargetException {
            find(thread);
            signalInformation = information.clone();
        }
    }
}
