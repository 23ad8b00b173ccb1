package dev.puck.cli.console;

import static dev.puck.cli.console.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in a real browser, before a bridge and a consumer that run. */
@ExtendWith(PuckExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class ConsoleIT {
  private Browser browser;
  private Scene scene;

  @BeforeAll
  void open(TestEnvironment environment) throws Exception {
    browser = Browser.start();
    scene = new Scene(environment);
    eventually(() -> assertThat(scene.consumer().isReady()).isTrue());
    eventually(
        () ->
            assertThat(scene.consumer().status().resyncs())
                .allSatisfy(each -> assertThat(each.completed()).isOne()));
    scene.publishNonsense();
    scene.retweet(1);
    eventually(
        () ->
            assertThat(scene.consumer().status().projections())
                .allSatisfy(
                    each -> {
                      assertThat(each.events()).isPositive();
                      assertThat(each.deadLetters()).isOne();
                    }));
  }

  @AfterAll
  void close() throws Exception {
    if (scene != null) {
      scene.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void shouldHaveHeardNoComplaint() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.title()).doesNotContain("hacked");
    browser.resize(1280, 900, false);
    browser.prefer("prefers-color-scheme", "light");
  }

  @Test
  void shouldDrawTheBridgesPartOfThePipeline() throws Exception {
    // When
    browser.open(scene.bridge().url());

    // Then
    eventually(
        () ->
            assertThat(stage("source " + scene.bridge().status().bridge()))
                .contains("PostgreSQL", "outbox", "connected"));
    assertThat(stage("bridge " + scene.bridge().status().bridge()))
        .contains("active", "queued", "0 B", "unacknowledged");
    assertThat(stage("topic " + scene.topic())).contains("from activity", "connected");
    assertThat(browser.all("#stages path")).hasSize(2);

    // And it moves
    scene.retweet(2);
    eventually(() -> assertThat(number("source " + scene.bridge().status().bridge())).isPositive());
    eventually(() -> assertThat(number("bridge " + scene.bridge().status().bridge())).isPositive());
    browser.screenshot("bridge");
  }

  @Test
  void shouldDrawTheWholePipelineWhereItKnowsThePeers() throws Exception {
    // When
    browser.open(scene.consumer().url());

    // Then
    String bridge = scene.bridge().status().bridge();
    eventually(() -> assertThat(stage("bridge " + bridge)).contains("active", "unacknowledged"));
    assertThat(stage("source " + bridge)).contains("outbox", "connected");
    assertThat(stage("topic " + scene.topic())).contains("from activity", "read by 2", "lag");
    assertThat(stage("projection summary/counters")).contains("serving");
    assertThat(browser.all("#stages path")).hasSize(4);

    // And all of it moves
    scene.retweet(4);
    eventually(() -> assertThat(number("source " + bridge)).isPositive());
    eventually(() -> assertThat(number("projection summary/counters")).isPositive());

    // And each peer has a link, and is told about
    assertThat(browser.text("[data-peer='" + scene.bridge().url() + "']"))
        .isEqualTo("bridge " + bridge + " heard");
    assertThat(
            browser.element("[data-peer='" + scene.bridge().url() + "'] a").getDomProperty("href"))
        .isEqualTo(scene.bridge().url() + "/");
    eventually(
        () ->
            assertThat(browser.text("[data-peer='" + Scene.UNREACHABLE + "']"))
                .startsWith(Scene.UNREACHABLE)
                .doesNotContain("heard"));
    browser.screenshot("pipeline");
  }

  @Test
  void shouldShowProjectionsAsTheyAre() throws Exception {
    // When
    browser.open(scene.consumer().url());

    // Then
    eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));
    assertThat(stage("projection reducer/counters")).contains("serving", "lag");
    assertThat(stage("topic " + scene.topic())).contains("read by 2");
    assertThat(browser.all("#projection-list > li")).hasSize(2);

    // And they move
    long before = scene.consumer().status().projections().get(0).events();
    scene.retweet(3);
    eventually(() -> assertThat(number("projection summary/counters")).isPositive());
    eventually(
        () -> assertThat(browser.text("#projection-list")).contains("events\n" + (before + 1)));
    eventually(() -> assertThat(browser.text("#legend")).contains("last ", "at most "));
    browser.screenshot("consumer");
  }

  @Test
  void shouldFitAPhone() throws Exception {
    browser.resize(360, 740, true);
    for (String url : new String[] {scene.bridge().url(), scene.consumer().url()}) {
      browser.open(url);
      eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));

      assertThat(browser.script("return document.documentElement.scrollWidth"))
          .as("the width of %s", url)
          .isEqualTo(360L);
    }

    // And with everything open
    scene.gap("lost-" + "x".repeat(80));
    eventually(() -> assertThat(browser.all("#letter-list > li")).isNotEmpty());
    browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
    eventually(() -> assertThat(browser.all(".dump")).isNotEmpty());
    eventually(() -> assertThat(browser.text("#gaps")).contains("xxxx"));
    for (String part : new String[] {"html", ".card", ".letter", "#gap-list > li"}) {
      assertThat(
              browser.script(
                  "return [...document.querySelectorAll(arguments[0])]"
                      + ".filter(each => each.scrollWidth > each.clientWidth + 1).length",
                  part))
          .as("%s that are too wide", part)
          .isEqualTo(0L);
    }
    browser.screenshot("phone");
  }

  @Test
  void shouldBeDarkWhereTheReaderLikesIt() throws Exception {
    browser.prefer("prefers-color-scheme", "dark");
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));

    assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(18, 22, 21)");
    browser.screenshot("dark");
  }

  @Test
  void shouldOrderJobsFromTheKeyboardAlone() throws Exception {
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.all("#job-list > li")).hasSize(3));

    press("#jobs", "Pause tidy");
    eventually(() -> assertThat(scene.job("tidy").at("/job/paused").asBoolean()).isTrue());
    eventually(() -> assertThat(job("tidy")).contains("paused"));
    press("#jobs", "Resume tidy");
    eventually(() -> assertThat(scene.job("tidy").at("/job/paused").asBoolean()).isFalse());
    press("#jobs", "Run tidy");
    eventually(
        () ->
            assertThat(scene.job("tidy").at("/job/last/outcome").asText()).isEqualTo("succeeded"));
    eventually(() -> assertThat(job("tidy")).contains("succeeded"));
  }

  @Test
  void shouldAskBeforeItCancelsAJob() throws Exception {
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.all("#job-list > li")).hasSize(3));
    press("#jobs", "Run nap");
    eventually(() -> assertThat(job("nap")).contains("running"));

    // When the answer is no
    press("#jobs", "Cancel nap");
    eventually(() -> assertThat(browser.text("#confirm")).contains("Cancel the run of nap?"));
    browser.press(Keys.ESCAPE);

    // Then it goes on
    eventually(() -> assertThat(browser.element("#confirm").isDisplayed()).isFalse());
    assertThat(scene.job("nap").at("/job/state").asText()).isEqualTo("running");

    // And else it ends
    press("#jobs", "Cancel nap");
    press("#confirm", "Cancel the run");
    eventually(
        () -> assertThat(scene.job("nap").at("/job/last/outcome").asText()).isEqualTo("cancelled"));
    eventually(() -> assertThat(job("nap")).contains("cancelled"));
  }

  @Test
  void shouldShowAJobsErrorAndHistoryAsText() throws Exception {
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.all("#job-list > li")).hasSize(3));

    press("#jobs", "Run broken");

    eventually(() -> assertThat(browser.text("[data-job=broken] .error")).contains(Scene.HOSTILE));
    browser.tabTo(browser.element("[data-job=broken] summary"));
    browser.press(Keys.ENTER);
    eventually(
        () ->
            assertThat(browser.text("[data-job=broken] tbody"))
                .contains("request", "failed", Scene.HOSTILE));
    assertThat(browser.all("main img")).isEmpty();
    browser.screenshot("jobs");
  }

  @Test
  void shouldReplayADeadLetterUnderAKey() throws Exception {
    // Given
    scene.run("insert into activity values (4711, 1)");
    scene.publish("{\"messageid\":4711,\"rts\":1,\"favs\":0}", null);
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(letter("no key").getText()).contains("4711"));
    String id = String.valueOf(letter("no key").getDomAttribute("data-letter"));

    // When
    browser.tabTo(browser.element("[data-letter='" + id + "'] summary"));
    browser.press(Keys.ENTER);
    browser.tabTo(browser.element("[data-letter='" + id + "'] input"));
    browser.press("4711");
    press("#letters", "Replay " + id);
    eventually(() -> assertThat(browser.text("#confirm")).contains("under the key 4711?"));
    press("#confirm", "Replay");

    // Then
    eventually(() -> assertThat(browser.text("#outcome")).isEqualTo(id + ": applied."));
    assertThat(scene.consumer().reducer("counters").get("4711")).isNotNull();
    eventually(() -> assertThat(browser.all("[data-letter='" + id + "']")).isEmpty());
    press("#letters", "Replayed and settled ones, too");
    eventually(() -> assertThat(browser.text("[data-letter='" + id + "']")).contains("replayed"));
  }

  @Test
  void shouldShowADeadLettersBytesAndWhyItFailsAgain() throws Exception {
    scene.publishNonsense();
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(letter("reducer/counters").getText()).contains(Scene.HOSTILE));
    String id = String.valueOf(letter("reducer/counters").getDomAttribute("data-letter"));
    String css = "[data-letter='" + id + "']";

    // When
    browser.tabTo(browser.element(css + " summary"));
    browser.press(Keys.ENTER);
    eventually(
        () ->
            assertThat(browser.text(css + " .bytes"))
                .contains("0000  3c 69 6d 67 20 73 72 63", "<img src=x onerr", "puck."));
    browser.screenshot("letters");
    press("#letters", "Replay " + id);
    press("#confirm", "Replay");

    // Then
    eventually(() -> assertThat(browser.text("#outcome")).contains("failed again"));
    assertThat(browser.complaints()).allMatch(each -> each.contains("status of 422"));
    assertThat(browser.all("main img")).isEmpty();
  }

  @Test
  void shouldAuditAndResyncAProjection() throws Exception {
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));

    press("#projection-list", "Audit counters");
    eventually(
        () -> assertThat(scene.consumer().status().audits().get(0).completed()).isPositive());
    eventually(() -> assertThat(browser.text("#projection-list")).contains("none in "));

    long before = scene.consumer().status().resyncs().get(0).completed();
    press("#projection-list", "Resync counters");
    assertThat(scene.consumer().status().resyncs().get(0).completed()).isEqualTo(before);
    press("#confirm", "Resync");
    eventually(
        () ->
            assertThat(scene.consumer().status().resyncs().get(0).completed())
                .isEqualTo(before + 1));
  }

  @Test
  void shouldTellGapsAsSoonAsTheyAreKnown() throws Exception {
    browser.open(scene.consumer().url());
    eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));

    scene.gap(Scene.HOSTILE);

    eventually(
        () ->
            assertThat(browser.text("#gap-list > li:first-child"))
                .contains("1 Jan 2026", Scene.HOSTILE, "reducer/counters, summary/counters"));
    assertThat(browser.all("main img")).isEmpty();
  }

  /** With the tabulator and Enter; space for what is to be checked. */
  private void press(String within, String label) {
    eventually(() -> browser.control(within, label));
    WebElement control = browser.control(within, label);
    browser.tabTo(control);
    browser.press(control.getTagName().equals("input") ? Keys.SPACE : Keys.ENTER);
  }

  private String job(String name) {
    return browser.text("[data-job=" + name + "]");
  }

  /** The newest in which that stands. */
  private WebElement letter(String text) {
    return browser.all("#letter-list > li").stream()
        .filter(each -> each.getText().contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no letter with " + text));
  }

  private String stage(String id) {
    return browser.text("[data-stage='" + id + "']");
  }

  private double number(String stage) {
    WebElement number = browser.element("[data-stage='" + stage + "'] .number");
    String text = number.getText();
    return text.equals("–") ? 0 : Double.parseDouble(text.replace(",", ""));
  }
}
