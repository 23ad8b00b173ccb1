package dev.puck.bridge.schema;

/**
 * The role that the schema {@code puck} belongs to.
 *
 * @param name as it is, not quoted
 * @param isUser whether the connection's role has its rights
 * @param mayUse whether the connection's role may at least use the schema
 */
public record SchemaOwner(String name, boolean isUser, boolean mayUse) {}
