package dev.puck.cli.demo.play;

/**
 * A play that is in the database.
 *
 * @param title its title, as it gives it
 * @param tweets how many tweets were added: one per speech
 * @param users how many users speak in it, old and new ones
 */
public record LoadedPlay(String title, int tweets, int users) {}
