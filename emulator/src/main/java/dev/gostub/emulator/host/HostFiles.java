package dev.gostub.emulator.host;

import java.util.List;
import java.util.Optional;

/**
 * A tree of files that can only be read. Paths are absolute, use {@code /}, and hold no symbolic link but perhaps as their last
 * component: the caller has resolved them, one component at a time.
 */
public interface HostFiles {
    /** What there is at {@code path} itself (a link is not followed), or nothing. */
    Optional<HostStat> stat(String path);

    /** Names in a directory, sorted, without {@code .} and {@code ..}. */
    List<String> list(String path) throws HostFailure;

    /** Text of a symbolic link. */
    String readLink(String path) throws HostFailure;

    /** Opens a regular file for reading. */
    HostFile open(String path) throws HostFailure;
}
