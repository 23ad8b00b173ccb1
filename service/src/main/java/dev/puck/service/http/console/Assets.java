package dev.puck.service.http.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's files, read from the class path. Thread-safe. */
final class Assets {
  static final String PAGE = "index.html";

  /** Names alone: no way out of the directory. */
  private static final Pattern OWN = Pattern.compile("[a-z]+(?:-[a-z]+)*\\.(?:html|css|js|svg)");

  private static final Map<String, String> CHARTS =
      Map.of("plot.js", "uPlot.esm.js", "plot.css", "uPlot.min.css");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();
  private final String charts = "/META-INF/resources/webjars/uplot/" + chartsVersion() + "/dist/";

  /** Whether it can name a file; what has no extension, or a path, cannot. */
  static boolean isName(String text) {
    return OWN.matcher(text).matches();
  }

  /** Empty if there is no such file. */
  Optional<Asset> find(String name) {
    @Nullable Asset asset = known.get(name);
    if (asset != null) {
      return Optional.of(asset);
    }
    Optional<Asset> read = path(name).flatMap(path -> read(name, path));
    read.ifPresent(found -> known.put(name, found));
    return read;
  }

  private Optional<String> path(String name) {
    @Nullable String chart = CHARTS.get(name);
    if (chart != null) {
      return Optional.of(charts + chart);
    }
    return isName(name) ? Optional.of(name) : Optional.empty();
  }

  private static Optional<Asset> read(String name, String path) {
    try (InputStream stream = Assets.class.getResourceAsStream(path)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new Asset(name, stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " from the jar", e);
    }
  }

  /** Its directory bears it, so that no second place has to name it. */
  private static String chartsVersion() {
    String path = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    try (InputStream stream = Assets.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "missing");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
