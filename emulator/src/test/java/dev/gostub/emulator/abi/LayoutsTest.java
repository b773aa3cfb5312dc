package dev.gostub.emulator.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    private static final Stat FILE =
            new Stat(0xfd01, 77, 2, 0100644, 1000, 100, 0, 12345, 4096, 25, 1_000_000_001L, -1L, 3_000_000_000L);

    @Test
    void statHasTheOffsetsOfAmd64() {
        byte[] b = FILE.toStat();
        assertEquals(144, b.length);
        assertEquals(77, LittleEndian.get64(b, 8));
        assertEquals(0100644, LittleEndian.get32(b, 24));
        assertEquals(12345, LittleEndian.get64(b, 48));
        assertEquals(1, LittleEndian.get64(b, 72));
        assertEquals(1, LittleEndian.get64(b, 80));
    }

    @Test
    void timesBefore1970HaveNegativeSecondsAndPositiveNanoseconds() {
        byte[] b = FILE.toStat();
        assertEquals(-1, LittleEndian.get64(b, 88));
        assertEquals(999_999_999, LittleEndian.get64(b, 96));
    }

    @Test
    void statxTellsTheDeviceInTwoParts() {
        byte[] b = FILE.toStatx();
        assertEquals(256, b.length);
        assertEquals(0100644, LittleEndian.get16(b, 28));
        assertEquals(0xfd, LittleEndian.get32(b, 136));
        assertEquals(1, LittleEndian.get32(b, 140));
        assertEquals(3, LittleEndian.get64(b, 96));
    }

    @Test
    void deviceNumbersBeyondEightBitsComeBack() {
        long device = Stat.makeDevice(0x12345, 0x6789ab);
        assertEquals(0x12345, Stat.major(device));
        assertEquals(0x6789ab, Stat.minor(device));
        assertEquals(0x8801, Stat.makeDevice(136, 1));
    }

    @Test
    void directoryRecordsAreRoundedUpToEightBytes() {
        DirectoryEntry entry = new DirectoryEntry(9, 3, (byte) 8, "hello");
        assertEquals(32, entry.lengthBytes());
        byte[] b = new byte[32];
        assertEquals(32, entry.put(b, 0));
        assertEquals(32, LittleEndian.get16(b, 16));
        assertEquals('h', b[19]);
        assertEquals(0, b[24]);
        assertEquals(24, new DirectoryEntry(1, 1, (byte) 4, "abcd").lengthBytes());
    }

    @Test
    void epollEventIsPackedIntoTwelveBytes() {
        byte[] b = new byte[13];
        new EpollEvent(EpollEvent.EPOLLET | Poll.POLLIN, 0x1122334455667788L).put(b, 1);
        assertEquals((byte) 0x88, b[5]);
        assertEquals(new EpollEvent(0x80000001, 0x1122334455667788L), EpollEvent.get(b, 1));
    }

    @Test
    void errnoIsFoundByItsNegativeResult() {
        assertEquals(Errno.EAGAIN, Errno.of(-11));
        assertEquals(-11, Errno.EAGAIN.result());
        assertTrue(Errno.isError(-4095));
        assertFalse(Errno.isError(-4096));
        assertFalse(Errno.isError(0));
    }

    @Test
    void timespecsThatDoNotFitIntoNanosecondsLastForEver() {
        byte[] b = new byte[16];
        LittleEndian.put64(b, 0, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, TimeLayouts.timespecNanos(b, 0));
        LittleEndian.put64(b, 8, 1_000_000_000);
        assertFalse(TimeLayouts.validTimespec(b, 0));
    }

    @Test
    void lockComesBackFromItsBytes() {
        FileLock lock = new FileLock(2, 0, 5, 10, 42);
        assertEquals(lock, FileLock.of(lock.toBytes()));
        assertArrayEquals(lock.toBytes(), FileLock.of(lock.toBytes()).toBytes());
    }

    @Test
    void changesOfATerminalAreToldInTheWordsOfStty() {
        byte[] usual = Termios.usual();
        byte[] raw = usual.clone();
        LittleEndian.put32(raw, 0, 0); // neither ICRNL nor IXON
        LittleEndian.put32(raw, 12, 0x8A3B & ~(0x1 | 0x2 | 0x8)); // neither ISIG nor ICANON nor ECHO
        assertEquals(
                List.of("-icrnl", "-ixon", "-isig", "-icanon", "-echo", "min", "1", "time", "0"),
                Termios.changes(usual, raw));
        assertEquals(List.of("icrnl", "ixon", "isig", "icanon", "echo"), Termios.changes(raw, usual));
        assertEquals(List.of(), Termios.changes(raw, raw));
        byte[] patient = raw.clone();
        patient[22] = 5; // VTIME
        assertEquals(List.of("min", "1", "time", "5"), Termios.changes(raw, patient));
    }
}
