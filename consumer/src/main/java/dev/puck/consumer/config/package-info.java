/** The settings of the consumer; uses the JDK, {@code service} and the plug-in interface. */
@NullMarked
package dev.puck.consumer.config;

import org.jspecify.annotations.NullMarked;
