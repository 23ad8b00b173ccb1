/**
 * The servers that tests share, in containers: what {@code mvn verify -Pcontainers} runs them on.
 */
@NullMarked
package dev.puck.containers;

import org.jspecify.annotations.NullMarked;
