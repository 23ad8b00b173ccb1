/** The SQL files of {@code sql/}, read from the class path and run over JDBC. */
@NullMarked
package dev.puck.cli.sql;

import org.jspecify.annotations.NullMarked;
