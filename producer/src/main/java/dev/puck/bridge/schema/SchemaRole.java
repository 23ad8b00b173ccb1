package dev.puck.bridge.schema;

/**
 * One of the two roles that the schema's rights are granted to.
 *
 * @param name {@code puck_writer} or {@code puck_bridge}
 * @param exists whether the cluster has it
 * @param granted whether it may use the schema in this database
 */
public record SchemaRole(String name, boolean exists, boolean granted) {}
