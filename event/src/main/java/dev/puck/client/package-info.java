/**
 * For applications that read Puck's caches: tokens of their own writes, and reads that wait for
 * them. Knows Jackson and the JDK alone.
 */
@NullMarked
package dev.puck.client;

import org.jspecify.annotations.NullMarked;
