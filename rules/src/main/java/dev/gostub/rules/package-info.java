/**
 * The rules of CONTRIBUTING.md as checks of compiled classes: which package may import which, what only {@code host} may
 * call, how large a method may be. A test dependency of the other modules and never part of the program. Each check
 * throws an {@link java.lang.AssertionError} that lists every violation, and also when it saw fewer classes than it was told to
 * expect, because a rule over nothing always holds.
 */
@NullMarked
package dev.gostub.rules;

import org.jspecify.annotations.NullMarked;
