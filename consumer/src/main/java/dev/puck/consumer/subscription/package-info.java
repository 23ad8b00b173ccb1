/** The loop that feeds a projection from Kafka; knows projections by their interface only. */
@NullMarked
package dev.puck.consumer.subscription;

import org.jspecify.annotations.NullMarked;
