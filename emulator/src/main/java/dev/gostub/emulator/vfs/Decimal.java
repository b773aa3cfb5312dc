package dev.gostub.emulator.vfs;

import java.util.Optional;

/** Names that are numbers, as /proc uses them: decimal digits without sign or leading zero. */
final class Decimal {
    private static final int MOST_DIGITS = 9;

    private Decimal() {}

    static Optional<Integer> parse(String name) {
        boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || name.length() > MOST_DIGITS || name.length() > 1 && name.startsWith("0")) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(name));
    }
}
