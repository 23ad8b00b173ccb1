/** Consumers in processes of their own, to be killed and frozen; some break a rule on purpose. */
@NullMarked
package dev.puck.lab.proof.consumer.process;

import org.jspecify.annotations.NullMarked;
