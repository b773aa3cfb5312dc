package dev.gostub.emulator.kernel;

/**
 * A point of the machine's time: the number of instructions it has retired since it was loaded. One total order over everything that
 * happens inside.
 */
public record Moment(long instructions) implements Comparable<Moment> {
    public static final Moment START = new Moment(0);

    @Override
    public int compareTo(Moment other) {
        return Long.compare(instructions, other.instructions);
    }

    @Override
    public String toString() {
        return Long.toString(instructions);
    }
}
