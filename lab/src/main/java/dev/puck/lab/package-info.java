/** Where Puck is measured and tried: on the user's own machine, on servers of its own. */
@NullMarked
package dev.puck.lab;

import org.jspecify.annotations.NullMarked;
