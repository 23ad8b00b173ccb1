/**
 * The proof that consumers keep their promises: three of them, killed and frozen with their servers
 * while a bridge carries what writers do; readers that look on; and sabotage that they must notice.
 */
@NullMarked
package dev.puck.lab.proof.consumer;

import org.jspecify.annotations.NullMarked;
