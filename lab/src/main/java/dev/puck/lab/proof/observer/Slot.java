package dev.puck.lab.proof.observer;

import java.util.function.ToLongFunction;

/**
 * A slot that a bridge reads.
 *
 * @param name PostgreSQL's
 * @param bridge whose it is
 * @param place tells of a checkpoint's text before which place in the WAL it covers all
 */
public record Slot(String name, String bridge, ToLongFunction<String> place) {}
