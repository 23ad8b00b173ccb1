@NullMarked
package dev.puck.event;

import org.jspecify.annotations.NullMarked;
