package dev.gostub.emulator.kernel;

/**
 * What is left to see of the task with the process's number when it has ended: it stays as a zombie until its threads have ended, too, and somebody has asked for the status.
 *
 * @param cpuTime in nanoseconds
 * @param systemTime the part of it inside the kernel
 * @param pending signals of its own that it did not take
 * @param blocked its signal mask
 */
public record EndedLeader(String name, long cpuTime, long systemTime, long pending, long blocked) {}
