/**
 * The composition root: reads the command line, builds a machine or a server or both, and joins them by the one adapter from
 * machine to target. All wiring is by hand and visible here. This is the only module that writes to the standard streams
 * and decides exit codes.
 */
@NullMarked
package dev.gostub.app;

import org.jspecify.annotations.NullMarked;
