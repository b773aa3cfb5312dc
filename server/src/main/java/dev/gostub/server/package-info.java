/**
 * The debug server: the GDB Remote Serial Protocol between a stock debugger and whatever implements
 * {@code dev.gostub.server.target.Target}. It knows nothing of emulators. Bytes become frames in {@code codec}, frames become
 * typed commands in {@code packet}, and one session thread carries them out on the target.
 */
@NullMarked
package dev.gostub.server;

import org.jspecify.annotations.NullMarked;
