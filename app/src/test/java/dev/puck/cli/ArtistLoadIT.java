package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new version of a table is loaded whole, by writing what differs only, and alone. */
@ExtendWith(PuckExtension.class)
@Timeout(120)
class ArtistLoadIT {
  /** Artists, and those with a gender: the older file has the word NULL where it knows none. */
  private static final String COUNT = "select count(*), count(gender) from museum.artist";

  private final Path older = SharedFile.of(ArtistTable.OLDER);
  private final Path newer = SharedFile.of(ArtistTable.NEWER);

  private TestEnvironment environment;
  private Connection connection;
  private ArtistTable artists;

  @BeforeEach
  void createTable(TestEnvironment injected) throws Exception {
    environment = injected;
    connection = environment.connect();
    artists = new ArtistTable(connection);
    artists.create();
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
  }

  @Test
  void shouldWriteOnlyWhatDiffers() throws Exception {
    assertThat(artists.load(older)).isEqualTo("14769, 0, 0");
    assertThat(artists.load(older)).isEqualTo("0, 0, 0");
    assertThat(artists.load(newer)).isEqualTo("75, 4174, 5");
    assertThat(artists.load(newer)).isEqualTo("0, 0, 0");
    artists.create();
    assertThat(artists.rows(COUNT)).containsExactly("14839, 11879");
    assertThat(artists.rows("select * from museum.artist where constituentid = 4"))
        .containsExactly(
            "4, Charles Arnoldi, American, born 1946, American, Male, 1946, 0, Q1063584, 500027998");
  }

  /** Of its 4,174 changes most are from the word to nothing. */
  @Test
  void shouldTakeAWordForNothingWhereToldTo() throws Exception {
    artists.load(older);
    artists.stage(older);
    assertThat(artists.rows("select * from museum.merge_artist('NULL')"))
        .containsExactly("0, 3988, 0");
    artists.commit();
    assertThat(artists.load(newer)).isEqualTo("75, 590, 5");
  }

  @Test
  void shouldLetTheSecondOfTwoLoadsWaitAndThenReplaceTheFirst() throws Exception {
    // Given
    artists.load(older);
    try (Connection other = environment.connect()) {
      ArtistTable second = new ArtistTable(other);
      artists.stage(newer);
      assertThat(artists.merge()).isEqualTo("75, 4174, 5");

      // When: a load of the older file begins before the newer is committed
      second.stage(older);
      CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> merge(second));
      await().until(() -> !artists.rows(blocked()).isEmpty());
      assertThat(artists.rows(COUNT)).as("readers go on").containsExactly("14839, 11879");
      artists.commit();

      // Then: it has compared with what the first one made, and the table is its file
      assertThat(waiting.join()).isEqualTo("5, 4174, 75");
      second.commit();
    }
    assertThat(artists.rows(COUNT)).containsExactly("14769, 14769");
  }

  @Test
  void shouldRefuseToCompareWithWhatMayBeOutOfDateOrToEmptyTheTable() throws Exception {
    // Given
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    artists.stage(older);

    // Then
    assertThatThrownBy(artists::merge).hasMessageContaining("read committed");
    connection.rollback();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    artists.rows("select museum.stage_artist()");
    assertThatThrownBy(artists::merge).hasMessageContaining("no artist is staged");
  }

  private static String merge(ArtistTable table) {
    try {
      return table.merge();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String blocked() {
    return "select pid from pg_stat_activity where datname = current_database()"
        + " and cardinality(pg_blocking_pids(pid)) > 0";
  }
}
