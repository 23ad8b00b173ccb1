package dev.puck.lab.bench.load;

/** Rows of about a hundred bytes. */
public final class Sale {
  private static final int CUSTOMERS = 10_000;
  private static final String ITEM = "a girdle round about the earth, forty minutes, one size";

  private Sale() {}

  /** A table for them. */
  public static String createTable(String table) {
    return """
        create table %s (
          id       bigint primary key,
          customer integer not null,
          amount   numeric(10, 2) not null,
          item     text not null,
          at       timestamptz not null default now()
        )
        """
        .formatted(table);
  }

  /** Inserts one each time. */
  public static Work insertInto(String table) {
    return new Work(
        "insert into " + table + " (id, customer, amount, item) values ($1, $2, $3, $4)",
        Sale::parameters);
  }

  private static String[] parameters(long id) {
    return new String[] {
      Long.toString(id), Long.toString(id % CUSTOMERS), id % 1_000 + ".99", ITEM
    };
  }
}
