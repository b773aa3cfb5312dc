package dev.gostub.server.target;

/** The capability to stop at events of the program other than what it executes or accesses. */
public interface Catchpoints {
    /**
     * Says which system calls stop the target, at their entry and at their return, from now on, whatever was said before. A thread that
     * is stepped does not stop there.
     */
    void systemCalls(SystemCallFilter filter);
}
