/**
 * The servers as a JUnit fixture: {@link dev.puck.embedded.junit.PuckExtension}.
 *
 * <p>May use JUnit, which whoever uses this package brings along, and the servers.
 */
@NullMarked
package dev.puck.embedded.junit;

import org.jspecify.annotations.NullMarked;
