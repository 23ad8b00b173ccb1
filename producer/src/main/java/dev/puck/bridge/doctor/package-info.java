/**
 * Examines everything that a bridge needs on both ends, and changes nothing there: {@link
 * dev.puck.bridge.doctor.Doctor} runs the checks, one class each, and reports what they found.
 */
@NullMarked
package dev.puck.bridge.doctor;

import org.jspecify.annotations.NullMarked;
