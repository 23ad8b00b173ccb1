package dev.puck.lab.own;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a statement may name, with a colon before it: {@code :key}. */
enum Parameter {
  /** A key of the truth, in the type that the statement wants there. */
  KEY {
    @Override
    void bind(PreparedStatement statement, int index, Values values) throws SQLException {
      // As a text without a type, like a literal between quotes.
      statement.setObject(index, values.key(), Types.OTHER);
    }
  },

  /** From 0 to 1, without 1. */
  RANDOM {
    @Override
    void bind(PreparedStatement statement, int index, Values values) throws SQLException {
      statement.setDouble(index, values.random());
    }
  },

  /** Grows from transaction to transaction, the same for no two of them, nor of two runs. */
  SEQUENCE {
    @Override
    void bind(PreparedStatement statement, int index, Values values) throws SQLException {
      statement.setLong(index, values.sequence());
    }
  },

  /** Which session it is, counted from 0. */
  WORKER {
    @Override
    void bind(PreparedStatement statement, int index, Values values) throws SQLException {
      statement.setInt(index, values.worker());
    }
  };

  /**
   * For one execution of all statements of a file: each parameter is the same in all of them.
   *
   * @param worker the session's number
   */
  record Values(String key, double random, long sequence, int worker) {}

  /** Puts its value where it stands. */
  abstract void bind(PreparedStatement statement, int index, Values values) throws SQLException;

  /** Empty if none is called so. */
  static Optional<Parameter> named(String name) {
    return Arrays.stream(values()).filter(each -> each.text().equals(":" + name)).findFirst();
  }

  /** As it is written. */
  String text() {
    return ":" + name().toLowerCase(Locale.ROOT);
  }

  /** All of them, for a person. */
  static String all() {
    return Arrays.stream(values()).map(Parameter::text).collect(Collectors.joining(", "));
  }
}
