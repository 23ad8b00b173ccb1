package dev.puck.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads YAML as a tree of texts: {@code 0123}, {@code 1.10} and {@code off} stay as they are
 * written, since only the setting knows its type. What YAML could change unseen is a problem: names
 * set twice, aliases, merges and further documents. Not thread-safe; one for each file.
 */
final class YamlReader {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern PLACE = Pattern.compile(" in 'reader', line (\\d+), column (\\d+)");

  private final List<Problem> problems = new ArrayList<>();

  /** What was wrong so far, although the tree could be read. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * The tree, in which a missing node stands for a value that a problem was found in.
   *
   * @param name what the text is called in a problem of its own
   * @throws ConfigException if it is not YAML
   */
  JsonNode read(String yaml, String name) {
    try (YAMLParser parser = YAML.createParser(yaml)) {
      JsonNode tree = parser.nextToken() == null ? NODES.nullNode() : node(parser, "");
      if (parser.nextToken() != null) {
        problem(name, "has a second document in line " + line(parser) + ". Remove the '---'.");
      }
      return tree.isNull() ? NODES.objectNode() : tree;
    } catch (JsonProcessingException e) {
      ConfigException problem = new ConfigException(List.of(new Problem(name, syntaxProblem(e))));
      problem.initCause(e);
      throw problem;
    } catch (IOException e) {
      throw new UncheckedIOException("A text cannot fail to be read", e);
    }
  }

  private JsonNode node(YAMLParser parser, String path) throws IOException {
    if (parser.isCurrentAlias()) {
      problem(path, "is the alias '*" + parser.getText() + "'. Write the value out.");
      return MissingNode.getInstance();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path);
      case START_ARRAY -> array(parser, path);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }

  private ObjectNode object(YAMLParser parser, String path) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String inside = RecordBinder.inside(path, name);
      int line = line(parser);
      parser.nextToken();
      if (name.equals("<<")) {
        problem(inside, "is a merge. Write the settings out.");
        parser.skipChildren();
      } else if (object.replace(name, node(parser, inside)) != null) {
        problem(inside, "is set a second time in line " + line + ". Remove one of the two.");
      }
    }
    return object;
  }

  private ArrayNode array(YAMLParser parser, String path) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser, path + "[" + array.size() + "]"));
    }
    return array;
  }

  private void problem(String path, String text) {
    problems.add(new Problem(path, text));
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Leaves out the excerpts that the parser adds, in which secrets may stand. */
  private static String syntaxProblem(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message.contains("(TAB)")) {
      return "has a tab" + place(message) + ". Indent with spaces, as YAML asks for.";
    }
    String what =
        message
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .reduce((context, problem) -> problem)
            .orElse("unknown");
    return "is not YAML" + place(message) + ": " + what.replaceFirst("\\.$", "") + ".";
  }

  /** The last place named is that of the problem; those before are of what holds it. */
  private static String place(String message) {
    Matcher matcher = PLACE.matcher(message);
    String place = "";
    while (matcher.find()) {
      place = " in line " + matcher.group(1) + ", column " + matcher.group(2);
    }
    return place;
  }
}
