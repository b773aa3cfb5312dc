package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.vfs.FileObject;
import dev.gostub.emulator.vfs.Node;
import dev.gostub.emulator.vfs.Saved;

/** A process behind a descriptor ({@code pidfd_open(2)}): readable once it has ended. It has no state of its own. */
public final class ProcessDescriptor implements FileObject {
    private final Node node;
    private final Process process;

    public ProcessDescriptor(Node node, Process process) {
        this.node = node;
        this.process = process;
    }

    public Process process() {
        return process;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public int readiness() {
        return process.isAlive() ? 0 : Poll.READABLE;
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
