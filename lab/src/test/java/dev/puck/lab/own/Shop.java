package dev.puck.lab.own;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.report.Need;
import dev.puck.lab.workload.Isolation;
import dev.puck.lab.workload.Workload;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A user's database: orders and their lines, and a role that may do little. */
final class Shop implements AutoCloseable {
  static final String WRITE =
      """
      insert into orders (id, customer) values (:sequence, 'customer ' || :worker);
      insert into order_line (order_id, product, quantity)
      values (:sequence, :key, 1 + floor(:random * 5));
      """;
  static final String READ =
      "select count(*), coalesce(sum(quantity), 0) from order_line where product = :key";
  static final String TRUTH =
      """
      select p.id, count(l.id) as lines, coalesce(sum(l.quantity), 0) as sold
        from product as p
        left join order_line as l on l.product = p.id
       group by p.id;
      """;
  static final String SETUP =
      """
      create table sold (product int primary key, lines bigint, sold bigint);
      insert into sold
      select p.id, count(l.id), coalesce(sum(l.quantity), 0)
        from product as p left join order_line as l on l.product = p.id group by p.id;
      create function count_line() returns trigger language plpgsql as $$
      begin
        update sold set lines = lines + 1, sold = sold.sold + new.quantity
         where product = new.product;
        return null;
      end $$;
      create trigger count_line after insert on order_line
        for each row execute function count_line();
      """;

  /** A refresh leaves its session's schema for temporary tables behind, which is PostgreSQL's. */
  private static final String ROWS =
      """
      select 'relation ' || relname || ' ' || oid from pg_class
       union all select 'function ' || proname || ' ' || oid from pg_proc
       union all select 'type ' || typname || ' ' || oid from pg_type
       union all select 'trigger ' || tgname || ' ' || oid from pg_trigger
       union all select 'constraint ' || conname || ' ' || oid from pg_constraint
       union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp'
       union all select 'column ' || attname || ' ' || attrelid from pg_attribute
       union all select 'privileges ' || relname || relacl::text from pg_class where relacl <> '{}'
       union all select 'slot ' || slot_name from pg_replication_slots
       union all select 'role ' || rolname || coalesce(rolconfig::text, '') from pg_roles
      """;

  private final EmbeddedServers servers;
  private final EmbeddedPostgres postgres;

  private Shop(EmbeddedServers servers) {
    this.servers = servers;
    this.postgres = servers.postgres();
  }

  static Shop open() throws SQLException {
    Shop shop = new Shop(EmbeddedServers.inTemporaryDirectory(EmbeddedConfig.defaults()));
    shop.postgres.createDatabase("shop");
    shop.execute(
        "create table product (id int primary key, name text)",
        "create table orders (id bigint primary key, customer text)",
        "create table order_line (id bigserial primary key,"
            + " order_id bigint references orders, product int references product, quantity int)",
        "insert into product select i, 'product ' || i from generate_series(1, 20) as i",
        "insert into orders select i, 'first' from generate_series(1, 500) as i",
        "insert into order_line (order_id, product, quantity)"
            + " select i, 1 + i % 20, 2 from generate_series(1, 500) as i",
        "create role shop login password 'shop'",
        "create table note (id int)",
        "alter table note owner to shop",
        "grant create on database shop to shop",
        "grant select, insert on all tables in schema public to shop",
        "grant usage on all sequences in schema public to shop");
    return shop;
  }

  OwnOptions options(
      Path directory,
      String write,
      String read,
      String truth,
      @Nullable String setup,
      boolean inPlace)
      throws Exception {
    OwnSql sql =
        OwnSql.read(
            new OwnSql.Paths(
                file(directory, "write", write),
                file(directory, "read", read),
                file(directory, "truth", truth),
                setup == null ? null : file(directory, "setup", setup),
                setup == null
                    ? null
                    : file(
                        directory,
                        "setup-read",
                        "select lines, sold from sold where product = :key")));
    List<String> strategies =
        setup == null ? List.of("query") : List.of("query", "matview-0.5s", "setup");
    Workload workload = new Workload(1, 0, 2, 50, 50, 0.1, 1, Isolation.READ_COMMITTED, 7);
    return new OwnOptions(
        database(),
        sql,
        inPlace,
        strategies,
        workload,
        1,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        new Need(Duration.ofSeconds(10), 1, 1));
  }

  OwnOptions setUp(Path directory, String setup) throws Exception {
    return options(directory, WRITE, READ, TRUTH, setup, false);
  }

  private static Path file(Path directory, String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name + ".sql"), text);
  }

  PostgresConfig database() {
    return new PostgresConfig(postgres.url("shop"), "shop", new Secret("shop"));
  }

  /** Objects, and how much is in the shop's tables. */
  Set<String> everything() throws SQLException {
    try (Connection connection = postgres.connect("shop")) {
      Set<String> everything = new TreeSet<>(Query.list(connection, ROWS, row -> row.getString(1)));
      everything.add(lines() + " lines");
      return everything;
    }
  }

  long lines() throws SQLException {
    try (Connection connection = postgres.connect("shop")) {
      return Query.one(
          connection,
          "select (select count(*) from order_line) + (select count(*) from orders)"
              + " + (select last_value from order_line_id_seq)",
          row -> row.getLong(1));
    }
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = postgres.connect("shop");
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Override
  public void close() {
    servers.close();
  }
}
