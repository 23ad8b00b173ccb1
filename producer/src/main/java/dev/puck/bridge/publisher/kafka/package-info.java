/** Events to Kafka topics. */
@NullMarked
package dev.puck.bridge.publisher.kafka;

import org.jspecify.annotations.NullMarked;
