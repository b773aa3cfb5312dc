package dev.gostub.emulator.vfs;

import java.util.function.Consumer;

/** Something whose state belongs into a snapshot. */
public interface Stateful {
    /** The state now, as an immutable value that can put it back into this same object. */
    Saved capture();

    /** Shows what else can be reached from here, so that a snapshot finds everything from a few roots. */
    default void reach(Consumer<? super Stateful> visit) {}
}
