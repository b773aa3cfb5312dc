package dev.gostub.app;

import dev.gostub.emulator.host.HostPaths;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What of the host's files is open to the guest; without any of these options it reads them all and changes none.
 *
 * @param mounts in the order given
 * @param root the folder that is the guest's {@code /}
 * @param privateTmp an empty {@code /tmp}
 * @param save where what the guest wrote elsewhere goes at the end
 */
record FileOptions(List<Mount> mounts, Optional<String> root, boolean privateTmp, Optional<String> save) {
    static final FileOptions NONE = new FileOptions(List.of(), Optional.empty(), false, Optional.empty());

    FileOptions {
        mounts = List.copyOf(mounts);
    }

    /**
     * A folder of the host.
     *
     * @param at absolute path in the guest's tree
     */
    record Mount(String folder, String at, boolean writable) {}

    static void addTo(CommandSpec spec) {
        spec.addOption(Commands.repeated(
                "--writable", "DIR", "What the guest writes below DIR is written there. Repeatable."));
        spec.addOption(Commands.repeated(
                "--mount",
                "DIR:GUESTDIR[:ro|rw]",
                "Show the guest the host's DIR as GUESTDIR; rw lets it write there. Default: ro. Repeatable."));
        spec.addOption(Commands.value("--root", "DIR", "The guest's /. Default: /."));
        spec.addOption(Commands.flag("--tmp", "Give the guest an empty /tmp of its own."));
        spec.addOption(
                Commands.value("--save", "DIR", "At the end put the files that the guest wrote elsewhere below DIR."));
    }

    static FileOptions of(ParseResult line) throws UserError {
        List<String> writable = line.matchedOptionValue("--writable", List.of());
        List<String> mounted = line.matchedOptionValue("--mount", List.of());
        List<Mount> mounts = new ArrayList<>();
        for (String folder : writable) mounts.add(new Mount(folder, absolute(folder), true));
        for (String text : mounted) mounts.add(mount(text));
        return new FileOptions(
                mounts,
                Optional.ofNullable(line.matchedOptionValue("--root", null)),
                line.hasMatchedOption("--tmp"),
                Optional.ofNullable(line.matchedOptionValue("--save", null)));
    }

    private static Mount mount(String text) throws UserError {
        boolean readable = text.endsWith(":ro");
        boolean writable = text.endsWith(":rw");
        String places = readable || writable ? text.substring(0, text.length() - 3) : text;
        int colon = places.indexOf(':');
        if (colon <= 0 || colon != places.lastIndexOf(':') || !places.startsWith("/", colon + 1)) {
            throw new UserError("bad --mount '" + text
                    + "': give DIR:GUESTDIR, GUESTDIR from the root on, and perhaps :ro or :rw behind them");
        }
        return new Mount(places.substring(0, colon), absolute(places.substring(colon + 1)), writable);
    }

    private static String absolute(String folder) throws UserError {
        try {
            return HostPaths.name(HostPaths.of(folder).normalize());
        } catch (InvalidPathException _) {
            throw new UserError("there can be no folder '" + folder + "'; name another");
        }
    }
}
