package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import java.util.Optional;

/** Makes the nodes that the guest asks for in a file system in memory. */
record NewNodes(Inodes inodes, GuestClock clock, Changes changes, long device) {
    long now() {
        return clock.realtimeNanos();
    }

    NewNodes of(long otherDevice) {
        return new NewNodes(inodes, clock, changes, otherDevice);
    }

    Attributes attributes(int mode, Credentials owner) {
        return inodes.fresh(device, mode, owner);
    }

    RegularFile regular(int permissions, Credentials owner) {
        return new RegularFile(attributes(FileMode.S_IFREG | permissions, owner), new FileContent());
    }

    SymbolicLink link(String target, Credentials owner) {
        return SymbolicLink.fixed(attributes(FileMode.S_IFLNK | 0777, owner), target);
    }

    Node fifo(int permissions, Credentials owner) {
        Attributes attributes = attributes(FileMode.S_IFIFO | permissions, owner);
        // The opener needs the node that it opens, which exists only after it: hence the box.
        Node[] self = new Node[1];
        Pipe pipe = new Pipe(new Activity(changes));
        self[0] = SpecialFile.backed(attributes, pipe, flags -> new PipeEnd(pipe, self[0], flags));
        return self[0];
    }

    /** The root of a file system. */
    TreeDirectory root(Mount mount, Attributes attributes, Directory parent, String name) {
        return new TreeDirectory(this, mount, attributes, new TreeDirectory.Place(Optional.empty(), parent, name));
    }
}
