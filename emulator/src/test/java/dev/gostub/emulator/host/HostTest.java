package dev.gostub.emulator.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.host.HostFailure.Reason;
import dev.gostub.emulator.host.InputLog.Live;
import dev.gostub.emulator.host.InputLog.Question;
import dev.gostub.limit.Deadline;
import dev.gostub.limit.TimeLimit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    private static final long LOOK_NANOS = 100_000_000;

    @TempDir
    private Path folder;

    @Test
    void sameSeedGivesTheSameSequence() {
        byte[] one = new byte[37];
        byte[] two = new byte[37];
        new Entropy(5).fill(one, 0, 37);
        new Entropy(5).fill(two, 0, 37);
        assertArrayEquals(one, two);
        assertNotEquals(new Entropy(5).next(), new Entropy(6).next());
    }

    @Test
    void splitMixGivesThePublishedNumbersForSeedZero() {
        Entropy entropy = new Entropy(0);
        assertEquals(0xE220A8397B1DCDAFL, entropy.next());
        assertEquals(0x6E789E6AA1B965F4L, entropy.next());
    }

    @Test
    void restoredEntropyRepeatsItself() {
        Entropy entropy = new Entropy(9);
        entropy.next();
        EntropySnapshot before = entropy.capture();
        long first = entropy.next();
        entropy.restore(before);
        assertEquals(first, entropy.next());
    }

    @Test
    void ringBeforeTheWaitIsNotLost() {
        Doorbell bell = new Doorbell();
        bell.ring();
        assertTrue(bell.await(0));
        assertFalse(bell.await(1000));
    }

    @Test
    void liveFilesShowWhatIsThere() throws IOException, HostFailure {
        Files.writeString(folder.resolve("b"), "hello");
        Files.createDirectory(folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("c"), Path.of("b"));
        LiveFiles files = new LiveFiles(folder);
        assertEquals(List.of("a", "b", "c"), files.list("/"));
        assertEquals("b", files.readLink("/c"));
        HostStat stat = files.stat("/b").orElseThrow();
        assertEquals(0x8000, stat.mode() & 0xF000);
        assertEquals(5, stat.sizeBytes());
        assertEquals(0xA000, files.stat("/c").orElseThrow().mode() & 0xF000);
        assertTrue(files.stat("/none").isEmpty());
        byte[] into = new byte[9];
        try (HostFile file = files.open("/b")) {
            assertEquals(4, file.read(1, into, 2, 7));
        }
        assertEquals("ello", new String(into, 2, 4, StandardCharsets.UTF_8));
    }

    @Test
    void hostFailuresSayWhy() {
        LiveFiles files = new LiveFiles(folder);
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(HostFailure.class, () -> files.open("/none")).reason());
        assertEquals(
                Reason.NOT_A_LINK,
                assertThrows(HostFailure.class, () -> files.readLink("/")).reason());
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(HostFailure.class, () -> files.list("/a\0b")).reason());
    }

    @Test
    void inputIsReadOnlyAfterItIsWanted() {
        int[] reads = new int[1];
        InputStream counting = new ByteArrayInputStream("hi".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] into) throws IOException {
                reads[0]++;
                return super.read(into);
            }
        };
        Doorbell bell = new Doorbell();
        InputReader reader = new InputReader(counting, bell, false);
        assertFalse(reader.take().isSomething());
        assertEquals(0, reads[0]);
        reader.start();
        StringBuilder got = new StringBuilder();
        boolean ended = false;
        for (Deadline deadline = TimeLimit.NEAR.start(); !ended && !deadline.isOver(); ) {
            bell.await(LOOK_NANOS);
            Terminal.Input input = reader.take();
            got.append(new String(input.bytes(), StandardCharsets.UTF_8));
            ended = input.ended();
        }
        assertTrue(ended);
        assertEquals("hi", got.toString());
        assertFalse(reader.take().isSomething());
    }

    @Test
    void aReadThatGoesOnEndsWhenNobodyWantsInputAnyMore() throws IOException {
        Doorbell bell = new Doorbell();
        Pipe pipe = Pipe.open(); // to which nobody writes
        InputReader reader = new InputReader(Channels.newInputStream(pipe.source()), bell, false);
        reader.close(); // nothing is read yet
        reader.start();
        reader.close();
        Terminal.Input input = reader.take();
        for (Deadline deadline = TimeLimit.NEAR.start(); !input.ended() && !deadline.isOver(); input = reader.take()) {
            bell.await(LOOK_NANOS);
        }
        assertTrue(input.ended());
    }

    @Test
    void terminalIsReadAgainAfterItsEndIfMoreIsWanted() {
        InputStream twice = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new IllegalStateException("read one by one");
            }

            @Override
            public int read(byte[] into, int at, int length) {
                into[at] = (byte) ('a' + reads);
                return reads++ % 2 == 0 ? 1 : -1;
            }
        };
        Doorbell bell = new Doorbell();
        InputReader reader = new InputReader(twice, bell, true);
        assertEquals("a", untilTheEnd(reader, bell));
        assertEquals("c", untilTheEnd(reader, bell));
    }

    private static String untilTheEnd(InputReader reader, Doorbell bell) {
        reader.start();
        StringBuilder got = new StringBuilder();
        for (Deadline deadline = TimeLimit.NEAR.start(); !deadline.isOver(); ) {
            bell.await(LOOK_NANOS);
            Terminal.Input input = reader.take();
            got.append(new String(input.bytes(), StandardCharsets.UTF_8));
            if (input.ended()) {
                return got.toString();
            }
        }
        throw new AssertionError("no end after " + got);
    }

    @Test
    void recordedAnswersReplaceTheHost() throws HostFailure {
        FixedFiles files = new FixedFiles(0).file("/f", "hello");
        FixedHost host = new FixedHost(1, files).set("A", "b");
        host.terminal().arrive("typed");
        Recorder recorder = new Recorder();
        String first = facts(new LoggedHost(host, recorder));
        assertEquals("hello typed {A=b} NOT_FOUND 1767225600000000000", first);
        String second = facts(new LoggedHost(new FixedHost(), new Player(recorder.answers)));
        assertEquals(first, second);
    }

    private static String facts(Host host) throws HostFailure {
        byte[] content = new byte[5];
        try (HostFile file = host.files().open("/f")) {
            file.read(0, content, 0, 5);
        }
        host.terminal().want();
        String typed = new String(host.terminal().take().bytes(), StandardCharsets.UTF_8);
        Reason reason = assertThrows(HostFailure.class, () -> host.files().list("/none"))
                .reason();
        return new String(content, StandardCharsets.UTF_8) + " " + typed + " " + host.environment() + " " + reason + " "
                + host.startDateNanos();
    }

    private static final class Recorder implements InputLog {
        private final Deque<Object> answers = new ArrayDeque<>();

        @Override
        public <T> T answer(Question question, String detail, Live<T> live) {
            T answer = live.ask();
            answers.add(answer);
            return answer;
        }
    }

    private record Player(Deque<Object> answers) implements InputLog {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T answer(Question question, String detail, Live<T> live) {
            return (T) answers.remove();
        }
    }
}
