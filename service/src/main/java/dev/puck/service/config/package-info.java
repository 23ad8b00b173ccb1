/**
 * One YAML file becomes checked records, or a list of every problem in it. Uses the JDK and
 * Jackson.
 */
@NullMarked
package dev.puck.service.config;

import org.jspecify.annotations.NullMarked;
