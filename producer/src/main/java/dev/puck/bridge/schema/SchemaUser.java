package dev.puck.bridge.schema;

/**
 * The role that a connection works as. Names are as they are, not quoted.
 *
 * @param database that it is connected to
 * @param name its own
 * @param superuser whether nothing is forbidden to it
 * @param mayCreate whether it may make a schema in this database
 */
public record SchemaUser(String database, String name, boolean superuser, boolean mayCreate) {}
