package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.browser.Browser;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

/** Forms that the module sends by script, protected by the real filter. */
@Tag("heavy")
class ClientFormsBrowserIT {

  private static final String RULES =
      """
      {"rules": [{"name": "customer", "key": "customer/{id}", "read": "/customer?id={id}",
        "write": "POST /save?form.id={id}", "tag": "form", "allowInternalGet": true}]}
      """;

  private final AtomicInteger saves = new AtomicInteger();
  private volatile String city = "Rome";
  private ClientScriptPage page;

  @BeforeEach
  void start() throws Exception {
    page = new ClientScriptPage(this::application, Map.of("clientScript", "true"));
  }

  @AfterEach
  void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  private void application(FilterServer server) throws Exception {
    server
        .rules(RULES)
        .handle("/customer", this::show)
        .handle(
            "/save",
            (request, response) -> {
              request.setCharacterEncoding("UTF-8");
              city = request.getParameter("city");
              saves.incrementAndGet();
              response.sendRedirect("customer?id=1&saved");
            });
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ClientScriptPage.page(
        response,
        "<h1>"
            + (request.getParameter("saved") == null ? "Edit" : "Saved")
            + "</h1><form method=post action=save data-conflict-guard>"
            + "<input type=hidden name=id value=1><input name=action value=x>"
            + "<input name=city value='"
            + city
            + "'><button name=go value=1>Save</button></form><script type=module>"
            + "import {guardForms} from './conflict-guard/client.js'; guardForms();"
            + "document.body.dataset.ready = 1;</script>");
  }

  private Browser open() {
    Browser browser = page.browser().open(page.address("/customer?id=1"));
    await(() -> !browser.findAll("body[data-ready]").isEmpty());
    return browser;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It has not come true");
      }
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (WebDriverException e) {
      return false; // Between two pages.
    }
  }

  @Test
  void savedFormLeadsToThePageOfTheRedirect() {
    Browser browser = open();
    assertTrue(browser.find("[name=_conflictguard]").getAttribute("value").length() > 10);
    browser.type("city", "Oslo ü");
    browser.find("button").click();
    await(() -> browser.find("h1").getText().equals("Saved"));
    assertEquals("Oslo ü", city);
    assertEquals(1, saves.get());
  }

  @Test
  void staleFormShowsTheConflictPageInPlaceAndItsFormSaves() throws Exception {
    Browser browser = open();
    city = "Paris";
    browser.type("city", "Oslo");
    browser.find("button").click();
    await(() -> browser.driver().getCurrentUrl().endsWith("/save"));
    await(() -> browser.text().contains("Paris"));
    assertTrue(browser.text().contains("Oslo"), browser.text());
    assertEquals(0, saves.get());
    browser.photograph("client-form-conflict");
    assertTrue(browser.find("form").getAttribute("action").endsWith("/app/save"));
    browser.find("button[type=submit], form button").click();
    await(() -> saves.get() == 1);
  }

  @Test
  void pressingTwiceSendsOnce() {
    Browser browser = open();
    browser.type("city", "Bern");
    browser
        .driver()
        .executeScript("let b = document.querySelector('button'); b.click(); b.click();");
    await(() -> browser.find("h1").getText().equals("Saved"));
    assertEquals(1, saves.get());
  }

  @Test
  void pageCanHandleTheResponseItself() {
    Browser browser = open();
    browser
        .driver()
        .executeScript(
            "document.addEventListener('conflictguard', event => { event.preventDefault();"
                + " document.title = 'status ' + event.detail.response.status; })");
    city = "Paris";
    browser.type("city", "Oslo");
    browser.find("button").click();
    await(() -> browser.driver().getTitle().equals("status 412"));
    assertEquals("Edit", browser.find("h1").getText());
  }
}
