/** What happened, and what was seen of it, in one spelling that both sides share. */
@NullMarked
package dev.puck.lab.proof.history;

import org.jspecify.annotations.NullMarked;
