package dev.gostub.emulator.kernel;

import static dev.gostub.emulator.abi.SignalFdRecord.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.vfs.FileObject;
import dev.gostub.emulator.vfs.Node;
import dev.gostub.emulator.vfs.Saved;

/** {@code signalfd(2)}: signals as records to be read. Whoever reads or waits sees the signals of its own task and process. */
public final class SignalFile implements FileObject {
    private final Node node;
    private final Kernel kernel;
    private long set;

    public SignalFile(Node node, Kernel kernel, long set) {
        this.node = node;
        this.kernel = kernel;
        this.set = set & ~Signaling.UNBLOCKABLE;
    }

    /** Other signals than before. */
    public void change(long wanted) {
        set = wanted & ~Signaling.UNBLOCKABLE;
        kernel.signaling().noteSignalFiles();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long read(byte[] into, int at, int length) {
        if (length < BYTES) {
            return Errno.EINVAL.result();
        }
        Task reader = kernel.scheduler().observer();
        int done = 0;
        while (done + BYTES <= length && (reader.pendingSet() & set) != 0) {
            put(kernel.signaling().takeOf(reader, set), into, at + done);
            done += BYTES;
        }
        return done == 0 ? Errno.EAGAIN.result() : done;
    }

    /** signalfd_copyinfo of fs/signalfd.c. */
    private static void put(SignalInformation information, byte[] into, int at) {
        LittleEndian.put32(into, at + SIGNO, information.signal());
        LittleEndian.put32(into, at + ERRNO, information.errno());
        LittleEndian.put32(into, at + CODE, information.code());
        int low = (int) information.first();
        int high = (int) (information.first() >>> Integer.SIZE);
        switch (information.layout()) {
            case SENDER -> {
                LittleEndian.put32(into, at + PID, low);
                LittleEndian.put32(into, at + UID, high);
            }
            case VALUE -> {
                LittleEndian.put32(into, at + PID, low);
                LittleEndian.put32(into, at + UID, high);
                putValue(information, into, at);
            }
            case TIMER -> {
                LittleEndian.put32(into, at + TID, low);
                LittleEndian.put32(into, at + OVERRUN, high);
                putValue(information, into, at);
            }
            case CHILD -> {
                LittleEndian.put32(into, at + PID, low);
                LittleEndian.put32(into, at + UID, high);
                LittleEndian.put32(into, at + STATUS, (int) information.second());
            }
            case POLL -> {
                LittleEndian.put32(into, at + BAND, low);
                LittleEndian.put32(into, at + FD, (int) information.second());
            }
            case FAULT -> LittleEndian.put64(into, at + ADDR, information.first());
        }
    }

    private static void putValue(SignalInformation information, byte[] into, int at) {
        LittleEndian.put64(into, at + PTR, information.second());
        LittleEndian.put32(into, at + INT, (int) information.second());
    }

    @Override
    public int readiness() {
        return (kernel.scheduler().observer().pendingSet() & set) != 0 ? Poll.READABLE : 0;
    }

    /** Linux wakes its readers with every signal, wanted or not (signalfd_notify). */
    @Override
    public long activity(int interest) {
        return (interest & Poll.READABLE) != 0 ? kernel.signaling().sent() : 0;
    }

    @Override
    public boolean ignoresSeeking() {
        return true;
    }

    @Override
    public Saved capture() {
        long now = set;
        return () -> set = now;
    }
}
