/**
 * The lab on the user's own database: their statements, their truth, and nothing left behind. Uses
 * the workload and the trial, and knows no tweets.
 */
@NullMarked
package dev.puck.lab.own;

import org.jspecify.annotations.NullMarked;
