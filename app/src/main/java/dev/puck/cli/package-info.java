@NullMarked
package dev.puck.cli;

import org.jspecify.annotations.NullMarked;
