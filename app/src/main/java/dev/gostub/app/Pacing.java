package dev.gostub.app;

/** Whether the guest's sleep takes as long outside as inside. */
enum Pacing {
    /** As long: for somebody who looks on. */
    REAL,
    /** No time: for nobody. */
    NONE,
    /** REAL for a debugger and at a terminal, else NONE. */
    USUAL
}
