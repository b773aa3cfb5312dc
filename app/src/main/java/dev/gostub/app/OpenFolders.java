package dev.gostub.app;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFiles;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.LiveFiles;
import dev.gostub.emulator.host.LiveFolder;
import dev.gostub.emulator.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that {@link FileOptions} open to the guest, found to be there.
 *
 * @param root the guest's {@code /}
 * @param mounts those that others lie in first
 * @param save where to save
 */
record OpenFolders(Path root, List<GuestMount> mounts, Optional<HostFolder> save) {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFolders.class);
    private static final String HOST_ROOT = "/";

    static OpenFolders of(FileOptions options) throws UserError {
        Path root = options.root().isPresent() ? folder("--root", options.root().get()) : HostPaths.of(HOST_ROOT);
        List<GuestMount> mounts = new ArrayList<>();
        if (options.privateTmp()) mounts.add(new GuestMount.Private("/tmp"));
        for (FileOptions.Mount mount : options.mounts()) mounts.add(opened(mount));
        mounts.sort(Comparator.comparing(mount -> mount.at() + "/"));
        for (int i = 1; i < mounts.size(); i++) {
            String at = mounts.get(i).at();
            if (at.equals(mounts.get(i - 1).at())) {
                throw new UserError("two folders are to be mounted at " + at + "; name each place once");
            }
        }
        Optional<HostFolder> save = Optional.empty();
        if (options.save().isPresent()) {
            save = Optional.of(open(writable(folder("--save", options.save().get()))));
        }
        return new OpenFolders(root, List.copyOf(mounts), save);
    }

    private static GuestMount opened(FileOptions.Mount mount) throws UserError {
        if (mount.at().equals("/")) {
            throw new UserError("nothing can be mounted at /: name a folder below it, or the guest's / with --root");
        }
        Path path = folder(mount.writable() ? "--writable" : "--mount", mount.folder());
        if (mount.writable()) writable(path);
        return new GuestMount.Folder(mount.at(), HostPaths.name(path), open(path), mount.writable());
    }

    private static Path folder(String option, String name) throws UserError {
        Path path = HostPaths.of(name).normalize();
        if (!Files.exists(path)) {
            throw new UserError(option + " " + name + ": there is no such folder; make it first");
        }
        if (!Files.isDirectory(path)) {
            throw new UserError(option + " " + name + ": that is a file; name the folder it is in");
        }
        return path;
    }

    private static Path writable(Path path) throws UserError {
        if (!Files.isWritable(path)) {
            throw new UserError(
                    "you may not write in " + HostPaths.name(path) + "; mount it with :ro, or name another");
        }
        return path;
    }

    private static HostFolder open(Path path) throws UserError {
        try {
            return LiveFolder.at(path);
        } catch (IOException e) {
            throw new UserError("cannot open " + HostPaths.name(path) + ": " + e.getMessage() + "; name another");
        }
    }

    HostFiles files() {
        return new LiveFiles(root);
    }

    boolean hasOwnRoot() {
        return !HostPaths.name(root).equals(HOST_ROOT);
    }

    /** A program that cannot be seen because something is mounted over it is looked for in vain. */
    void requireVisible(Path program) throws UserError {
        String path = HostPaths.name(program);
        for (GuestMount mount : mounts) {
            if (!path.startsWith(mount.at() + "/")) continue;
            Optional<Path> shown = mount instanceof GuestMount.Folder folder
                    ? Optional.of(HostPaths.of(
                            folder.source() + path.substring(mount.at().length())))
                    : Optional.empty();
            if (shown.isEmpty() || !Files.exists(shown.get())) {
                throw new UserError("the program " + path + " lies behind what is mounted at " + mount.at()
                        + "; mount that elsewhere, or run the program from another place");
            }
        }
    }

    /** Saves what the guest wrote where nobody sees it, if that is wanted. */
    void save(Vfs files) throws UserError {
        if (save.isEmpty()) return;
        try {
            for (String path : files.save(save.get())) LOG.info("saved {}", GuestText.shown(path));
        } catch (HostFailure failure) {
            throw new UserError(
                    "cannot save what the program wrote: " + failure.getMessage() + "; some of it may be there");
        }
    }

    /** What a user should know that the guest can do; nothing if it is no more than usual. */
    Optional<String> opened() {
        List<String> parts = new ArrayList<>();
        if (hasOwnRoot()) parts.add("/ is " + HostPaths.name(root));
        for (GuestMount mount : mounts) parts.add(text(mount));
        if (save.isPresent()) parts.add("what it writes elsewhere is saved");
        if (parts.isEmpty()) return Optional.empty();
        String all = parts.stream().map(GuestText::shown).collect(Collectors.joining(", "));
        return Optional.of("open to the guest: " + all);
    }

    private static String text(GuestMount mount) {
        return switch (mount) {
            case GuestMount.Private(String at) -> at + " (its own)";
            case GuestMount.Folder(String at, String source, HostFolder _, boolean writable) ->
                source + (source.equals(at) ? "" : " as " + at) + (writable ? " (to write)" : " (to read)");
        };
    }
}
