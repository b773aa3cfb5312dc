package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.DirectoryEntry;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.InotifyEvent;
import java.util.List;
import java.util.Optional;

/** An opened directory. The names are listed once, at the first read and after each rewind, so removals while reading do no harm. */
public final class DirectoryObject implements FileObject {
    private final Directory directory;
    private List<String> names = List.of();

    DirectoryObject(Directory directory) {
        this.directory = directory;
    }

    /** The directory itself, from which relative paths may start. */
    public Directory directory() {
        return directory;
    }

    @Override
    public Node node() {
        return directory;
    }

    /**
     * {@code getdents64(2)}: fills in as many records as fit and moves the file's position on, which counts entries.
     *
     * @return bytes used, 0 at the end, or a negative errno
     */
    public long entries(OpenFile file, byte[] into) {
        if (directory.attributes().links() == 0) {
            return Errno.ENOENT.result();
        }
        try {
            if (file.offset() == 0) {
                names = List.copyOf(directory.names());
            }
        } catch (FileFailure failure) {
            return failure.errno().result();
        }
        int used = 0;
        long position = file.offset();
        while (position < names.size() + 2L) {
            Optional<DirectoryEntry> entry = entry((int) position);
            if (entry.isPresent()) {
                if (used + entry.get().lengthBytes() > into.length) {
                    break;
                }
                used += entry.get().put(into, used);
            }
            position++;
        }
        if (used == 0 && position < names.size() + 2L) {
            return Errno.EINVAL.result();
        }
        file.setOffset(position);
        file.notify(InotifyEvent.IN_ACCESS);
        return used;
    }

    private Optional<DirectoryEntry> entry(int index) {
        return switch (index) {
            case 0 -> Optional.of(entry(directory, 1, "."));
            case 1 -> Optional.of(entry(directory.parent(), 2, ".."));
            default -> {
                String name = names.get(index - 2);
                yield directory.lookup(name).map(node -> entry(node, index + 1, name));
            }
        };
    }

    private static DirectoryEntry entry(Node node, long next, String name) {
        Attributes a = node.attributes();
        return new DirectoryEntry(a.inode(), next, FileMode.directoryType(a.mode()), name);
    }

    @Override
    public boolean pollable() {
        return false;
    }

    @Override
    public Saved capture() {
        List<String> now = names;
        return () -> names = now;
    }
}
