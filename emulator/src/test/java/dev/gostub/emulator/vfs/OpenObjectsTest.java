package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.OpenFlags.O_CLOEXEC;
import static dev.gostub.emulator.abi.OpenFlags.O_NONBLOCK;
import static dev.gostub.emulator.abi.OpenFlags.O_RDONLY;
import static dev.gostub.emulator.abi.OpenFlags.O_RDWR;
import static dev.gostub.emulator.abi.OpenFlags.O_WRONLY;
import static dev.gostub.emulator.abi.Poll.POLLERR;
import static dev.gostub.emulator.abi.Poll.POLLHUP;
import static dev.gostub.emulator.abi.Poll.POLLIN;
import static dev.gostub.emulator.abi.Poll.POLLOUT;
import static dev.gostub.emulator.abi.Poll.READABLE;
import static dev.gostub.emulator.abi.Poll.WRITABLE;
import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.vfs.Vfs.PipePair;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenObjectsTest {
    private static final int EAGAIN = Errno.EAGAIN.result();

    private VfsFixture w;

    @BeforeEach
    void world() throws FileFailure {
        w = new VfsFixture();
    }

    @Test
    void lowestFreeDescriptorIsGiven() throws FileFailure {
        assertEquals(3, w.table.add(w.open("/etc/hosts", 0), 0));
        assertEquals(4, w.table.add(w.open("/etc/hosts", 0), O_CLOEXEC));
        w.table.close(3);
        assertEquals(3, w.table.add(w.open("/etc/hosts", 0), 0));
        assertEquals(20, w.table.addFrom(20, w.table.get(3).retain(), 0));
        assertEquals(1, w.table.descriptorFlags(4));
        w.table.forExec();
        assertEquals(List.of(0, 1, 2, 3, 20), w.table.descriptors());
        assertEquals(Errno.EBADF, errno(() -> w.table.get(4)));
        assertEquals(Errno.EBADF, errno(() -> w.table.close(-1)));
    }

    @Test
    void fullTableRefusesWithoutLeaking() throws FileFailure {
        w.table.setLimit(4);
        PipePair pipe = w.vfs.pipe(w.context, 0);
        assertEquals(3, w.table.add(pipe.reader(), 0));
        assertEquals(Errno.EMFILE, errno(() -> w.table.add(pipe.writer(), 0)));
        assertEquals(0, pipe.reader().read(new byte[1], 0, 1), "the refused writer must be closed");
    }

    @Test
    void forkedTableSharesThePosition() throws FileFailure {
        int fd = w.table.add(w.open("/etc/hosts", 0), 0);
        FileTable child = w.table.copy();
        read(child.get(fd), 4);
        assertEquals(4, w.table.get(fd).offset());
        child.leave();
        assertEquals("0.0.1 ", new String(read(w.table.get(fd), 6), StandardCharsets.UTF_8));
    }

    @Test
    void duplicateOverAnOpenDescriptorClosesIt() throws FileFailure {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        int reader = w.table.add(pipe.reader(), 0);
        int writer = w.table.add(pipe.writer(), 0);
        w.table.replace(writer, w.table.get(0).retain(), 0);
        assertEquals(POLLHUP, w.table.get(reader).readiness());
    }

    @Test
    void pipeGivesBytesInOrderAroundItsEnd() {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        byte[] pattern = VfsFixture.pattern(50_000);
        assertEquals(EAGAIN, pipe.reader().read(new byte[1], 0, 1));
        for (int round = 0; round < 3; round++) {
            assertEquals(50_000, pipe.writer().write(pattern, 0, 50_000));
            assertArrayEquals(pattern, read(pipe.reader(), 60_000));
        }
    }

    @Test
    void smallWritesToAPipeAreWhole() {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        assertEquals(65_000, pipe.writer().write(new byte[65_000], 0, 65_000));
        assertEquals(EAGAIN, pipe.writer().write(new byte[4096], 0, 4096));
        assertEquals(0, pipe.writer().readiness());
        // All 16 pages are in use, and only what fits into the last one may join it (pipe_write of Linux).
        assertEquals(EAGAIN, pipe.writer().write(new byte[5000], 0, 5000));
        assertEquals(500, pipe.writer().write(new byte[500], 0, 500));
        assertEquals(EAGAIN, pipe.writer().write(new byte[5000], 0, 5000));
        read(pipe.reader(), 4096);
        assertEquals(WRITABLE, pipe.writer().readiness());
    }

    @Test
    void endOfAPipeIsToldToTheOtherSide() {
        PipePair pipe = w.vfs.pipe(w.context, O_NONBLOCK);
        assertTrue(pipe.reader().isNonBlocking());
        write(pipe.writer(), "x");
        pipe.writer().release();
        assertEquals(READABLE | POLLHUP, pipe.reader().readiness());
        assertEquals(1, read(pipe.reader(), 5).length);
        assertEquals(0, pipe.reader().read(new byte[1], 0, 1));
        PipePair other = w.vfs.pipe(w.context, 0);
        other.reader().release();
        assertEquals(WRITABLE | POLLERR, other.writer().readiness());
        assertEquals(Errno.EPIPE.result(), write(other.writer(), "x"));
    }

    @Test
    void pipeCanBeMadeLargerButNotSmallerThanItsContent() {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        PipeEnd end = (PipeEnd) pipe.writer().object();
        byte[] pattern = VfsFixture.pattern(60_000);
        pipe.writer().write(pattern, 0, 60_000);
        assertEquals(Errno.EBUSY.result(), end.resize(4096));
        assertEquals(131_072, end.resize(70_000));
        assertEquals(60_000, end.available());
        assertArrayEquals(pattern, read(pipe.reader(), 70_000));
        assertEquals(4096, end.resize(1));
        assertEquals(8192, end.resize(4097));
    }

    @Test
    void namedPipeConnectsTwoOpens() throws FileFailure {
        w.vfs.names().makeNode(w.here(), "/tmp/fifo", 010600, 0);
        OpenFile reader = w.open("/tmp/fifo", O_RDONLY | O_NONBLOCK);
        OpenFile writer = w.open("/tmp/fifo", O_WRONLY);
        write(writer, "through");
        assertEquals("through", new String(read(reader, 20), StandardCharsets.UTF_8));
        assertEquals(010600, reader.stat().mode());
    }

    @Test
    void snapshotHoldsWhatIsInAPipe() {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        write(pipe.writer(), "before");
        VfsSnapshot snapshot = w.vfs.capture(List.of());
        FileTableSnapshot table = w.table.capture();
        read(pipe.reader(), 3);
        pipe.writer().release();
        w.vfs.restore(snapshot);
        w.table.restore(table);
        assertEquals("before", new String(read(pipe.reader(), 20), StandardCharsets.UTF_8));
        assertEquals(EAGAIN, pipe.reader().read(new byte[1], 0, 1));
    }

    @Test
    void eventCounterAddsUp() {
        OpenFile counter = w.vfs.eventCounter(w.context, 2, O_NONBLOCK);
        byte[] eight = new byte[8];
        LittleEndian.put64(eight, 0, 5);
        assertEquals(8, counter.write(eight, 0, 8));
        assertEquals(8, counter.read(eight, 0, 8));
        assertEquals(7, LittleEndian.get64(eight, 0));
        assertEquals(EAGAIN, counter.read(eight, 0, 8));
        assertEquals(WRITABLE, counter.readiness());
        LittleEndian.put64(eight, 0, -2);
        assertEquals(8, counter.write(eight, 0, 8));
        assertEquals(READABLE, counter.readiness());
        LittleEndian.put64(eight, 0, 1);
        assertEquals(EAGAIN, counter.write(eight, 0, 8));
        LittleEndian.put64(eight, 0, -1);
        assertEquals(Errno.EINVAL.result(), counter.write(eight, 0, 8));
        assertEquals(Errno.EINVAL.result(), counter.read(eight, 0, 4));
    }

    @Test
    void semaphoreCounterGivesOneAtATime() {
        OpenFile counter = w.vfs.eventCounter(w.context, 2, Fcntl.EFD_SEMAPHORE);
        for (int i = 0; i < 2; i++) {
            assertEquals(1, LittleEndian.get64(read(counter, 8), 0));
        }
        assertEquals(EAGAIN, counter.read(new byte[8], 0, 8));
    }

    @Test
    void timerCountsItsExpiries() {
        OpenFile file = w.vfs.timer(w.context, TimerFile.Clock.MONOTONIC, 0);
        TimerFile timer = (TimerFile) file.object();
        assertEquals(OptionalLong.empty(), w.vfs.nextDeadline());
        timer.arm(100, 30);
        assertEquals(OptionalLong.of(w.clock.now + 100), w.vfs.nextDeadline());
        assertEquals(EAGAIN, file.read(new byte[8], 0, 8));
        w.clock.now += 165;
        assertEquals(READABLE, file.readiness());
        assertEquals(new TimerFile.Setting(25, 30), timer.setting());
        assertEquals(3, LittleEndian.get64(read(file, 8), 0));
        assertEquals(EAGAIN, file.read(new byte[8], 0, 8));
        assertEquals(OptionalLong.of(w.clock.now + 25), w.vfs.nextDeadline());
        timer.arm(0, 0);
        assertEquals(OptionalLong.empty(), w.vfs.nextDeadline());
    }

    @Test
    void dateTimerGoesOffAtItsDate() {
        OpenFile file = w.vfs.timer(w.context, TimerFile.Clock.REALTIME, 0);
        ((TimerFile) file.object()).armAt(w.clock.realtimeNanos() + 50, 0);
        assertEquals(OptionalLong.of(w.clock.now + 50), w.vfs.nextDeadline());
        w.clock.now += 50;
        assertEquals(1, LittleEndian.get64(read(file, 8), 0));
        assertEquals(0, file.readiness());
    }

    @Test
    void sealedMemoryFileRefuses() throws FileFailure {
        OpenFile file = w.vfs.memoryFile(w.context, "m", Fcntl.MFD_ALLOW_SEALING);
        write(file, "data");
        w.vfs.facts().seal(file, Fcntl.F_SEAL_WRITE | Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_SEAL);
        assertEquals(Errno.EPERM.result(), write(file, "more"));
        assertEquals(Errno.EPERM, errno(() -> w.vfs.facts().truncate(file, 0, Long.MAX_VALUE)));
        assertEquals(Errno.EPERM, errno(() -> w.vfs.facts().seal(file, Fcntl.F_SEAL_GROW)));
        w.vfs.facts().truncate(file, 10, Long.MAX_VALUE);
        assertEquals("/memfd:m (deleted)", file.path());
    }

    @Test
    void devicesDoWhatTheirNamesSay() throws FileFailure {
        OpenFile nothing = w.open("/dev/null", O_RDWR);
        assertEquals(5, write(nothing, "hello"));
        assertEquals(0, nothing.read(new byte[5], 0, 5));
        assertEquals(0x103, nothing.stat().rawDevice());
        assertArrayEquals(new byte[5], read(w.open("/dev/zero", O_RDONLY), 5));
        assertEquals(Errno.ENOSPC.result(), write(w.open("/dev/full", O_RDWR), "x"));
        byte[] chance = read(w.open("/dev/urandom", O_RDONLY), 16);
        assertNotEquals(0, LittleEndian.get64(chance, 0));
        assertArrayEquals(chance, read(new VfsFixture().open("/dev/urandom", O_RDONLY), 16));
        assertEquals(Errno.ENXIO, errno(() -> w.open("/dev/tty", O_RDWR)));
    }

    @Test
    void outputGoesToTheHostAtOnce() throws FileFailure {
        write(w.table.get(1), "out");
        write(w.table.get(2), "err");
        assertEquals("out", w.host.terminal().output());
        assertEquals("err", w.host.terminal().error());
        write(w.open("/dev/stdout", O_WRONLY), "!");
        assertEquals("out!", w.host.terminal().output());
        w.host.terminal().hangUp();
        assertEquals(Errno.EPIPE.result(), write(w.table.get(1), "x"));
    }

    @Test
    void inputArrivesOnlyBetweenTurnsAndOnlyWhenWanted() throws FileFailure {
        OpenFile input = w.table.get(0);
        w.host.terminal().arrive("typed");
        w.host.terminal().end();
        w.vfs.pollHost();
        assertFalse(w.host.terminal().isWanted());
        assertEquals(EAGAIN, input.read(new byte[9], 0, 9));
        assertTrue(w.vfs.wantsInput());
        long changes = w.vfs.changes().count();
        w.vfs.pollHost();
        assertTrue(w.vfs.changes().count() > changes);
        assertEquals("typ", new String(read(input, 3), StandardCharsets.UTF_8));
        assertEquals("ed", new String(read(input, 3), StandardCharsets.UTF_8));
        assertEquals(EAGAIN, input.read(new byte[9], 0, 9));
        w.vfs.pollHost();
        assertEquals(0, input.read(new byte[9], 0, 9));
        assertFalse(w.vfs.wantsInput());
        assertEquals(READABLE | POLLHUP, input.readiness());
    }

    @Test
    void terminalIsToldToBeOne() throws FileFailure {
        w.host.terminal().becomeTerminal();
        VfsFixture t = new VfsFixture(w.host);
        assertEquals("/dev/pts/0", t.table.get(0).path());
        assertEquals(0x8800, t.table.get(0).stat().rawDevice());
        assertTrue(t.table.get(1).object().terminal().isPresent());
        write(t.open("/dev/tty", O_RDWR), "hello");
        assertEquals("hello", t.host.terminal().output());
        assertTrue(w.table.get(0).object().terminal().isEmpty());
    }

    @Test
    void endOfInputAtATerminalIsTheEndOfOneRead() throws FileFailure {
        w.host.terminal().becomeTerminal();
        VfsFixture t = new VfsFixture(w.host);
        byte[] into = new byte[8];
        assertEquals(Errno.EAGAIN.result(), t.table.get(0).read(into, 0, 8));
        t.host.terminal().end();
        t.vfs.pollHost();
        assertEquals(0, t.table.get(0).read(into, 0, 8));
        assertEquals(Errno.EAGAIN.result(), t.table.get(0).read(into, 0, 8));
        t.host.terminal().arrive("more");
        t.vfs.pollHost();
        assertEquals(4, t.table.get(0).read(into, 0, 8));
    }

    @Test
    void readinessBitsNameBothDirections() {
        PipePair pipe = w.vfs.pipe(w.context, 0);
        assertEquals(POLLOUT, pipe.writer().readiness() & (POLLIN | POLLOUT));
    }
}
