package dev.puck.lab.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.own.Parameter.Values;
import dev.puck.lab.own.SqlFile.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables statements touch, as PostgreSQL plans them. What their functions and triggers touch
 * is not in a plan.
 *
 * @param read of what they read, or write
 * @param written what they write
 */
record Plan(Set<Relation> read, Set<Relation> written) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Comparator<Relation> RELATIONS = Comparator.comparing(Relation::toString);

  /** That of a file's statements. */
  static Plan of(Connection connection, SqlFile file, Values values) throws SQLException {
    Plan plan = new Plan(new TreeSet<>(RELATIONS), new TreeSet<>(RELATIONS));
    for (Statement statement : file.statements()) {
      try (PreparedStatement explain =
          connection.prepareStatement("explain (verbose, format json) " + statement.sql())) {
        statement.bind(explain, values);
        try (ResultSet row = explain.executeQuery()) {
          row.next();
          plan.add(tree(row.getString(1)));
        }
      }
    }
    return plan;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A plan is no JSON", e);
    }
  }

  private void add(JsonNode node) {
    if (node.hasNonNull("Relation Name")) {
      Relation relation =
          new Relation(node.path("Schema").asText(), node.path("Relation Name").asText());
      read.add(relation);
      if (node.path("Node Type").asText().equals("ModifyTable")) {
        written.add(relation);
      }
    }
    node.forEach(this::add);
  }
}
