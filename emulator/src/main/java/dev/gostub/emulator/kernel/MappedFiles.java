package dev.gostub.emulator.kernel;

import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.vfs.Node;
import dev.gostub.emulator.vfs.SeekableObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The host's own files that processes have mapped. What a process stores in a page that it shares with a file is seen by the host when {@link #settle} brings the two together: whenever a mapping goes, with its process or
 * without; msync(2), fsync(2) and close(2) do it for their file.
 */
public final class MappedFiles {
    private final Kernel kernel;
    private List<SeekableObject> files = new ArrayList<>();

    MappedFiles(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A file is about to be mapped. */
    public void add(SeekableObject file) {
        if (!file.isOfHost()) {
            return;
        }
        file.mapped();
        if (files.stream().noneMatch(known -> known.node() == file.node())) {
            files.add(file);
        }
    }

    /** Some mappings may be gone. */
    public void settle() {
        if (files.isEmpty()) {
            return;
        }
        List<Node> mapped = mapped();
        List<SeekableObject> kept = new ArrayList<>();
        for (SeekableObject file : files) {
            if (mapped.contains(file.node())) {
                file.reconcile();
                kept.add(file);
            } else {
                file.unmapped();
            }
        }
        files = kept;
    }

    private List<Node> mapped() {
        List<Node> nodes = new ArrayList<>();
        for (Process process : kernel.processes()) {
            if (process.isAlive()) {
                for (Mapping mapping : process.memory().mappings()) {
                    if (mapping.backing() instanceof FileBacking backing
                            && backing.file().isOfHost()) {
                        nodes.add(backing.file().node());
                    }
                }
            }
        }
        return nodes;
    }

    List<SeekableObject> capture() {
        return List.copyOf(files);
    }

    void restore(List<SeekableObject> snapshot) {
        files = new ArrayList<>(snapshot);
    }
}
