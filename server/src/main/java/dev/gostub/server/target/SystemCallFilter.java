package dev.gostub.server.target;

import java.util.Set;

/**
 * Which system calls a debugger wants to see, by Linux's numbers for amd64.
 *
 * @param all every one, whatever {@code numbers} says
 */
public record SystemCallFilter(boolean all, Set<Long> numbers) {
    private static final SystemCallFilter NONE = new SystemCallFilter(false, Set.of());
    private static final SystemCallFilter EVERY = new SystemCallFilter(true, Set.of());

    public SystemCallFilter {
        numbers = Set.copyOf(numbers);
    }

    public static SystemCallFilter none() {
        return NONE;
    }

    public static SystemCallFilter every() {
        return EVERY;
    }

    public static SystemCallFilter only(Set<Long> numbers) {
        return new SystemCallFilter(false, numbers);
    }

    public boolean holds(long number) {
        return all || numbers.contains(number);
    }
}
