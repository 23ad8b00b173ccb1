@NullMarked
package dev.puck.consumer;

import org.jspecify.annotations.NullMarked;
