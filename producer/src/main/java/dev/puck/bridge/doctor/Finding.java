package dev.puck.bridge.doctor;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param severity how bad it is
 * @param what what is so, with the value, and what comes of it
 * @param fix what to do; a command where there is one
 */
public record Finding(Severity severity, String what, String fix) {
  /** How bad a finding is. */
  public enum Severity {
    /** Something does not work, or may be lost. */
    PROBLEM,
    /** Something that one should know, and may have meant. */
    NOTE;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
