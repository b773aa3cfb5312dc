package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostOpenFile;
import dev.gostub.emulator.host.HostStat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Writes what the guest has made or changed in the overlay to a folder of the host, each file at its path below that. */
final class Saving {
    private static final int PIECE_BYTES = 1 << 20;

    private final HostFolder into;
    private final List<String> saved = new ArrayList<>();

    Saving(HostFolder into) {
        this.into = into;
    }

    /** Paths of what was written. */
    List<String> saved() {
        return List.copyOf(saved);
    }

    /** What is mounted in the tree is not the overlay's. */
    void save(TreeDirectory directory, String path) throws HostFailure {
        for (TreeDirectory.Child child : directory.known()) {
            String place = path + "/" + child.name();
            switch (child.node()) {
                case TreeDirectory below
                when !below.isMountPoint() -> {
                    if (isNew(below)) {
                        folder(place);
                    }
                    save(below, place);
                }
                case RegularFile file -> {
                    if (file.content() instanceof FileContent content && content.differsFrom(place)) {
                        save(file, place);
                    }
                }
                case SymbolicLink link
                when isNew(link) -> {
                    HostFolder above = vacant(place);
                    above.makeSymbolicLink(name(place), link.target());
                    saved.add(place);
                }
                default -> {
                    // Of the host, unchanged, or something that only lives in the machine.
                }
            }
        }
    }

    private static boolean isNew(Node node) {
        return node.attributes().device() == Inodes.OVERLAY_DEVICE;
    }

    private void save(RegularFile file, String place) throws HostFailure {
        HostFolder above = vacant(place);
        Attributes facts = file.attributes();
        try (HostOpenFile to = above.create(name(place), facts.mode() & 0777)) {
            byte[] piece = new byte[PIECE_BYTES];
            long done = 0;
            for (long got = file.read(0, piece, 0, piece.length); got > 0; ) {
                int put = to.write(done, piece, 0, (int) got);
                if (put == 0) {
                    throw new HostFailure(HostFailure.Reason.NO_SPACE, place);
                }
                done += put;
                got = file.read(done, piece, 0, piece.length);
            }
        }
        above.change(name(place), new HostChange.Times(facts.accessed(), facts.modified()));
        saved.add(place);
    }

    private static String name(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** The folder for a path, in which nothing has its name: what was saved there before makes room. */
    private HostFolder vacant(String place) throws HostFailure {
        HostFolder above = folder(place.substring(0, place.lastIndexOf('/')));
        if (above.stat(name(place)).isPresent()) {
            above.unlink(name(place));
        }
        return above;
    }

    private HostFolder folder(String path) throws HostFailure {
        Deque<String> names = new ArrayDeque<>(List.of(path.split("/", -1)));
        HostFolder at = into;
        for (String name : names) {
            if (!name.isEmpty()) {
                at = below(at, name);
            }
        }
        return at;
    }

    private static HostFolder below(HostFolder above, String name) throws HostFailure {
        Optional<HostStat> known = above.stat(name);
        boolean there = known.isPresent() && FileMode.is(known.get().mode(), FileMode.S_IFDIR);
        if (known.isPresent() && !there) {
            above.unlink(name);
        }
        if (!there) {
            above.makeFolder(name, 0755);
            known = above.stat(name);
        }
        return above.folder(name, known.orElseThrow(() -> new HostFailure(HostFailure.Reason.NOT_FOUND, name)));
    }
}
