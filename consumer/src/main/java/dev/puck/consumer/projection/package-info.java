/** What every projection is, whoever feeds it; uses {@code event} and Kafka's record types. */
@NullMarked
package dev.puck.consumer.projection;

import org.jspecify.annotations.NullMarked;
