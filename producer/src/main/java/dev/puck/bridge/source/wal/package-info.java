/**
 * Changes as PostgreSQL's WAL has them, from a logical replication slot: each once, in the order of
 * their commits. What comes in is decoded by {@code pgoutput} and mapped by {@code type}.
 */
@NullMarked
package dev.puck.bridge.source.wal;

import org.jspecify.annotations.NullMarked;
