/** The bridge's section of the configuration file. */
@NullMarked
package dev.puck.bridge.config;

import org.jspecify.annotations.NullMarked;
