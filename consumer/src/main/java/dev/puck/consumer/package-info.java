/**
 * The consumer: caches and summaries kept up to date from Kafka. This package only wires; {@link
 * dev.puck.consumer.Projector} is where to begin.
 */
@NullMarked
package dev.puck.consumer;

import org.jspecify.annotations.NullMarked;
