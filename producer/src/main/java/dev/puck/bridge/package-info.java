/** The bridge: relays PostgreSQL changes to Kafka. {@link dev.puck.bridge.Bridge} wires it. */
@NullMarked
package dev.puck.bridge;

import org.jspecify.annotations.NullMarked;
