/** What a reader of the topics sees, by Kafka's own consumer. */
@NullMarked
package dev.puck.lab.proof.observer;

import org.jspecify.annotations.NullMarked;
