package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Follows a path to its end, as {@code path_resolution(7)} describes. */
final class PathWalker {
    /** What to do with a symbolic link at the very end. */
    enum LastLink {
        FOLLOW,
        /** Follow it only if the path ends in a slash. */
        KEEP,
        /** The path names what is to be made: whatever is there is in the way, with a slash behind it or not ({@code filename_create} of Linux). */
        IN_THE_WAY
    }

    /**
     * The end of a path.
     *
     * @param parent the directory that holds, or would hold, the last name
     * @param name the last name; empty if the path ended in {@code .}, {@code ..} or {@code /}, so names no entry
     * @param node what is there, if anything is
     * @param asDirectory the path ended in a slash
     * @param shownAs the text of a magic link that led here: then {@code name} is the link's
     */
    record Place(Directory parent, String name, Optional<Node> node, boolean asDirectory, Optional<String> shownAs) {
        Node require() throws FileFailure {
            return node.orElseThrow(() -> new FileFailure(Errno.ENOENT));
        }

        /** The mount that what is there belongs to, or what is made there would. */
        Mount mount() {
            return node.isPresent() && node.get() instanceof Directory directory ? directory.mount() : parent.mount();
        }
    }

    private final FileSystemContext context;
    private final LastLink lastLink;
    private final Deque<String> todo = new ArrayDeque<>();
    private Directory at;
    private boolean asDirectory;
    private int linksFollowed;

    private PathWalker(At start, LastLink lastLink) {
        this.context = start.context();
        this.at = start.start();
        this.lastLink = lastLink;
    }

    static Place walk(At start, String path, LastLink lastLink) throws FileFailure {
        if (path.isEmpty()) {
            throw new FileFailure(Errno.ENOENT);
        }
        if (path.length() >= Fcntl.PATH_MAX) {
            throw new FileFailure(Errno.ENAMETOOLONG);
        }
        PathWalker walker = new PathWalker(start, lastLink);
        walker.push(path);
        walker.at.refresh();
        return walker.run();
    }

    /** Puts the components of a path before those still to do. */
    private void push(String path) {
        if (path.startsWith("/")) {
            at = context.root();
        }
        if (todo.isEmpty()) {
            asDirectory |= path.endsWith("/");
        }
        String[] names = path.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty()) {
                todo.push(names[i]);
            }
        }
    }

    private Place run() throws FileFailure {
        while (!todo.isEmpty()) {
            String name = todo.pop();
            at.enter();
            context.credentials().require(at, FileMode.X_OK);
            if (name.equals("..")) {
                at = at == context.root() ? at : at.parent();
            } else if (!name.equals(".")) {
                Optional<Place> end = step(name);
                if (end.isPresent()) {
                    return end.get();
                }
            }
        }
        return new Place(at, "", Optional.of(at), true, Optional.empty());
    }

    private Optional<Place> step(String name) throws FileFailure {
        if (name.length() > Fcntl.NAME_MAX) {
            throw new FileFailure(Errno.ENAMETOOLONG);
        }
        boolean last = todo.isEmpty();
        Optional<Node> found = at.lookup(name);
        if (found.isEmpty()) {
            if (last) {
                return Optional.of(new Place(at, name, found, asDirectory, Optional.empty()));
            }
            throw new FileFailure(Errno.ENOENT);
        }
        Node node = found.get();
        if (node instanceof SymbolicLink link && (!last || isFollowed())) {
            if (++linksFollowed > Fcntl.MAX_SYMLINKS) {
                throw new FileFailure(Errno.ELOOP);
            }
            Optional<Node> direct = link.direct();
            if (direct.isEmpty()) {
                followText(link);
                return Optional.empty();
            }
            return arrive(direct.get(), name, last, Optional.of(link.target()));
        }
        return arrive(node, name, last, Optional.empty());
    }

    private boolean isFollowed() {
        return lastLink == LastLink.FOLLOW || lastLink == LastLink.KEEP && asDirectory;
    }

    private void followText(SymbolicLink link) throws FileFailure {
        String target = link.target();
        if (target.isEmpty()) {
            throw new FileFailure(Errno.ENOENT);
        }
        push(target);
    }

    private Optional<Place> arrive(Node node, String name, boolean last, Optional<String> shownAs) throws FileFailure {
        if (!last && node instanceof Directory directory) {
            at = directory;
            return Optional.empty();
        }
        boolean mustBeDirectory = asDirectory && lastLink != LastLink.IN_THE_WAY;
        if (!last || mustBeDirectory && !(node instanceof Directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        return Optional.of(new Place(at, name, Optional.of(node), asDirectory, shownAs));
    }
}
