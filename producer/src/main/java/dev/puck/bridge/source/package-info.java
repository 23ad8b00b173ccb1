/** Where changes are read. Implementations live in a package each and know only this one. */
@NullMarked
package dev.puck.bridge.source;

import org.jspecify.annotations.NullMarked;
