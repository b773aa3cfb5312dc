package dev.gostub.emulator.kernel;

/** Shared memory, a set of semaphores or a message queue of System V. Immutable: a change puts another one in its place. */
public interface IpcObject {
    IpcPermission permission();
}
