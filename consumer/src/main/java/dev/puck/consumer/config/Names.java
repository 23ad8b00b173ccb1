package dev.puck.consumer.config;

import java.util.regex.Pattern;

/**
 * What projections and consumers may be named: what stands in URLs, groups and metrics as it is.
 */
final class Names {
  static final Pattern PATTERN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  static final String RULE = "lower case letters, digits, - and _, at most 63";

  private Names() {}
}
