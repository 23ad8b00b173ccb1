package dev.puck.lab.proof;

import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Mix;

/**
 * What is tried.
 *
 * @param subject whose bridge
 * @param name of the trial: its database, bridge and topics bear it
 * @param sabotage what the bridge does wrong
 * @param mix what the writers do
 * @param seed of their choices
 * @param committedOnly whether the observer reads only what was committed
 */
record TrialPlan(
    Subject subject, String name, Sabotage sabotage, Mix mix, long seed, boolean committedOnly) {}
