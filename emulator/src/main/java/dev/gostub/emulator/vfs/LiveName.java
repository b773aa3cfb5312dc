package dev.gostub.emulator.vfs;

import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFailure.Reason;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostOpenFile;
import dev.gostub.emulator.host.HostStat;
import java.util.List;
import java.util.function.Consumer;

/** A name in a folder of the host by which a file was last found, and which file that is. */
final class LiveName implements LiveInode {
    private final long device;
    private final long inode;
    private LiveDirectory parent;
    private String name;

    LiveName(LiveDirectory parent, String name, HostStat stat) {
        this.parent = parent;
        this.name = name;
        this.device = stat.device();
        this.inode = stat.inode();
    }

    /** Another name of the same file. */
    void relocate(LiveDirectory newParent, String newName) {
        parent = newParent;
        name = newName;
    }

    boolean is(HostStat stat) {
        return stat.device() == device && stat.inode() == inode;
    }

    /** What the name leads to; ENOENT and ESTALE if that is another file by now. */
    HostStat stat() throws HostFailure {
        HostStat stat = parent.folder().stat(name).orElseThrow(() -> new HostFailure(Reason.NOT_FOUND, name));
        if (!is(stat)) {
            throw new HostFailure(Reason.STALE, name);
        }
        return stat;
    }

    HostOpenFile open(HostFolder.Access access) throws HostFailure {
        return parent.folder().open(name, stat(), access);
    }

    /** Gives the file a further name. */
    void link(HostFolder to, String newName) throws HostFailure {
        stat();
        to.link(newName, parent.folder(), name);
    }

    Mount mount() {
        return parent.mount();
    }

    LiveFileSystem system() {
        return parent.system();
    }

    void forget() {
        system().forget(device, inode);
    }

    @Override
    public Attributes attributesThere() throws FileFailure {
        try {
            return system().attributes(stat());
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    @Override
    public void change(HostChange change) throws FileFailure {
        try {
            stat();
            parent.folder().change(name, change);
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    @Override
    public List<String> extended() throws FileFailure {
        try {
            return parent.folder().attributes(name);
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    @Override
    public byte[] extended(String attribute) throws FileFailure {
        try {
            return parent.folder().attribute(name, attribute);
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    void reach(Consumer<? super Stateful> visit) {
        visit.accept(parent);
    }

    Saved capture() {
        LiveDirectory parentNow = parent;
        String nameNow = name;
        return () -> relocate(parentNow, nameNow);
    }
}
