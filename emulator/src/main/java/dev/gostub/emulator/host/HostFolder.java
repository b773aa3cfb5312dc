package dev.gostub.emulator.host;

import java.util.List;
import java.util.Optional;

/**
 * A directory of the host that the guest sees as it is and, where that was asked for, changes. A handle, as Linux's {@code openat} family has it: it stays with the directory wherever that is moved.
 *
 * <p>Names are single components, or {@code .} for the directory itself where that makes sense; no operation follows a symbolic link, so that none leads out of the directory. Nothing is remembered: each question is the host's to answer.
 */
public interface HostFolder {
    /** What a name leads to, or nothing. */
    Optional<HostStat> stat(String name) throws HostFailure;

    /** All names, sorted, without {@code .} and {@code ..}. */
    List<String> list() throws HostFailure;

    /** Text of a symbolic link. */
    String readLink(String name) throws HostFailure;

    /** The directory of a name, which {@code known} tells of; whether it is still there shows at its first use ({@code STALE}). */
    HostFolder folder(String name, HostStat known);

    /** Opens the regular file of a name, which {@code known} tells of. */
    HostOpenFile open(String name, HostStat known, Access access) throws HostFailure;

    /** Makes a regular file where there is nothing, and opens it for reading and writing. */
    HostOpenFile create(String name, int permissions) throws HostFailure;

    void makeFolder(String name, int permissions) throws HostFailure;

    void makeSymbolicLink(String name, String text) throws HostFailure;

    /** Gives the file of another name, which is no directory, a further one here. */
    void link(String name, HostFolder from, String oldName) throws HostFailure;

    void unlink(String name) throws HostFailure;

    void removeFolder(String name) throws HostFailure;

    /** Moves a name in one step; what was at the new one is gone with it. */
    void rename(String name, HostFolder to, String newName) throws HostFailure;

    void change(String name, HostChange change) throws HostFailure;

    /** Names of the extended attributes, sorted. */
    List<String> attributes(String name) throws HostFailure;

    byte[] attribute(String name, String attribute) throws HostFailure;

    /** Brings what was done to names here to the disk. */
    void sync() throws HostFailure;

    /** The file system that this lies on. */
    HostSpace space() throws HostFailure;

    /** What a file is opened for. */
    enum Access {
        READ,
        WRITE,
        READ_WRITE
    }
}
