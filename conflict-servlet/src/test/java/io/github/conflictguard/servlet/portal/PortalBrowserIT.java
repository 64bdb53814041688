package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.browser.Browser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The pages for developers of clients in a browser, photographed into target/screenshots. */
@Tag("heavy")
class PortalBrowserIT {

  private static final List<String> PAGES =
      List.of("problems/", "problems/stale-version", "problems/locked", "help/");

  private final PortalOffice office = new PortalOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyPageFitsTheScreenAndItsPolicyAndCanBeRead(String language) throws Exception {
    office.start("portal", "public", "clientScript", "true");
    try (Browser browser = Browser.start(language).watchPolicies()) {
      for (String page : PAGES) {
        browser.open(address(page));
        assertEquals(language, browser.find("html").getAttribute("lang"));
        for (boolean dark : new boolean[] {false, true}) {
          for (boolean phone : new boolean[] {false, true}) {
            browser.dark(dark).phone(phone);
            browser.photograph(
                "portal-"
                    + page.replace("/", "-")
                    + language
                    + (dark ? "-dark" : "")
                    + (phone ? "-phone" : ""));
            assertEquals(
                true,
                browser
                    .driver()
                    .executeScript(
                        "return document.documentElement.scrollWidth"
                            + " <= document.documentElement.clientWidth"),
                page);
          }
          assertEquals(List.of(), browser.faintTexts(), page);
        }
        browser.phone(false).dark(false);
        assertEquals(List.of(), browser.violations(), page);
      }
    }
  }

  @Test
  void keyboardLeadsToTheContentAndToTheOtherLanguage() throws Exception {
    office.start("portal", "public");
    try (Browser browser = Browser.start()) {
      browser.open(address("problems/locked"));
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      WebElement skip = browser.driver().switchTo().activeElement();
      assertEquals("Skip to the content", skip.getText());
      skip.sendKeys(Keys.ENTER);
      assertEquals("main", browser.driver().switchTo().activeElement().getTagName());
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      browser.press(browser.driver().switchTo().activeElement());
      assertEquals("de", browser.find("html").getAttribute("lang"));
    }
  }

  private String address(String page) {
    return "http://127.0.0.1:" + office.server.port() + "/app/conflict-guard/" + page;
  }
}
