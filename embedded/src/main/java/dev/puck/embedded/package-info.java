/**
 * Real PostgreSQL, Kafka and Redis on loopback, for the demo, the lab and the tests: start at
 * {@link dev.puck.embedded.EmbeddedServers}.
 *
 * <p>May use the JDK, the servers' own jars and drivers; knows no other package of Puck, and no
 * test framework.
 */
@NullMarked
package dev.puck.embedded;

import org.jspecify.annotations.NullMarked;
