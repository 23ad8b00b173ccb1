/** What the bridge counts. */
@NullMarked
package dev.puck.bridge.metric;

import org.jspecify.annotations.NullMarked;
