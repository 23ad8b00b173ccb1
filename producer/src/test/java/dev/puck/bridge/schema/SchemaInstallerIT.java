package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class SchemaInstallerIT {
  /** All that a database can hold which might be left behind. */
  private static final String INVENTORY =
      """
      select 'class ' || oid::regclass from pg_class where oid >= 16384
       union all
      select 'function ' || oid::regprocedure from pg_proc where oid >= 16384
       union all
      select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger
       union all
      select 'namespace ' || nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp_'
       union all
      select 'type ' || oid::regtype from pg_type where oid >= 16384
      order by 1
      """;

  private final TestEnvironment environment;

  SchemaInstallerIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldInstallAndBeRepeatable() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      SchemaInstaller installer = new SchemaInstaller(connection);
      assertThat(installer.version()).isEmpty();
      installer.install();
      List<String> installed = Sql.column(connection, INVENTORY);

      // When
      installer.install();

      // Then
      assertThat(installer.version()).hasValue(SchemaInstaller.VERSION);
      assertThat(Sql.column(connection, INVENTORY)).isEqualTo(installed);
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void shouldKeepOutboxStateAndWatchedTablesOverAnUpgrade() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      SchemaInstaller installer = new SchemaInstaller(connection);
      installer.install();
      Sql.run(connection, "create table stock (id int primary key, amount int)");
      Sql.run(connection, "select puck.watch('stock', filter => 'new.amount > 0')");
      Sql.run(connection, "insert into stock values (1, 5), (2, 0)");
      Sql.run(connection, "select puck.wake_up()");
      // All that version 4 did not have, and something that an older one might have left out
      Sql.run(connection, "drop function puck.token()");
      Sql.run(connection, "update puck.schema_version set version = 4");
      Sql.run(connection, "drop function puck.findings()");

      // When
      installer.install();

      // Then
      Sql.run(connection, "insert into stock values (3, 7), (4, 0)");
      assertThat(Outbox.changes(connection))
          .containsExactly("c stock {\"id\":1}", "c stock {\"id\":3}");
      assertThat(Sql.text(connection, "select last_value from puck.state")).isEqualTo("4");
      assertThat(installer.version()).hasValue(SchemaInstaller.VERSION);
      assertThat(Sql.text(connection, "select puck.token()")).isNotEmpty();
      assertThat(Sql.column(connection, "select problem from puck.findings()")).isEmpty();
    }
  }

  @Test
  void shouldRefuseToDowngrade() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      SchemaInstaller installer = new SchemaInstaller(connection);
      installer.install();
      Sql.run(connection, "insert into puck.schema_version values (99)");

      // When, Then
      assertThatThrownBy(installer::install)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has version 99");
    }
  }

  @Test
  void shouldInstallNothingWhenItFails() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      List<String> before = Sql.column(connection, INVENTORY);
      Sql.run(connection, "set default_transaction_read_only = on");

      // When
      assertThatThrownBy(() -> new SchemaInstaller(connection).install())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("sql/puck/01_schema.sql failed");

      // Then
      assertThat(Sql.column(connection, INVENTORY)).isEqualTo(before);
    }
  }

  @Test
  void shouldLetTwoInstallAtOnce() throws Exception {
    // Given
    Callable<Void> install =
        () -> {
          try (Connection connection = environment.connect()) {
            new SchemaInstaller(connection).install();
          }
          return null;
        };
    environment.database();
    ExecutorService installers = Executors.newFixedThreadPool(4);
    try {
      // When
      List<Future<Void>> runs = installers.invokeAll(List.of(install, install, install, install));

      // Then
      for (Future<Void> run : runs) {
        run.get();
      }
    } finally {
      installers.shutdownNow();
    }
    try (Connection connection = environment.connect()) {
      assertThat(Sql.text(connection, "select count(*) from puck.installation")).isEqualTo("1");
    }
  }

  @Test
  void shouldLeaveNothingBehind() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      Sql.run(
          connection,
          """
          create table plain (id int primary key);
          create table parts (id int primary key) partition by range (id);
          create table part_1 partition of parts for values from (0) to (10)
          """);
      List<String> before = Sql.column(connection, INVENTORY);
      SchemaInstaller installer = new SchemaInstaller(connection);
      installer.install();
      Sql.run(connection, "select puck.watch('plain'), puck.watch('parts')");
      Sql.run(connection, "insert into parts values (1)");

      // When
      installer.uninstall();

      // Then
      assertThat(Sql.column(connection, INVENTORY)).isEqualTo(before);
      assertThat(installer.version()).isEmpty();
      Sql.run(connection, "insert into plain values (1); insert into parts values (2)");
      installer.uninstall(); // harmless again
    }
  }

  @Test
  void shouldNoticeThatItIsACopy() throws SQLException {
    try (Connection connection = environment.connect()) {
      // Given
      new SchemaInstaller(connection).install();
      String isCopy = "select is_copy from puck.identity()";
      assertThat(Sql.text(connection, isCopy)).isEqualTo("f");

      // When: as a logical restore, whose cluster may not be asked for its identifier
      Sql.run(
          connection,
          """
          create temp table dump as select * from puck.installation;
          update dump set system_identifier = null;
          delete from puck.installation;
          insert into puck.installation select * from dump;
          drop table dump
          """);

      // Then
      assertThat(Sql.text(connection, isCopy)).isEqualTo("t");

      // When
      Sql.run(connection, "select puck.adopt('b', 'k', 'p.')");

      // Then
      assertThat(Sql.text(connection, isCopy)).isEqualTo("f");
    }
  }

  @Test
  void shouldListEveryFileInItsOrder() throws IOException {
    // Given
    List<String> files;
    try (Stream<Path> folder = Files.list(Path.of("..", "sql", "puck"))) {
      files =
          folder
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("[0-9].*"))
              .sorted()
              .toList();
    }

    // When, Then
    assertThat(SchemaFile.INSTALL).extracting(SchemaFile::name).containsExactlyElementsOf(files);
  }
}
