/** What a process says about itself to those who run it. */
@NullMarked
package dev.puck.service.health;

import org.jspecify.annotations.NullMarked;
