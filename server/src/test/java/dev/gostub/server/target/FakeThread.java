package dev.gostub.server.target;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One thread of a {@link FakeTarget}: a register block and a name. */
final class FakeThread {
    private final ThreadId id;
    private final ByteBuffer block = ByteBuffer.allocate(FakeTarget.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    FakeThread(ThreadId id, long pc) {
        this.id = id;
        setPc(pc);
    }

    ThreadId id() {
        return id;
    }

    byte[] block() {
        return block.array();
    }

    long general(int index) {
        return block.getLong(index * 8);
    }

    void setGeneral(int index, long value) {
        block.putLong(index * 8, value);
    }

    long pc() {
        return block.getLong(FakeTarget.RIP_OFFSET);
    }

    void setPc(long pc) {
        block.putLong(FakeTarget.RIP_OFFSET, pc);
    }
}
