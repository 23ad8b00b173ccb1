/**
 * Who looks at what consumers show, and says whether it is right; knows neither consumer nor
 * bridge.
 */
@NullMarked
package dev.puck.lab.proof.consumer.judge;

import org.jspecify.annotations.NullMarked;
