package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.vfs.GeneratedFile.Content;

/** The files of /proc/PID that are views of its memory: positions in them are addresses, or numbers of pages. */
record ProcessMemory(TaskSubject subject, Kind kind) implements Content {
    private static final int PAGE_SHIFT = 12;
    /** A word for each page. */
    private static final int WORD = Long.BYTES;
    /** TASK_SIZE: the first address that is no process's. */
    private static final long END = 0x7ffffffff000L;
    /** PM_PRESENT of fs/proc/task_mmu.c. The other bits need the host's page tables, or privilege. */
    private static final long PRESENT = 1L << 63;

    enum Kind {
        /** {@code /proc/PID/mem}: its bytes, whatever their protection (mem_rw of fs/proc/base.c). */
        MEM,
        /** {@code /proc/PID/pagemap}: which pages are in memory (pagemap_read of fs/proc/task_mmu.c). */
        PAGEMAP
    }

    @Override
    public FileObject open(Node node) throws FileFailure {
        subject.requireMemory();
        return new View(node, subject.process(), kind);
    }

    @Override
    public byte[] bytes() {
        return new byte[0];
    }

    private record View(Node node, ProcessView process, Kind kind) implements GeneratedObject {
        @Override
        public long readAt(long offset, byte[] into, int at, int length) {
            if (!process.holdsMemory()) {
                return 0;
            }
            return switch (kind) {
                case MEM -> transferred(process.peek(offset, into, at, length), length);
                case PAGEMAP -> pages(offset, into, at, length);
            };
        }

        private long pages(long offset, byte[] into, int at, int length) {
            if (offset % WORD != 0 || length % WORD != 0) {
                return Errno.EINVAL.result();
            }
            long left = Math.max((END >>> PAGE_SHIFT) * WORD - offset, 0);
            int count = (int) Math.min(length, left);
            for (int done = 0; done < count; done += WORD) {
                boolean resident = process.isResident((offset + done) / WORD << PAGE_SHIFT);
                LittleEndian.put64(into, at + done, resident ? PRESENT : 0);
            }
            return count;
        }

        @Override
        public long writeAt(long offset, byte[] from, int at, int length) {
            if (kind == Kind.PAGEMAP) {
                return Errno.EINVAL.result();
            }
            return process.holdsMemory() ? transferred(process.poke(offset, from, at, length), length) : 0;
        }

        private static long transferred(int count, int wanted) {
            return count == 0 && wanted > 0 ? Errno.EIO.result() : count;
        }

        @Override
        public Saved capture() {
            return Saved.NOTHING;
        }
    }
}
