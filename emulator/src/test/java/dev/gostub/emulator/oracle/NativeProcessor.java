package dev.gostub.emulator.oracle;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The host's processor, behind a small C program that is compiled when the tests start. */
final class NativeProcessor implements AutoCloseable {
    private static final int REQUEST_BYTES = 64 + 8 * 21 + State.XSAVE_BYTES + State.WINDOW_BYTES;
    private static final int ANSWER_BYTES = 8 * 24 + 2 * 8 + State.XSAVE_BYTES + State.WINDOW_BYTES;
    /** Requests under way at a time: they must fit into a pipe. */
    private static final int BATCH = 16;

    /** Reported instead of an exception when an instruction jumps to itself. */
    private static final int ENDLESS = -1;

    /** SIGVTALRM: the time of an instruction is up. */
    private static final int VIRTUAL_TIMER = 26;

    private final Process process;
    private final OutputStream out;
    private final DataInputStream in;

    private NativeProcessor(Process process) {
        this.process = process;
        this.out = process.getOutputStream();
        this.in = new DataInputStream(process.getInputStream());
    }

    static NativeProcessor start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("oracle");
        Path source = directory.resolve("oracle.c");
        Path program = directory.resolve("oracle");
        try (InputStream resource = NativeProcessor.class.getResourceAsStream("oracle.c")) {
            Files.write(source, resource.readAllBytes());
        }
        CCompiler.compile(source, program, "-O1", "-fno-stack-protector"); // whose canary is behind FS
        return new NativeProcessor(new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    List<Outcome> run(List<Trial> trials) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < trials.size(); from += BATCH) {
            List<Trial> batch = trials.subList(from, Math.min(from + BATCH, trials.size()));
            ByteBuffer requests =
                    ByteBuffer.allocate(REQUEST_BYTES * batch.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (Trial trial : batch) put(trial, requests);
            out.write(requests.array());
            out.flush();
            for (Trial trial : batch) outcomes.add(answer(trial));
        }
        return outcomes;
    }

    private static void put(Trial trial, ByteBuffer to) {
        int start = to.position();
        to.put(trial.code()).position(start + 64);
        State s = trial.state();
        to.putLong(trial.code().length)
                .putLong(trial.protection())
                .putLong(s.fsBase)
                .putLong(s.gsBase);
        for (long r : s.r) to.putLong(r);
        to.putLong(s.rflags);
        s.putXsave(to);
        to.put(s.window);
    }

    private Outcome answer(Trial trial) throws IOException {
        byte[] bytes = new byte[ANSWER_BYTES];
        try {
            in.readFully(bytes);
        } catch (IOException gone) {
            throw new IOException("the native side died, perhaps of " + trial, gone);
        }
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int signal = (int) from.getLong();
        int trap = (int) from.getLong();
        long error = from.getLong();
        long address = from.getLong();
        long rip = from.getLong();
        State s = new State();
        for (int i = 0; i < 16; i++) s.r[i] = from.getLong();
        s.rflags = from.getLong();
        s.fsBase = from.getLong();
        s.gsBase = from.getLong();
        for (int i = 0; i < 6; i++) s.selectors[i] = from.getShort() & 0xffff;
        from.position(from.position() + 4);
        s.getXsave(from);
        from.get(s.window);
        if (signal == VIRTUAL_TIMER) return new Outcome(ENDLESS, false, 0, 0, rip, s);
        return new Outcome(trap, (error & 2) != 0, address, (int) error, trap == Outcome.COMPLETE ? rip - 1 : rip, s);
    }

    @Override
    public void close() throws IOException {
        out.close();
        process.destroy();
    }
}
