package dev.puck.lab.bench.load;

import java.util.function.LongFunction;

/**
 * What writers do, each time in a transaction of its own.
 *
 * @param sql one statement, with parameters {@code $1} and so on
 * @param parameters those for a number that no two transactions share
 */
public record Work(String sql, LongFunction<String[]> parameters) {}
