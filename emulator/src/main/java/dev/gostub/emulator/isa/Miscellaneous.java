package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** General instructions that belong to no larger family: MOVBE, CRC32, XLAT, ENTER, RDRAND, RDSEED, INT, cache line flushes. */
public enum Miscellaneous implements Family {
    MOVBE,
    /** With the Castagnoli polynomial, bit-reflected. */
    CRC32,
    XLAT,
    ENTER,
    /** RDRAND and RDSEED: from the generator in {@link Cpu#nextRandom()}, which never runs dry. */
    RDRAND,
    /** INT n. Linux opens the gates 3 and 4 to programs, and 0x80 with 32-bit system calls. We have 3 alone; the others raise #GP. */
    INT,
    /** CLFLUSH, CLFLUSHOPT, CLWB: no cache, but the line must be readable. */
    CLFLUSH;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case MOVBE -> new MoveReversed(Access.of(i, 0), Access.of(i, 1), i.operandBits());
            case CRC32 ->
                new Checksum(Access.of(i, 0), Access.of(i, 1), i.operand(1).bits());
            case XLAT -> new Translate(i.segment(), i.address32() ? 0xffffffffL : -1L);
            case ENTER -> new Enter((int) i.immediate() & 0xffff, (int) i.immediate2() & 31, i.operandBits() / 8);
            case RDRAND -> new Random(Access.of(i, 0));
            case INT -> Processor.interrupt((int) i.immediate() & 0xff, i.end());
            case CLFLUSH -> new Touch(new Address(i.place()));
        };
    }

    private static final class MoveReversed extends Op {
        private final Access destination;
        private final Access source;
        private final int bits;

        MoveReversed(Access destination, Access source, int bits) {
            this.destination = destination;
            this.source = source;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, Long.reverseBytes(source.read(c)) >>> 64 - bits);
            return next.exec(c);
        }
    }

    private static final class Checksum extends Op {
        private static final int CASTAGNOLI = 0x82f63b78;

        private final Access destination;
        private final Access source;
        private final int bits;

        Checksum(Access destination, Access source, int bits) {
            this.destination = destination;
            this.source = source;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long value = source.read(c);
            int crc = (int) destination.read(c);
            for (int from = 0; from < bits; from += 8) {
                crc ^= (int) (value >>> from) & 0xff;
                for (int k = 0; k < 8; k++) crc = crc >>> 1 ^ (CASTAGNOLI & -(crc & 1));
            }
            destination.write(c, crc & 0xffffffffL);
            return next.exec(c);
        }
    }

    private static final class Translate extends Op {
        private final int segment;
        private final long mask;

        Translate(int segment, long mask) {
            this.segment = segment;
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = c.r[Cpu.RBX] + (c.r[Cpu.RAX] & 0xff) & mask;
            if (segment >= 0) at += segment == 4 ? c.fsBase : c.gsBase;
            c.r[Cpu.RAX] = c.r[Cpu.RAX] & ~0xffL | c.memory.load8(at);
            return next.exec(c);
        }
    }

    /** Pushes RBP, copies {@code level - 1} frame pointers of outer procedures, pushes the new one, and makes room. */
    private static final class Enter extends Op {
        private final int room;
        private final int level;
        private final int lengthBytes;

        Enter(int room, int level, int lengthBytes) {
            this.room = room;
            this.level = level;
            this.lengthBytes = lengthBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long frame = c.r[Cpu.RSP] - lengthBytes;
            long rbp = c.r[Cpu.RBP];
            long sp = frame - (long) level * lengthBytes;
            c.memory.checkWrite(frame, lengthBytes);
            for (int k = 1; k < level; k++) {
                c.memory.checkRead(rbp - (long) k * lengthBytes, lengthBytes);
                c.memory.checkWrite(frame - (long) k * lengthBytes, lengthBytes);
            }
            c.memory.checkWrite(sp, lengthBytes);
            c.memory.checkWrite(sp - room, 1); // the manual: a write to the new top of the stack must be possible
            store(c, frame, rbp);
            for (int k = 1; k < level; k++)
                store(c, frame - (long) k * lengthBytes, load(c, rbp - (long) k * lengthBytes));
            if (level > 0) store(c, sp, frame);
            c.r[Cpu.RBP] = lengthBytes == 8 ? frame : rbp & ~0xffffL | frame & 0xffff;
            c.r[Cpu.RSP] = sp - room;
            return next.exec(c);
        }

        private void store(Cpu c, long at, long value) {
            if (lengthBytes == 8) c.memory.store64(at, value);
            else c.memory.store16(at, value);
        }

        private long load(Cpu c, long at) {
            return lengthBytes == 8 ? c.memory.load64(at) : c.memory.load16(at);
        }
    }

    private static final class Random extends Op {
        private final Access destination;

        Random(Access destination) {
            this.destination = destination;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            destination.write(c, c.nextRandom());
            c.flags.setStatus(Flags.CF);
            return next.exec(c);
        }
    }

    private static final class Touch extends Op {
        private final Address address;

        Touch(Address address) {
            this.address = address;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.memory.checkRead(address.of(c), 1);
            return next.exec(c);
        }
    }
}
