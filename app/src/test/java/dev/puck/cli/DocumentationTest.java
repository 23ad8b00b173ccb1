package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who follows a link in the documentation arrives. */
class DocumentationTest {
  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = pages();
    for (Path page : pages) {
      for (String link : new MarkdownPage(page).links()) {
        if (!leadsSomewhere(page, link)) {
          broken.add(Project.root().relativize(page) + ": " + link);
        }
      }
    }
    assertThat(pages).hasSizeGreaterThan(20);
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || !target.toString().endsWith(".md")
        || new MarkdownPage(target).anchors().contains(parts[1]);
  }

  private static List<Path> pages() throws IOException {
    Path root = Project.root();
    try (Stream<Path> docs = Files.walk(root.resolve("docs"));
        Stream<Path> sql = Files.walk(root.resolve("sql"))) {
      return Stream.of(
              Stream.of(root.resolve("README.md"), root.resolve("CHANGELOG.md")), docs, sql)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }
}
