/** Others' readers read what Puck publishes. */
@NullMarked
package dev.puck.peers;

import org.jspecify.annotations.NullMarked;
