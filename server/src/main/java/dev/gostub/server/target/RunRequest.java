package dev.gostub.server.target;

import java.util.List;
import java.util.Optional;

/**
 * How to start a program anew ({@code vRun}, {@code R}). What is empty stays as it was at the last start.
 *
 * @param file the program, as the guest names it
 * @param arguments the program's arguments, without the program itself
 * @param environment changes to the environment in which gostub was told to run programs, in this order
 * @param directory the working directory
 */
public record RunRequest(
        Optional<String> file,
        Optional<List<String>> arguments,
        List<EnvironmentChange> environment,
        Optional<String> directory) {
    /** One change to the environment. */
    public sealed interface EnvironmentChange {
        /** {@code QEnvironmentHexEncoded}. */
        record Set(String name, String value) implements EnvironmentChange {}

        /** {@code QEnvironmentUnset}. */
        record Unset(String name) implements EnvironmentChange {}
    }

    public RunRequest {
        arguments = arguments.map(List::copyOf);
        environment = List.copyOf(environment);
    }

    /** The same program with the same arguments once more. */
    public static RunRequest again() {
        return new RunRequest(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
