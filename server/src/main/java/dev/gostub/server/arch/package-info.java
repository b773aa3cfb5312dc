/**
 * What clients must know of amd64: the registers with their order, numbers and places in one block of bytes, the target
 * description of gdb in XML, the register list of lldb, and gdb's own signal numbers.
 *
 * <p>One table, {@link dev.gostub.server.arch.Amd64Registers}, feeds all of it, so that {@code g} packets, XML and
 * {@code qRegisterInfo} cannot disagree. Nothing here knows a packet or a session.
 */
@NullMarked
package dev.gostub.server.arch;

import org.jspecify.annotations.NullMarked;
