/**
 * One client's conversation from first packet to last: order, dispatch, the one thread that touches a target, and the one
 * place that sends replies. Start at {@link dev.gostub.server.session.Session}.
 *
 * <p>Network threads hand over payloads and set flags, nothing else. A session ends with the client; the target stays as it
 * was.
 */
@NullMarked
package dev.gostub.server.session;

import org.jspecify.annotations.NullMarked;
