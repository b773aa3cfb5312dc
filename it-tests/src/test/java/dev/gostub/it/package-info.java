/**
 * The built command under real clients: gdb, dlv, raw sockets, and Go programs compared with the host's own kernel.
 * Start reading at {@link dev.gostub.it.Subject}: the same expectations also run against gdbserver and the native
 * machine ({@code -Dgostub.oracle=native}), which proves that they describe Linux and not merely ourselves.
 */
@NullMarked
package dev.gostub.it;

import org.jspecify.annotations.NullMarked;
