package dev.puck.bridge.schema;

/**
 * What is wrong with the capture of a watched table.
 *
 * @param table as it was watched, qualified and quoted as SQL wants it
 * @param problem what would be missed, or sent otherwise than expected
 * @param fix what to do
 */
public record CaptureFinding(String table, String problem, String fix) {}
