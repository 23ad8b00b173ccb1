package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ?source=truth} passes the cache by. */
@ExtendWith(PuckExtension.class)
class TruthReadIT {
  /** With an operator that JDBC would take for a parameter. */
  private static final String TRUTH =
      """
      select id::text as key, doc as value
        from thing
       where doc ? 'n' and 1 / (10 - (doc ->> 'n')::numeric) is not null;
      """;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 1);
    Sql.run(
        playground.connection,
        """
        create table thing (id text primary key, doc jsonb);
        insert into thing values ('1', '{"n": 1}'), ('a''b', '{"n": 2}'), ('x', '{}')
        """);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldAnswerWhatTheSourceHasNow() throws Exception {
    try (Projector projector = playground.startMemoryCache(TRUTH)) {
      Playground.awaitReady(projector);
      Sql.run(
          playground.connection,
          """
          update thing set doc = '{"n": 7}' where id = '1';
          insert into thing values ('new', '{"n": 1.50}')
          """);

      // One that nobody told the cache of
      assertThat(body(projector, "/1")).isEqualTo("{\"n\": 1}");
      assertThat(body(projector, "/1?source=truth")).isEqualTo("{\"n\": 7}");
      assertThat(body(projector, "/1?source=cache")).isEqualTo("{\"n\": 1}");
      assertThat(get(projector, "/new").statusCode()).isEqualTo(404);
      assertThat(get(projector, "/new?source=truth&after=1-1").body()).isEqualTo("{\"n\": 1.50}");
      assertThat(get(projector, "/none?source=truth").statusCode()).isEqualTo(404);
      assertThat(body(projector, "/a'b?source=truth")).isEqualTo("{\"n\": 2}");
      assertThat(body(projector, "?source=truth&key=1&key=x&key=a%27b"))
          .isEqualTo("{\"1\":{\"value\":{\"n\": 7}},\"x\":null,\"a'b\":{\"value\":{\"n\": 2}}}");
      assertThat(get(projector, "/1?source=truth").headers().firstValue("ETag")).isEmpty();
    }
  }

  @Test
  void shouldSayWhyItCannot() throws Exception {
    try (Projector projector = playground.startMemoryCache(TRUTH)) {
      Playground.awaitReady(projector);
      HttpResponse<String> other = get(projector, "/1?source=file");
      assertThat(other.statusCode()).isEqualTo(400);
      assertThat(other.body()).contains("'file'", "cache or truth");

      Sql.run(playground.connection, "update thing set doc = '{\"n\": 10}' where id = '1'");
      HttpResponse<String> broken = get(projector, "/1?source=truth");
      assertThat(broken.statusCode()).isEqualTo(503);
      assertThat(broken.body()).contains("division by zero");
      assertThat(get(projector, "/1").statusCode()).isEqualTo(200);
    }
    try (Projector projector = playground.startMemoryCache()) {
      HttpResponse<String> without = get(projector, "/1?source=truth");
      assertThat(without.statusCode()).isEqualTo(400);
      assertThat(without.body()).contains("has no truth query");
    }
  }

  private static String body(Projector projector, String path) throws Exception {
    HttpResponse<String> response = get(projector, path);
    assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
    return response.body();
  }

  private static HttpResponse<String> get(Projector projector, String path) throws Exception {
    URI uri = URI.create(projector.url() + "/caches/latest" + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
