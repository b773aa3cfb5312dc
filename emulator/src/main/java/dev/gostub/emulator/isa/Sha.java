package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** SHA-1 and SHA-256 rounds and message schedules, in the letters of the manual's pseudocode. */
public enum Sha implements Family {
    SHA1RNDS4,
    SHA1NEXTE,
    SHA1MSG1,
    SHA1MSG2,
    SHA256RNDS2,
    SHA256MSG1,
    SHA256MSG2;

    @Override
    public Op lower(Instruction i) {
        int d = VectorOp.register(i.operand(0));
        Lanes b = Lanes.of(i.operand(1), true);
        return switch (this) {
            case SHA256RNDS2 -> new Sha256Rounds(d, b);
            case SHA1RNDS4 -> new Sha1Rounds(d, b, (int) i.immediate() & 3);
            default -> new Schedule(this, d, b);
        };
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffffffffL;
    }

    private static int top(long x) {
        return (int) (x >>> 32);
    }

    private static int sigma0(int x) {
        return Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
    }

    private static int sigma1(int x) {
        return Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ x >>> 10;
    }

    /** {@code Vdq,Wdq}: the message schedules, and SHA1NEXTE. */
    private static final class Schedule extends Op {
        private final Sha f;
        private final int d;
        private final Lanes b;

        Schedule(Sha f, int d, Lanes b) {
            this.f = f;
            this.d = d;
            this.b = b;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            long a0 = v[d];
            long a1 = v[d + 1];
            long b0 = v[from];
            long b1 = v[from + 1];
            switch (f) {
                case SHA1NEXTE -> {
                    v[d] = b0;
                    v[d + 1] = pair(top(b1) + Integer.rotateLeft(top(a1), 30), (int) b1);
                }
                case SHA1MSG1 -> {
                    v[d] = a0 ^ b1;
                    v[d + 1] = a1 ^ a0;
                }
                case SHA1MSG2 -> {
                    int w16 = Integer.rotateLeft(top(a1) ^ (int) b1, 1);
                    int w17 = Integer.rotateLeft((int) a1 ^ top(b0), 1);
                    int w18 = Integer.rotateLeft(top(a0) ^ (int) b0, 1);
                    int w19 = Integer.rotateLeft((int) a0 ^ w16, 1);
                    v[d] = pair(w18, w19);
                    v[d + 1] = pair(w16, w17);
                }
                case SHA256MSG1 -> {
                    v[d] = pair(top(a0) + sigma0((int) a1), (int) a0 + sigma0(top(a0)));
                    v[d + 1] = pair(top(a1) + sigma0((int) b0), (int) a1 + sigma0(top(a1)));
                }
                case SHA256MSG2 -> {
                    int w16 = (int) a0 + sigma1((int) b1);
                    int w17 = top(a0) + sigma1(top(b1));
                    v[d] = pair(w17, w16);
                    v[d + 1] = pair(top(a1) + sigma1(w17), (int) a1 + sigma1(w16));
                }
                default -> throw new IllegalStateException(f.name());
            }
            return next.exec(c);
        }
    }

    /** {@code Vdq,Wdq,XMM0}: two rounds. */
    private static final class Sha256Rounds extends Op {
        private final int x;
        private final Lanes source;

        Sha256Rounds(int x, Lanes source) {
            this.x = x;
            this.source = source;
        }

        @Override
        public @Nullable Op exec(Cpu cpu) {
            cpu.index = index;
            int from = source.load(cpu);
            long[] v = cpu.v;
            int a = top(v[from + 1]), b = (int) v[from + 1], c = top(v[x + 1]), d = (int) v[x + 1];
            int e = top(v[from]), f = (int) v[from], g = top(v[x]), h = (int) v[x];
            long wk = v[0];
            int t = h + (e & f ^ ~e & g) + sum1(e) + (int) wk;
            int a1 = t + (a & b ^ a & c ^ b & c) + sum0(a);
            int e1 = t + d;
            t = g + (e1 & e ^ ~e1 & f) + sum1(e1) + top(wk);
            v[x + 1] = pair(t + (a1 & a ^ a1 & b ^ a & b) + sum0(a1), a1);
            v[x] = pair(t + c, e1);
            return next.exec(cpu);
        }

        private static int sum0(int x) {
            return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
        }

        private static int sum1(int x) {
            return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
        }
    }

    /** {@code Vdq,Wdq,Ib}: four rounds. */
    private static final class Sha1Rounds extends Op {
        private final int x;
        private final Lanes source;
        private final int kind;
        private final int constant;

        Sha1Rounds(int x, Lanes source, int kind) {
            this.x = x;
            this.source = source;
            this.kind = kind;
            constant = switch (kind) {
                case 0 -> 0x5a827999;
                case 1 -> 0x6ed9eba1;
                case 2 -> 0x8f1bbcdc;
                default -> 0xca62c1d6;
            };
        }

        @Override
        public @Nullable Op exec(Cpu cpu) {
            cpu.index = index;
            int from = source.load(cpu);
            long[] v = cpu.v;
            int a = top(v[x + 1]), b = (int) v[x + 1], c = top(v[x]), d = (int) v[x];
            int e = 0; // the first word has it added already
            long w1 = v[from + 1];
            long w0 = v[from];
            for (int round = 0; round < 4; round++) {
                long pair = round < 2 ? w1 : w0;
                int w = (round & 1) == 0 ? top(pair) : (int) pair;
                int sum = f(b, c, d) + Integer.rotateLeft(a, 5) + w + e + constant;
                e = d;
                d = c;
                c = Integer.rotateLeft(b, 30);
                b = a;
                a = sum;
            }
            v[x + 1] = pair(a, b);
            v[x] = pair(c, d);
            return next.exec(cpu);
        }

        private int f(int b, int c, int d) {
            return switch (kind) {
                case 0 -> b & c ^ ~b & d;
                case 2 -> b & c ^ b & d ^ c & d;
                default -> b ^ c ^ d;
            };
        }
    }
}
