package io.github.conflictguard.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.browser.Browser;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.response.CustomerForms;
import io.github.conflictguard.servlet.response.HeaderSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * The pages by themselves, in a browser. Every one of them is photographed, into {@code
 * target/screenshots}: whoever changes them looks at the pictures.
 */
@Tag("heavy")
class FormPageBrowserIT {

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyPageFitsTheScreenAndHasItsStyle(String language) throws Exception {
    start();
    try (Browser browser = Browser.start(language)) {
      for (String page :
          List.of(
              "choose",
              "type",
              "unknown",
              "combined",
              "long",
              "taken",
              "problem",
              "nineteen",
              "old",
              "required")) {
        browser.open(address(page));
        assertEquals(language, browser.find("html").getAttribute("lang"));
        for (boolean dark : new boolean[] {false, true}) {
          for (boolean phone : new boolean[] {false, true}) {
            browser.dark(dark).phone(phone);
            browser.photograph(
                page + "-" + language + (dark ? "-dark" : "") + (phone ? "-phone" : ""));
            assertEquals(
                dark ? "rgb(27, 33, 42)" : "rgb(255, 255, 255)",
                browser
                    .driver()
                    .executeScript(
                        "return getComputedStyle(document.querySelector('main')).backgroundColor"));
            assertEquals(
                true,
                browser
                    .driver()
                    .executeScript("return document.documentElement.scrollWidth <= innerWidth"));
          }
        }
      }
    }
  }

