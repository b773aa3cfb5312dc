/**
 * The only door to the world outside the machine: date and pace, seed of the entropy, files, terminal, environment.
 *
 * <p>Everything that is not the same in every run enters through one of the interfaces gathered in {@link
 * dev.gostub.emulator.host.Host}. {@link dev.gostub.emulator.host.LiveHost} is this computer, {@link
 * dev.gostub.emulator.host.FixedHost} a small world held in memory, {@link dev.gostub.emulator.host.LoggedHost} passes each input of
 * another host through one method, so that it can be recorded and given again. Nothing outside this package may read a clock, a
 * random source, the environment or a file, or start a thread.
 */
@NullMarked
package dev.gostub.emulator.host;

import org.jspecify.annotations.NullMarked;
