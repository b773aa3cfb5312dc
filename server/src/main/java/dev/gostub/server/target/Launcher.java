package dev.gostub.server.target;

/** The capability to start programs. */
public interface Launcher {
    /**
     * Ends the process there is, if any, and starts a program; afterwards it stands before its first instruction.
     * Inserted breakpoints and watchpoints are gone, the signal policy stays.
     *
     * @throws TargetException no such file, not a program we can run; the old process is then untouched if possible
     */
    void run(RunRequest request) throws TargetException;
}
