package dev.gostub.emulator.vfs;

import dev.gostub.emulator.host.HostFiles;
import dev.gostub.emulator.host.HostStat;
import java.util.Optional;

/** Where in the host's tree a node comes from; it keeps this origin when the guest moves it elsewhere. */
record HostOrigin(HostFiles files, String path) {
    HostOrigin child(String name) {
        return new HostOrigin(files, path.equals("/") ? "/" + name : path + "/" + name);
    }

    Optional<HostStat> stat() {
        return files.stat(path);
    }
}
