package dev.gostub.server.target;

/** The capability to stop at memory accesses. Inserting what is inserted, or removing what is not, is no error. */
public interface Watchpoints {
    void insert(WatchKind kind, long address, long lengthBytes) throws TargetException;

    void remove(WatchKind kind, long address, long lengthBytes) throws TargetException;
}
