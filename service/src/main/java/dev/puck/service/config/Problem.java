package dev.puck.service.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the setting, such as {@code bridge.routes[0].topic}; relative where a record found it
 * @param text what is wrong with it and how to mend it; continues a sentence that the path begins
 */
public record Problem(String path, String text) {
  /** The same problem, seen from outside {@code parent}. */
  Problem inside(String parent) {
    if (parent.isEmpty()) {
      return this;
    }
    return new Problem(path.isEmpty() ? parent : parent + "." + path, text);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? text : path + " " + text;
  }
}
