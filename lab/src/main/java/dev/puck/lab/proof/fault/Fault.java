package dev.puck.lab.proof.fault;

/**
 * One fault.
 *
 * @param kind what happens
 * @param standby whether a second bridge stands by
 * @param passes of the milestone, if it has one: the last of so many
 * @param delayMillis before it, or how long something stays away
 */
public record Fault(FaultKind kind, boolean standby, int passes, int delayMillis) {}
