@NullMarked
package dev.puck.embedded;

import org.jspecify.annotations.NullMarked;
