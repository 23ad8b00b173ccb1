/**
 * What each Puck process has: configuration, connections, HTTP, health, metrics, logging. Knows
 * neither the bridge nor the consumer.
 */
@NullMarked
package dev.puck.service;

import org.jspecify.annotations.NullMarked;
