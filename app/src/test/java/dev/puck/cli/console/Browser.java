package dev.puck.cli.console;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, with a profile of its own that nobody had before. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path SCREENSHOTS = Path.of("target", "console");

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** Skips the tests, and says why, where there is none. */
  static Browser start() throws IOException {
    Optional<Path> chromium = program("chromium");
    Optional<Path> driver = program("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "The console's tests need chromium and chromedriver: apt-get install chromium"
            + " chromium-driver");
    Path profile = Files.createTempDirectory("puck-browser");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .build();
    return new Browser(profile, new ChromeDriver(service, options));
  }

  void open(String url) {
    driver.get(url);
  }

  String title() {
    return String.valueOf(driver.getTitle());
  }

  /** What a reader sees of the first element. */
  String text(String css) {
    return element(css).getText();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** The button or box that a reader would call so. */
  WebElement control(String within, String label) {
    List<WebElement> controls = all(within + " button, " + within + " input");
    return controls.stream()
        .filter(each -> each.isDisplayed() && label.equals(each.getAccessibleName()))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no '"
                        + label
                        + "' in "
                        + within
                        + ", but "
                        + controls.stream().map(WebElement::getAccessibleName).toList()));
  }

  /** Presses a key, or several, at whatever has the focus. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes there with the tabulator alone, as who has no mouse does. */
  void tabTo(WebElement target) {
    driver.executeScript("document.activeElement.blur(); window.getSelection().removeAllRanges()");
    for (int i = 0; i < 200; i++) {
      press(Keys.TAB);
      if (driver.switchTo().activeElement().equals(target)) {
        return;
      }
    }
    throw new AssertionError("the tabulator does not lead to " + target);
  }

  @Nullable Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** As the reader's system prefers it. */
  void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  void resize(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
  }

  /** Kept with the build, to be looked at; the whole page. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    long height = number("document.documentElement.scrollHeight");
    long width = number("window.innerWidth");
    resize((int) width, (int) height, width < 500);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  private long number(String expression) {
    return script("return " + expression) instanceof Number number ? number.longValue() : 0;
  }

  /** What the browser complained of since it was asked last. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Waits until it holds; what a redraw takes away is looked for again. */
  static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .ignoreExceptionsInstanceOf(NotFoundException.class)
        .untilAsserted(assertion);
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
    }
  }

  private static Optional<Path> program(String name) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(java.io.File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
