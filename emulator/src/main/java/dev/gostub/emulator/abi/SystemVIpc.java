package dev.gostub.emulator.abi;

/** System V shared memory, semaphores and message queues: {@code linux/ipc.h}, {@code shm.h}, {@code sem.h}, {@code msg.h} and the layouts of amd64. */
public final class SystemVIpc {
    // spotless:off
    public static final int IPC_PRIVATE = 0, IPC_CREAT = 01000, IPC_EXCL = 02000, IPC_NOWAIT = 04000;
    public static final int IPC_RMID = 0, IPC_SET = 1, IPC_STAT = 2, IPC_INFO = 3;
    public static final int MSG_STAT = 11, MSG_INFO = 12, MSG_STAT_ANY = 13;
    public static final int SHM_LOCK = 11, SHM_UNLOCK = 12, SHM_STAT = 13, SHM_INFO = 14, SHM_STAT_ANY = 15;
    public static final int GETPID = 11, GETVAL = 12, GETALL = 13, GETNCNT = 14, GETZCNT = 15, SETVAL = 16, SETALL = 17,
            SEM_STAT = 18, SEM_INFO = 19, SEM_STAT_ANY = 20;

    /** Modes that only the kernel sets. */
    public static final int SHM_DEST = 01000, SHM_LOCKED = 02000;
    public static final int SHM_RDONLY = 010000, SHM_RND = 020000, SHM_REMAP = 040000, SHM_EXEC = 0100000, SHM_HUGETLB = 04000;
    public static final int SEM_UNDO = 0x1000;
    public static final int MSG_NOERROR = 010000, MSG_EXCEPT = 020000, MSG_COPY = 040000;

    public static final int S_IRUGO = 0444, S_IWUGO = 0222, S_IXUGO = 0111, S_IRWXUGO = 0777;

    // What /proc/sys/kernel says of a kernel that was left as it is.
    public static final long SHMMAX = -1L - (1L << 24), SHMALL = SHMMAX;
    public static final int SHMMIN = 1, SHMMNI = 4096;
    public static final int SEMMSL = 32000, SEMMNI = 32000, SEMMNS = SEMMSL * SEMMNI, SEMOPM = 500, SEMVMX = 32767;
    public static final int MSGMAX = 8192, MSGMNB = 16384, MSGMNI = 32000;

    // struct ipc64_perm, with which the others begin
    public static final int KEY = 0, UID = 4, GID = 8, CUID = 12, CGID = 16, MODE = 20, SEQUENCE = 24;
    // struct shmid64_ds
    public static final int SHMID_BYTES = 112, SHM_SEGSZ = 48, SHM_ATIME = 56, SHM_DTIME = 64, SHM_CTIME = 72, SHM_CPID = 80, SHM_LPID = 84, SHM_NATTCH = 88;
    // struct semid64_ds
    public static final int SEMID_BYTES = 104, SEM_OTIME = 48, SEM_CTIME = 64, SEM_NSEMS = 80;
    // struct msqid64_ds
    public static final int MSQID_BYTES = 120, MSG_STIME = 48, MSG_RTIME = 56, MSG_CTIME = 64, MSG_CBYTES = 72, MSG_QNUM = 80, MSG_QBYTES = 88, MSG_LSPID = 96, MSG_LRPID = 100;
    // struct sembuf
    public static final int SEMBUF_BYTES = 6, SEM_NUM = 0, SEM_OP = 2, SEM_FLG = 4;
    // spotless:on

    /** {@code ipcmni_seq_shift}: the lower bits of an id say where the object is, the upper ones which of those that were there. */
    public static final int SEQUENCE_SHIFT = 15;

    private SystemVIpc() {}
}
