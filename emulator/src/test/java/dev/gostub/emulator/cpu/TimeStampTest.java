package dev.gostub.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimeStampTest {
    @Test
    void theCounterNeverGoesBackAndIsNeverBehindTheTimeNorFarAhead() {
        for (long seed : new long[] {0, 1, -1, 0x1234567890abcdefL}) {
            for (long start : new long[] {0, 1_000_000_007L, Long.MAX_VALUE / 2}) {
                long before = TimeStamp.read(start, seed);
                for (long time = start; time < start + 20_000; time++) {
                    long read = TimeStamp.read(time, seed);
                    assertTrue(read >= before && read >= time && read <= time + 31, seed + " at " + time);
                    before = read;
                }
            }
        }
    }

    @Test
    void noTwoInstructionsApartReadTheSame() {
        for (long time = 0; time < 20_000; time++) {
            assertTrue(TimeStamp.read(time + 2, 7) > TimeStamp.read(time, 7), "at " + time);
        }
    }

    /** What SP 800-90B's adaptive proportion test asks of differences reduced to a byte, with the bounds of Go's FIPS module: no value 410 times in 512. */
    @Test
    void differencesOverALoopOfEqualLengthVary() {
        for (int length : new int[] {64, 128, 900, 1024, 4096}) {
            int[] counts = new int[256];
            for (int i = 0; i < 512; i++) {
                long difference = TimeStamp.read((i + 1L) * length, 0) - TimeStamp.read((long) i * length, 0);
                counts[(int) difference & 0xff]++;
            }
            for (int count : counts) assertTrue(count < 100, "length " + length);
        }
    }

    @Test
    void theCounterIsAFunctionOfTimeAndSeed() {
        assertEquals(TimeStamp.read(123_456_789, 5), TimeStamp.read(123_456_789, 5));
    }
}
