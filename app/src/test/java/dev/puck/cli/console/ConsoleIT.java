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
    eventually(() -> assertThat(stage("source")).contains("PostgreSQL", "outbox", "connected"));
    assertThat(stage("bridge")).contains("active", "queued", "0 B", "unacknowledged");
    assertThat(stage("topic " + scene.topic())).contains("from activity", "connected");
    assertThat(browser.all("#stages path")).hasSize(2);

    // And it moves
    scene.retweet(2);
    eventually(() -> assertThat(number("source")).isPositive());
    eventually(() -> assertThat(number("bridge")).isPositive());
    browser.screenshot("bridge");
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

  private String stage(String id) {
    return browser.text("[data-stage='" + id + "']");
  }

  private double number(String stage) {
    WebElement number = browser.element("[data-stage='" + stage + "'] .number");
    String text = number.getText();
    return text.equals("–") ? 0 : Double.parseDouble(text.replace(",", ""));
  }
}
