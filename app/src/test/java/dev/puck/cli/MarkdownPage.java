package dev.puck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A page of the documentation. */
record MarkdownPage(Path file) {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  /** What its headings are linked by, as GitHub makes it of them. */
  List<String> anchors() throws IOException {
    return Files.readString(file)
        .lines()
        .filter(line -> line.matches("#{1,5} .*"))
        .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }

  /** Where its links lead, but for those to other sites. */
  List<String> links() throws IOException {
    return LINK.matcher(Files.readString(file))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("\\w+:.*"))
        .toList();
  }
}
