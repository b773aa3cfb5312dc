package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.host.Terminal;
import dev.gostub.emulator.host.Terminal.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Standard input, output and error as the first process finds them, and the controlling terminal if there is one. */
final class StandardStreams {
    /** Major number of {@code /dev/pts/N}. */
    private static final int PSEUDO_TERMINAL = 136;

    /** One of the three, ready to be put into a table of descriptors. */
    record Standard(FileObject object, int flags, String path) {}

    private final StandardInput input;
    private final TerminalSettings settings;
    private final List<Standard> standard = new ArrayList<>();
    private final Optional<SpecialFile> terminalNode;

    StandardStreams(Terminal terminal, Changes changes, Inodes inodes, Credentials owner) {
        input = new StandardInput(terminal, new Activity(changes));
        settings = new TerminalSettings(terminal);
        // Nodes and the streams behind them refer to each other: the node opens what the box holds by then.
        FileObject[] controlling = new FileObject[1];
        boolean any = false;
        for (Stream stream : Stream.values()) {
            any |= terminal.isTerminal(stream);
        }
        Attributes facts = inodes.device(0620, PSEUDO_TERMINAL, 0).withOwner(owner.user(), owner.group(), 0);
        SpecialFile node = SpecialFile.device(facts, _ -> controlling[0]);
        controlling[0] = new StandardStream(Stream.OUTPUT, terminal, input, node, Optional.of(settings));
        terminalNode = any ? Optional.of(node) : Optional.empty();
        for (Stream stream : Stream.values()) {
            if (terminal.isTerminal(stream)) {
                FileObject object = new StandardStream(stream, terminal, input, node, Optional.of(settings));
                standard.add(new Standard(object, OpenFlags.O_RDWR, "/dev/pts/0"));
            } else {
                Attributes pipe = inodes.anonymous(FileMode.S_IFIFO | 0600, owner);
                String label = "pipe:[" + pipe.inode() + "]";
                Node anonymous = new AnonymousNode(pipe, label);
                FileObject object = new StandardStream(stream, terminal, input, anonymous, Optional.empty());
                int flags = stream == Stream.INPUT ? OpenFlags.O_RDONLY : OpenFlags.O_WRONLY;
                standard.add(new Standard(object, flags, label));
            }
        }
    }

    StandardInput input() {
        return input;
    }

    TerminalSettings settings() {
        return settings;
    }

    List<Standard> standard() {
        return List.copyOf(standard);
    }

    /** The terminal's node, if any of the three is one. */
    Optional<SpecialFile> terminalNode() {
        return terminalNode;
    }
}
