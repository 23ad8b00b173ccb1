/** Named points of a bridge's work, where a proof can stop it. */
@NullMarked
package dev.puck.bridge.milestone;

import org.jspecify.annotations.NullMarked;
