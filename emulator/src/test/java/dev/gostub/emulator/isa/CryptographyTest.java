package dev.gostub.emulator.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The building blocks of AES and GCM against published vectors and the definition: on hosts without a processor to compare with as well. */
class CryptographyTest {
    /** FIPS 197, appendix B: the state at the start of round 1, and after its AddRoundKey. */
    @Test
    void encryptionRoundIsThatOfFips197() {
        long s0 = bytes("193de3bea0f4e22b");
        long s1 = bytes("9ac68d2ae9f84808");
        long k0 = bytes("a0fafe1788542cb1");
        long k1 = bytes("23a339392a6c7605");
        assertEquals(bytes("a49c7ff2689f352b"), Aes.AESENC.low(s0, s1, k0, k1, 0));
        assertEquals(bytes("6b5bea43026a5049"), Aes.AESENC.high(s0, s1, k0, k1, 0));
    }

    @Test
    void decryptionRoundsUndoEncryptionRounds() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1000; i++) {
            long s0 = random.nextLong();
            long s1 = random.nextLong();
            long e0 = Aes.AESENC.low(s0, s1, 0, 0, 0);
            long e1 = Aes.AESENC.high(s0, s1, 0, 0, 0);
            // InvMixColumns comes last in AESDEC and MixColumns last in AESENC: take the latter off first
            long m0 = Aes.AESIMC.low(0, 0, e0, e1, 0);
            long m1 = Aes.AESIMC.high(0, 0, e0, e1, 0);
            assertEquals(s0, Aes.AESDECLAST.low(m0, m1, 0, 0, 0));
            assertEquals(s1, Aes.AESDECLAST.high(m0, m1, 0, 0, 0));
        }
    }

    @Test
    void carrylessProductIsThatOfShiftsAndExclusiveOr() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 5000; i++) {
            long x = i == 0 ? -1 : random.nextLong() >>> random.nextInt(64);
            long y = i == 0 ? -1 : random.nextLong();
            long low = 0;
            long high = 0;
            for (int k = 0; k < 64; k++) {
                if ((y >>> k & 1) == 0) continue;
                low ^= x << k;
                if (k > 0) high ^= x >>> 64 - k;
            }
            assertEquals(low, CarrylessMultiply.low(x, y));
            assertEquals(high, CarrylessMultiply.high(x, y));
        }
    }

    /** Eight bytes, the lowest first, as a lane. */
    private static long bytes(String hexadecimal) {
        return Long.reverseBytes(Long.parseUnsignedLong(hexadecimal, 16));
    }
}
