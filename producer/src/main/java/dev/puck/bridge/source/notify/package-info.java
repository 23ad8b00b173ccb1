/** Changes from {@code LISTEN}: at most once, with a gap wherever some may have been missed. */
@NullMarked
package dev.puck.bridge.source.notify;

import org.jspecify.annotations.NullMarked;