  @Test
  void everythingCanBeReadInLightAndInDark() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      for (String page : List.of("choose", "type", "unknown", "problem")) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.open(address(page)).dark(dark);
          // WCAG 2.2, 1.4.3: 4.5 to 1.
          assertEquals(List.of(), browser.faintTexts(), page);
        }
      }
    }
  }

  @Test
  void theKeyboardLeadsThroughTheChoicesAndEnterSaves() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      browser.open(address("choose"));
      List<String> order = new ArrayList<>();
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      for (int i = 0; i < 40; i++) {
        WebElement focused = browser.driver().switchTo().activeElement();
        String what = focused.getAttribute("name");
        order.add(what == null || what.isEmpty() ? focused.getText() : what);
        if (focused.getText().startsWith("Drop my changes")) {
          break;
        }
        new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      }
      assertEquals(
          List.of(
              "Phone",
              "Rating",
              "Notes",
              "name",
              "phone",
              "city",
              "rating",
              "contact",
              "topics",
              "topics",
              "topics",
              "topics",
              "active",
              "notes",
              "password",
              "photo",
              "save",
              "Type values instead",
              "Drop my changes and load the current version"),
          order);
      WebElement name = browser.field("name");
      browser.driver().executeScript("window.isOld = true");
      name.sendKeys(Keys.ENTER);
      browser.awaitNewPage();
      assertTrue(browser.text().contains("save=[Save]"), browser.text());
      assertTrue(browser.text().contains("phone=[+44 20 7946 0003]"), browser.text());
    }
  }

  @Test
  void fieldsThatNeedADecisionAreSaidToBeSo() throws Exception {
    start();
    try (Browser browser = Browser.start()) {
      browser.open(address("choose"));
      for (WebElement radio : browser.findAll(".decide [type=radio]")) {
        String note = radio.getAttribute("aria-describedby");
        assertTrue(browser.find("#" + note).getText().startsWith("Both of you changed this"));
      }
      for (WebElement link : browser.findAll(".jump a")) {
        String target = String.valueOf(link.getDomAttribute("href")).substring(1);
        assertTrue(browser.find("[id='" + target + "']").getText().startsWith(link.getText()));
      }
    }
  }

  private String address(String page) {
    return "http://127.0.0.1:" + server.port() + "/app/" + page;
  }

  private void start() throws Exception {
    SaveAgain.Builder save =
        SaveAgain.to("sent", "multipart/form-data")
            .token("_conflictguard", "t")
            .currentPage("edit");
    MergedForm both = merged(CustomerForms.CURRENT, CustomerForms.sent());
    show("/choose", both, save.typeAction("sent?type").build());
    ProblemDetail taken =
        ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/app/save").field("Name").build();
    show("/taken", merged(null, CustomerForms.sent()), save.build(), taken);
    show("/type", both, save.typing(true).build());
    show("/unknown", merged(null, CustomerForms.sent()), save.typing(false).build());
    Map<String, List<String>> little = CustomerForms.sent();
    little.put("phone", List.of("+44 20 7946 0001"));
    little.put("rating", List.of("gold"));
    little.put("notes", CustomerForms.STARTED.get(notes()).values());
    show("/combined", merged(CustomerForms.CURRENT, little), save.build());
    show("/nineteen", nineteen(), save.build(), about(StaleCause.OTHERS));
    show("/old", merged(null, CustomerForms.sent()), save.build(), about(StaleCause.UNKNOWN));
    ProblemDetail required =
        ProblemDetail.of(ProblemType.PRECONDITION_REQUIRED, "/app/save").build();
    show("/required", merged(null, CustomerForms.sent()), save.build(), required);
    String word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(3);
    show(
        "/long",
        MergedForm.of(
            List.of(FormField.of("name", FieldKind.TEXT, List.of(word))),
            List.of(FormField.of("name", FieldKind.TEXT, List.of(word + "1"))),
            Map.of("name", List.of(word + "2")),
            name -> false),
        save.build());
    server.handle(
        "/problem",
        (request, response) ->
            Answers.problem(
                request,
                response,
                HeaderSnapshot.before(response),
                ProblemDetail.of(ProblemType.WRONG_STATE, "/app/ship")
                    .state("shipped", List.of("return", "archive"))
                    .build()));
    server.handle(
        "/sent",
        (request, response) -> {
          request.setAttribute(
              "org.eclipse.jetty.multipartConfig",
              new jakarta.servlet.MultipartConfigElement(System.getProperty("java.io.tmpdir")));
          response.setContentType("text/plain;charset=UTF-8");
          request
              .getParameterMap()
              .forEach(
                  (name, values) -> {
                    try {
                      response.getWriter().println(name + "=" + List.of(values));
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
        });
    server.start();
  }

  /** A long form in groups, of which four fields were touched. */
  private static MergedForm nineteen() {
    List<FormField> started = new ArrayList<>();
    List<FormField> current = new ArrayList<>();
    Map<String, List<String>> sent = new java.util.LinkedHashMap<>();
    for (int i = 1; i <= 19; i++) {
      String group = i < 5 ? null : i < 12 ? "Address" : "Bank";
      FormField field =
          FormField.of("f" + i, FieldKind.TEXT, List.of("value " + i), "Field " + i, List.of())
              .in(group);
      started.add(field);
      boolean theirs = i == 7 || i == 8 || i == 15;
      current.add(theirs ? field.withValues(List.of("their " + i)) : field);
      sent.put("f" + i, List.of(i == 2 || i == 8 ? "my " + i : "value " + i));
    }
    return MergedForm.of(started, current, sent, name -> false);
  }

  private static Circumstances about(StaleCause cause) {
    return new Circumstances(cause, "Customer 7", "Office", "edit");
  }

  private static MergedForm merged(List<FormField> current, Map<String, List<String>> sent) {
    return MergedForm.of(CustomerForms.STARTED, current, sent, name -> false);
  }

  private static int notes() {
    for (int i = 0; i < CustomerForms.STARTED.size(); i++) {
      if (CustomerForms.STARTED.get(i).name().equals("notes")) {
        return i;
      }
    }
    throw new AssertionError();
  }

  private void show(String path, MergedForm form, SaveAgain save) {
    show(path, form, save, ProblemDetail.of(ProblemType.STALE_VERSION, "/app/save").build());
  }

  private void show(String path, MergedForm form, SaveAgain save, ProblemDetail problem) {
    show(path, form, save, problem, Circumstances.USUAL);
  }

  private void show(String path, MergedForm form, SaveAgain save, Circumstances circumstances) {
    ProblemDetail stale = ProblemDetail.of(ProblemType.STALE_VERSION, "/app/save").build();
    show(path, form, save, stale, circumstances);
  }

  private void show(
      String path,
      MergedForm form,
      SaveAgain save,
      ProblemDetail problem,
      Circumstances circumstances) {
    server.handle(
        path,
        (request, response) -> {
          Texts texts = Texts.of(request);
          Page.setHeaders(texts, response);
          response.setContentType("text/html;charset=UTF-8");
          response
              .getOutputStream()
              .write(ConflictPage.write(form, save, problem, circumstances, texts));
        });
  }
}
