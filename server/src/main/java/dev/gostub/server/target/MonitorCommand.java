package dev.gostub.server.target;

/** A command of the target's own, reached with gdb's {@code monitor}. The server adds {@code help}. */
public interface MonitorCommand {
    /** The first word, lower case. */
    String name();

    /** One line for {@code monitor help}. */
    String summary();

    /**
     * Runs the command.
     *
     * @param arguments what follows the first word, without surrounding blanks
     * @return text to show, lines ending in {@code \n}
     */
    String run(String arguments) throws TargetException;
}
