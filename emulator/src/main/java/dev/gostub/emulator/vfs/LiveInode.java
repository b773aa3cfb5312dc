package dev.gostub.emulator.vfs;

import dev.gostub.emulator.host.HostChange;
import java.util.List;

/** What a node of a host's folder is there: the host is asked each time, and told of each change. */
interface LiveInode {
    Attributes attributesThere() throws FileFailure;

    void change(HostChange change) throws FileFailure;

    /** Names of extended attributes. */
    List<String> extended() throws FileFailure;

    byte[] extended(String name) throws FileFailure;
}
