package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.browser.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * The monitor in a browser, with and without scripts. Every page is photographed, into {@code
 * target/screenshots}.
 */
@Tag("heavy")
class MonitorBrowserIT {

  private static final List<String> PAGES =
      List.of(
          "overview",
          "conflicts",
          "conflict",
          "worklist",
          "resources",
          "pairs",
          "advice",
          "rules",
          "findings",
          "prediction",
          "settings",
          "about");

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @ParameterizedTest
  @CsvSource({"en, true", "de, true", "en, false"})
  void everyPageFitsTheScreenAndItsPolicy(String language, boolean scripts) throws Exception {
    start();
    try (Browser browser = Browser.start(language).watchPolicies()) {
      browser.scripts(scripts);
      signIn(browser);
      for (String page : PAGES) {
        browser.open(address(page.equals("conflict") ? "conflict?n=1" : page));
        assertEquals(language, browser.find("html").getAttribute("lang"));
        assertTrue(browser.find("main").isDisplayed());
        for (boolean dark : new boolean[] {false, true}) {
          for (boolean phone : new boolean[] {false, true}) {
            browser.dark(dark).phone(phone);
            browser.photograph(
                "monitor-"
                    + page
                    + "-"
                    + language
                    + (dark ? "-dark" : "")
                    + (phone ? "-phone" : "")
                    + (scripts ? "" : "-plain"));
            assertEquals(
                true,
                browser
                    .driver()
                    .executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                page);
          }
        }
        browser.phone(false).dark(false);
        if (scripts) {
          assertEquals(List.of(), browser.violations(), page);
        }
      }
    }
  }

  @Test
  void everythingCanBeReadInLightAndInDark() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      signIn(browser);
      for (String page : PAGES) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.dark(dark).open(address(page.equals("conflict") ? "conflict?n=1" : page));
          assertEquals(List.of(), browser.faintTexts(), page);
        }
      }
    }
  }

  @Test
  void openPageShowsANewConflictByItself() throws Exception {
    start();
    try (Browser browser = Browser.start().watchPolicies()) {
      signIn(browser);
      String before = figure(browser);
      assertEquals(412, office.collide("/orders/77", "ada", "bob").statusCode());
      await(() -> !figure(browser).equals(before));
      await(() -> browser.find(".live").getText().equals("Live"));
      assertEquals(List.of(), browser.violations());
    }
  }

  /** The number of refused requests; the page may be replaced at any moment. */
  private static String figure(Browser browser) {
    try {
      return browser.find(".figures > div:nth-child(3) .value").getText();
    } catch (StaleElementReferenceException e) {
      return figure(browser);
    }
  }

  @Test
  void headingSortsItsTable() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      signIn(browser);
      browser.open(address("rules"));
      assertEquals(List.of("orders", "notes", "requests without a rule"), firstColumn(browser));
      WebElement heading = browser.find("th:nth-child(1) button");
      heading.click();
      assertEquals(List.of("notes", "orders", "requests without a rule"), firstColumn(browser));
      heading.sendKeys(Keys.ENTER);
      assertEquals(List.of("requests without a rule", "orders", "notes"), firstColumn(browser));
      assertEquals("descending", browser.find("th:nth-child(1)").getAttribute("aria-sort"));
    }
  }

  private static List<String> firstColumn(Browser browser) {
    List<String> column = new ArrayList<>();
    browser.findAll("tbody td:first-child").forEach(cell -> column.add(cell.getText()));
    return column;
  }

  @Test
  void withoutAScriptRulesAreChangedAndTheSessionIsEnded() throws Exception {
    start();
    try (Browser browser = Browser.start().scripts(false)) {
      signIn(browser);
      browser.open(address("rules"));
      pressed(browser, "Protect");
      await(() -> browser.findAll(".badge.good").size() == 3);
      assertEquals(412, office.collide("/notes/9", "ada", "bob").statusCode());
      pressed(browser, "Sign out");
      await(() -> browser.findAll("#token").size() == 1);
    }
  }

  private static void pressed(Browser browser, String label) {
    browser.findAll("button").stream()
        .filter(button -> button.getText().equals(label))
        .findFirst()
        .orElseThrow()
        .click();
  }

  @Test
  void keyboardLeadsPastTheNavigationToTheContent() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      signIn(browser);
      browser.open(address(""));
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      WebElement skip = browser.driver().switchTo().activeElement();
      assertEquals("Skip to the content", skip.getText());
      skip.sendKeys(Keys.ENTER);
      assertEquals("main", browser.driver().switchTo().activeElement().getTagName());
    }
  }

  @Test
  void wrongTokenIsReported() throws Exception {
    start();
    try (Browser browser = Browser.start("de").watchPolicies()) {
      browser.open(address(""));
      browser.type("token", "wrong");
      browser.press(browser.find("button"));
      assertTrue(browser.text().contains("Das ist nicht das Token."), browser.text());
      assertEquals(List.of(), browser.violations());
      browser.photograph("monitor-sign-in-de");
    }
  }

  private void start() throws Exception {
    office.startWithToken("monitorWrites", "true");
    for (int i = 0; i < 12; i++) {
      office.collide("/orders/" + i % 4, i % 3 == 0 ? "ada" : "eve", "bob");
      office.collide("/notes/" + i % 3, "bob", "ada");
      office.server.send("POST", "/customers", "User", "eve");
    }
  }

  private void signIn(Browser browser) {
    browser.open(address(""));
    browser.type("token", MonitoredOffice.TOKEN);
    browser.find("button").click();
    await(() -> browser.findAll(".figures").size() == 1);
  }

  private String address(String page) {
    return "http://127.0.0.1:"
        + office.server.port()
        + "/app/conflict-guard/"
        + (page.equals("overview") ? "" : page);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It has not happened");
      }
      Thread.onSpinWait();
    }
  }
}
