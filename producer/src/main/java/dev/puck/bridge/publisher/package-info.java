/** Where events go. */
@NullMarked
package dev.puck.bridge.publisher;

import org.jspecify.annotations.NullMarked;
