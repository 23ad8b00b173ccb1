@NullMarked
package dev.puck.bridge;

import org.jspecify.annotations.NullMarked;
