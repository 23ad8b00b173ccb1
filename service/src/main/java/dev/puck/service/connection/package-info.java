/** How a process reaches PostgreSQL and Kafka, and what it says when it cannot. */
@NullMarked
package dev.puck.service.connection;

import org.jspecify.annotations.NullMarked;
