/**
 * Decodes what the output plugin {@code pgoutput} writes into a logical replication stream: bytes
 * in, records out. It knows nothing of connections, and nothing of what values mean.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">Logical
 *     replication message formats</a>
 */
@NullMarked
package dev.puck.bridge.source.wal.pgoutput;

import org.jspecify.annotations.NullMarked;
