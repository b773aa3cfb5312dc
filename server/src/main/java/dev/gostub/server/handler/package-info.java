/**
 * What each family of commands does to the target: one class per family, named like the packets' one. A handler takes a
 * typed command and returns a typed reply; it never sees text from the wire, a channel or another thread.
 *
 * <p>What a session has agreed on, and which threads are selected, is in {@link dev.gostub.server.handler.Dialogue}; what
 * differs between gdb and lldb is in {@link dev.gostub.server.handler.Personality}. A
 * {@link dev.gostub.server.target.TargetException} becomes an error reply in one place, the session's.
 */
@NullMarked
package dev.gostub.server.handler;

import org.jspecify.annotations.NullMarked;
