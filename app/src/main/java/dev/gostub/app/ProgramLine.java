package dev.gostub.app;

import java.util.List;

/**
 * The guest program as the user typed it.
 *
 * @param name a path, or the name of an embedded sample
 * @param arguments what belongs to the guest, without the program itself
 */
record ProgramLine(String name, List<String> arguments) {
    ProgramLine {
        arguments = List.copyOf(arguments);
    }
}
