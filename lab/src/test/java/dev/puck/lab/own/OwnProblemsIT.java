package dev.puck.lab.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is told before anything is measured, and leaves nothing behind. */
@Timeout(120)
class OwnProblemsIT {
  private static Shop shop;
  private Set<String> before;
  @TempDir private Path directory;

  @BeforeAll
  static void open() throws SQLException {
    shop = Shop.open();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @BeforeEach
  void look() throws SQLException {
    before = shop.everything();
  }

  @AfterEach
  void shouldLeaveNothingBehind() throws SQLException {
    shop.execute(
        "alter role shop reset all",
        "alter role shop connection limit -1",
        "grant create on database shop to shop");
    assertThat(shop.everything()).isEqualTo(before);
  }

  @Test
  void shouldTellAllThatIsWrongWithTheFilesAtOnce() {
    assertThatThrownBy(
            () ->
                shop.options(
                    directory,
                    "insert into a values (:kee)",
                    "select 1; select 2",
                    "",
                    "create table a (); commit;",
                    false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("has :kee in it")
        .hasMessageContaining("--sql-write has no :key")
        .hasMessageContaining("--sql-read has several statements")
        .hasMessageContaining("has no statement in it")
        .hasMessageContaining("--setup has commit in it");
    assertThatThrownBy(
            () -> OwnSql.read(new OwnSql.Paths(directory.resolve("none"), null, null, null, null)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none cannot be read (NoSuchFileException)")
        .hasMessageContaining("--truth is missing");
  }

  @Test
  void shouldRefuseWhatDoesNotFitTogether() throws Exception {
    String elsewhere = Shop.WRITE.replace("into orders", "into public.orders");
    assertProblem(write(elsewhere), "names public.orders with its schema");
    assertProblem(write("insrt into orders values (:key)"), "--sql-write syntax error");
    assertProblem(write("select :key"), "writes no table that its plan shows");
    assertProblem(
        write("insert into orders (id) select :sequence where :key <> ''"),
        "--sql-write changed nothing in --truth for the key");
    assertProblem(
        shop.options(directory, Shop.WRITE, "select 1, 2, :key::int", Shop.TRUTH, null, false),
        "--sql-read gives");
    assertProblem(
        shop.options(directory, Shop.WRITE, Shop.READ, "select id, name from product", null, false),
        "--truth has [product");
    assertProblem(
        shop.options(
            directory, Shop.WRITE, Shop.READ, "select product, 1 from order_line", null, false),
        "rows too many");
  }

  @Test
  void shouldRefuseASetUpThatWouldStay() throws Exception {
    assertProblem(
        shop.setUp(directory, "create table public.mine ();"),
        "permission denied for schema public");
    assertProblem(
        shop.setUp(directory, "alter table note add column sold int;" + Shop.SETUP),
        "makes what would stay behind: table column public.note.sold");
  }

  @Test
  void shouldLeaveNothingOfASetUpThatEndsTheRehearsal() throws Exception {
    assertProblem(
        shop.setUp(
            directory,
            "create table one (); -- Looks like the end of a function: begin atomic\nend;"),
        "savepoint");
  }

  @Test
  void shouldRefuseASetUpThatIsWrongForSomeKeys() throws Exception {
    String setup = Shop.SETUP.replace("group by p.id;", "where p.id > 5 group by p.id;");

    assertThatThrownBy(() -> OwnLab.run(shop.setUp(directory, setup), line -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--setup gives what --truth does not have for 5 keys");
  }

  @Test
  void shouldSayWhatARoleMayNot() throws Exception {
    OwnOptions options = write(Shop.WRITE);
    shop.execute("revoke create on database shop from shop");
    assertProblem(options, "grant create on database shop to shop");
    shop.execute(
        "grant create on database shop to shop",
        "alter role shop set default_transaction_read_only = on");
    assertProblem(options, "in a read-only transaction");
  }

  @Test
  void shouldCleanUpWhereThereIsNoRoomForMoreSessions() throws Exception {
    shop.execute("alter role shop connection limit 4");

    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> OwnLab.run(write(Shop.WRITE), lines::add))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("too many connections");

    assertThat(String.join("", lines)).doesNotContain("may be there still");
  }

  @Test
  void shouldCleanUpWhenItsSessionsAreEnded() throws Exception {
    try (LabSchema schema = LabSchema.take(shop.database(), line -> {})) {
      schema.create();

      shop.execute(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'shop'");
    }
  }

  private OwnOptions write(String statements) throws Exception {
    return shop.options(directory, statements, Shop.READ, Shop.TRUTH, null, false);
  }

  private static void assertProblem(OwnOptions options, String text) {
    assertThatThrownBy(() -> OwnLab.dryRun(options))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(text);
  }
}
