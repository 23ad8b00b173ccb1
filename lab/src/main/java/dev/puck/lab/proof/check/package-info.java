/** What a proof asks of a history. Pure: each check is given the truth and what was seen. */
@NullMarked
package dev.puck.lab.proof.check;

import org.jspecify.annotations.NullMarked;
