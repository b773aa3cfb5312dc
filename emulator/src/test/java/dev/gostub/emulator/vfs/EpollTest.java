package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.EpollEvent.EPOLLET;
import static dev.gostub.emulator.abi.EpollEvent.EPOLLEXCLUSIVE;
import static dev.gostub.emulator.abi.EpollEvent.EPOLLONESHOT;
import static dev.gostub.emulator.abi.Poll.POLLERR;
import static dev.gostub.emulator.abi.Poll.POLLHUP;
import static dev.gostub.emulator.abi.Poll.POLLIN;
import static dev.gostub.emulator.abi.Poll.POLLOUT;
import static dev.gostub.emulator.abi.Poll.POLLRDHUP;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.abi.EpollEvent;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.vfs.Vfs.PipePair;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpollTest {
    private VfsFixture w;
    private OpenFile set;
    private Epoll epoll;
    private PipePair pipe;

    @BeforeEach
    void world() throws FileFailure {
        w = new VfsFixture();
        set = w.vfs.epoll(w.context);
        epoll = (Epoll) set.object();
        pipe = w.vfs.pipe(w.context, 0);
    }

    private long add(int fd, OpenFile file, int events) {
        return epoll.add(fd, file, new EpollEvent(events, fd * 100L));
    }

    private List<EpollEvent> take() {
        return epoll.take(10);
    }

    @Test
    void levelTriggeredReportsAsLongAsItHolds() {
        add(3, pipe.reader(), POLLIN);
        assertEquals(List.of(), take());
        write(pipe.writer(), "x");
        assertEquals(List.of(new EpollEvent(POLLIN, 300)), take());
        assertEquals(List.of(new EpollEvent(POLLIN, 300)), take());
        read(pipe.reader(), 1);
        assertEquals(List.of(), take());
    }

    @Test
    void edgeTriggeredReportsEachArrivalOnce() {
        add(3, pipe.reader(), POLLIN | EPOLLET);
        write(pipe.writer(), "x");
        assertEquals(1, take().size());
        assertEquals(0, take().size());
        write(pipe.writer(), "y");
        assertEquals(1, take().size(), "still unread, but something new came");
        read(pipe.reader(), 1);
        assertEquals(0, take().size());
    }

    @Test
    void edgeTriggeredReportsWhatHeldBeforeItWasAdded() {
        write(pipe.writer(), "x");
        add(3, pipe.reader(), POLLIN | POLLOUT | POLLRDHUP | EPOLLET);
        assertEquals(List.of(new EpollEvent(POLLIN, 300)), take());
        assertEquals(List.of(), take());
    }

    @Test
    void hangUpIsReportedWithoutBeingAskedFor() {
        add(3, pipe.reader(), EPOLLET);
        add(4, pipe.writer(), 0);
        assertEquals(List.of(), take());
        pipe.writer().release();
        assertEquals(List.of(new EpollEvent(POLLHUP, 300)), take());
    }

    @Test
    void hangUpIsNewsToAnEdgeTriggeredReader() {
        add(3, pipe.reader(), POLLIN | EPOLLET);
        write(pipe.writer(), "x");
        take();
        pipe.writer().release();
        assertEquals(List.of(new EpollEvent(POLLIN | POLLHUP, 300)), take());
    }

    @Test
    void goneReaderIsAnErrorOfTheWriter() {
        add(4, pipe.writer(), POLLOUT | EPOLLET);
        assertEquals(List.of(new EpollEvent(POLLOUT, 400)), take());
        pipe.reader().release();
        assertEquals(List.of(new EpollEvent(POLLOUT | POLLERR, 400)), take());
    }

    @Test
    void oneShotIsSilentUntilArmedAgain() {
        add(3, pipe.reader(), POLLIN | EPOLLONESHOT);
        write(pipe.writer(), "x");
        assertEquals(1, take().size());
        assertEquals(0, take().size());
        assertEquals(0, epoll.modify(3, pipe.reader(), new EpollEvent(POLLIN | EPOLLONESHOT, 7)));
        assertEquals(List.of(new EpollEvent(POLLIN, 7)), take());
    }

    @Test
    void whoWasReportedGoesToTheEnd() {
        PipePair other = w.vfs.pipe(w.context, 0);
        write(pipe.writer(), "x");
        write(other.writer(), "x");
        add(3, pipe.reader(), POLLIN);
        add(5, other.reader(), POLLIN);
        assertEquals(300, epoll.take(1).getFirst().userData());
        assertEquals(500, epoll.take(1).getFirst().userData());
        assertEquals(300, epoll.take(1).getFirst().userData());
    }

    @Test
    void errorsAreThoseOfLinux() throws FileFailure {
        assertEquals(0, add(3, pipe.reader(), POLLIN));
        assertEquals(Errno.EEXIST.result(), add(3, pipe.reader(), POLLIN));
        assertEquals(0, add(13, pipe.reader(), POLLIN), "another descriptor of the same file is another interest");
        assertEquals(Errno.ENOENT.result(), epoll.remove(4, pipe.writer()));
        assertEquals(Errno.EINVAL.result(), add(9, set, POLLIN));
        assertEquals(Errno.EPERM.result(), add(9, w.open("/etc/hosts", 0), POLLIN));
        assertEquals(0, add(6, pipe.writer(), POLLOUT | EPOLLEXCLUSIVE));
        assertEquals(Errno.EINVAL.result(), epoll.modify(6, pipe.writer(), new EpollEvent(POLLOUT, 0)));
    }

    @Test
    void setsMayContainSetsButNotInACircle() {
        OpenFile outer = w.vfs.epoll(w.context);
        Epoll outerSet = (Epoll) outer.object();
        assertEquals(0, outerSet.add(3, set, new EpollEvent(POLLIN | EPOLLET, 1)));
        assertEquals(Errno.ELOOP.result(), add(8, outer, POLLIN));
        add(5, pipe.reader(), POLLIN);
        assertEquals(List.of(), outerSet.take(5));
        write(pipe.writer(), "x");
        assertEquals(List.of(new EpollEvent(POLLIN, 1)), outerSet.take(5));
        assertEquals(List.of(), outerSet.take(5));
        assertEquals(64 + 1, outer.readiness() | set.readiness());
    }

    @Test
    void closedFileLeavesTheSet() {
        add(3, pipe.reader(), POLLIN);
        OpenFile duplicate = pipe.reader().retain();
        pipe.reader().release();
        assertEquals(1, epoll.size());
        duplicate.release();
        assertEquals(0, epoll.size());
    }

    @Test
    void eventCounterWakesAnEdgeTriggeredSetAtEachWrite() {
        OpenFile counter = w.vfs.eventCounter(w.context, 0, 0);
        add(3, counter, POLLIN | EPOLLET);
        byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
        counter.write(one, 0, 8);
        assertEquals(1, take().size());
        assertEquals(0, take().size());
        counter.write(one, 0, 8);
        assertEquals(1, take().size());
    }

    @Test
    void periodicTimerIsNewsAtEachExpiry() {
        OpenFile timer = w.vfs.timer(w.context, TimerFile.Clock.MONOTONIC, 0);
        add(3, timer, POLLIN | EPOLLET);
        ((TimerFile) timer.object()).arm(10, 10);
        w.clock.now += 10;
        assertEquals(1, take().size());
        assertEquals(0, take().size());
        w.clock.now += 10;
        assertEquals(1, take().size());
        read(timer, 8);
        assertEquals(0, take().size());
        w.clock.now += 10;
        assertEquals(1, take().size());
    }

    @Test
    void snapshotRemembersWhatWasReported() {
        add(3, pipe.reader(), POLLIN | EPOLLET);
        write(pipe.writer(), "x");
        VfsSnapshot before = w.vfs.capture(List.of());
        assertEquals(1, take().size());
        VfsSnapshot after = w.vfs.capture(List.of());
        w.vfs.restore(before);
        assertEquals(1, take().size());
        w.vfs.restore(after);
        assertEquals(0, take().size());
    }
}
