package io.github.conflictguard.servlet.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** Two people with their browsers, and one application whose forms can only post. */
@Tag("heavy")
class FormsBrowserIT {

  private static Browser ann;
  private static Browser bob;

  private final FilterServer server = new FilterServer();
  private RecordOffice office = new RecordOffice(UTF_8);

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    ann = Browser.start();
    bob = Browser.start();
  }

  @AfterAll
  static void quit() {
    for (Browser browser : new Browser[] {ann, bob}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (Browser browser : List.of(ann, bob)) {
      browser.driver().manage().deleteAllCookies();
      browser.open("about:blank");
    }
    server.close();
  }

  @Test
  void whatBothChangedIsChosenAndTheRestIsCombined() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's").type("city", "Bath"));
    save(bob.type("phone", "bob's").type("name", "Ada King"));
    assertConflict(bob);
    assertEquals(1, office.writes.get());
    assertEquals("Ada King", bob.field("name").getAttribute("value"));
    assertEquals("Bath", bob.field("city").getAttribute("value"));
    assertEquals("bob's", bob.find("[name=phone]:checked").getAttribute("value"));
    assertTrue(bob.text().contains("One field was changed by both of you."));
    choose(bob, "phone", "ann's");
    save(bob);
    assertEquals(List.of("ann's"), office.get("1", "phone"));
    assertEquals(List.of("Bath"), office.get("1", "city"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
    assertEquals(List.of("save"), office.get("1", "done"));
    assertEquals(2, office.writes.get());
  }

  @Test
  void changesOfDifferentFieldsAreCombined() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("city", "Bath"));
    save(bob.type("name", "Ada King"));
    assertConflict(bob);
    assertTrue(bob.text().contains("do not get in each other's way"));
    save(bob);
    assertEquals(List.of("Bath"), office.get("1", "city"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
  }

  @Test
  void aThirdEditMeanwhileIsHandledTheSameWay() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    save(bob.type("phone", "bob's"));
    assertConflict(bob);
    edit(ann);
    save(ann.type("phone", "ann's second").type("city", "Bath"));
    choose(bob, "phone", "bob's");
    save(bob);
    assertConflict(bob);
    assertTrue(bob.text().contains("ann's second"));
    assertEquals("bob's", bob.find("[name=phone]:checked").getAttribute("value"));
    assertEquals("ann's", bob.findAll("[name=phone]").get(2).getAttribute("value"));
    save(bob);
    assertEquals(List.of("bob's"), office.get("1", "phone"));
    assertEquals(List.of("Bath"), office.get("1", "city"));
    assertEquals(3, office.writes.get());
  }

  @Test
  void whoWantsToTypeGetsTheSamePageWithInputs() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    save(bob.type("phone", "bob's").type("name", "Ada King"));
    press(bob, "Type values instead");
    assertConflict(bob, "This has changed since you opened the page");
    assertEquals(1, office.writes.get());
    assertEquals("bob's", bob.field("phone").getAttribute("value"));
    assertTrue(bob.text().contains("ann's"));
    save(bob.type("phone", "both"));
    assertEquals(List.of("both"), office.get("1", "phone"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
  }

  @Test
  void withoutAskingTheApplicationTheCurrentVersionIsOpenedBesideIt() throws Exception {
    start(false);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    save(bob.type("phone", "bob's").type("name", "Ada King"));
    assertConflict(bob);
    assertTrue(bob.text().contains("is not known here"));
    assertEquals("bob's", bob.field("phone").getAttribute("value"));
    String here = bob.driver().getWindowHandle();
    bob.find(".current a").click();
    for (String window : bob.driver().getWindowHandles()) {
      if (!window.equals(here)) {
        bob.driver().switchTo().window(window);
        assertEquals("ann's", bob.field("phone").getAttribute("value"));
        bob.driver().close();
      }
    }
    bob.driver().switchTo().window(here);
    save(bob);
    assertConflict(bob);
    assertEquals(1, office.writes.get());
    choose(bob, "phone", "ann's");
    save(bob);
    assertEquals(List.of("ann's"), office.get("1", "phone"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
  }

  @Test
  void theBackButtonLeadsToAnOldPageWhichIsRefused() throws Exception {
    start(true);
    edit(bob);
    save(bob.type("phone", "bob's"));
    edit(ann);
    save(ann.type("city", "Bath"));
    bob.driver().navigate().back();
    assertEquals("London", bob.field("city").getAttribute("value"));
    save(bob.type("name", "Ada King"));
    assertConflict(bob);
    assertEquals("Bath", bob.field("city").getAttribute("value"));
    bob.driver().navigate().back();
    assertEquals("Ada King", bob.field("name").getAttribute("value"));
    save(bob.type("city", "Leeds"));
    assertConflict(bob);
    assertEquals(List.of("Bath"), office.get("1", "city"));
    choose(bob, "city", "Leeds");
    save(bob);
    assertEquals(List.of("Leeds"), office.get("1", "city"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
    assertEquals(List.of("bob's"), office.get("1", "phone"));
  }

  @Test
  void reloadingTheConflictPageWritesNothing() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    save(bob.type("phone", "bob's"));
    bob.driver().navigate().refresh();
    assertConflict(bob);
    assertEquals(1, office.writes.get());
    choose(bob, "phone", "bob's");
    save(bob);
    assertEquals(List.of("bob's"), office.get("1", "phone"));
  }

  @Test
  void aDoubleClickSavesOnce() throws Exception {
    start(true);
    edit(bob);
    bob.type("phone", "bob's");
    bob.driver()
        .executeScript(
            "let button = document.querySelector('form button'); button.click(); button.click();"
                + "window.isOld = true");
    bob.awaitNewPage();
    assertEquals("Saved", bob.text());
    assertEquals(List.of("bob's"), office.get("1", "phone"));
    assertEquals(1, office.writes.get());
  }

  @Test
  void aDoubleClickOnTheConflictPageSavesOnce() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    save(bob.type("phone", "bob's"));
    assertConflict(bob);
    bob.driver()
        .executeScript(
            "let button = document.querySelector('form button'); button.click(); button.click();"
                + "window.isOld = true");
    bob.awaitNewPage();
    assertEquals("Saved", bob.text());
    assertEquals(2, office.writes.get());
  }

  @Test
  void goingBackAndSendingAgainSavesOnce() throws Exception {
    start(true);
    edit(bob);
    String token = bob.find("[name=_conflictguard]").getAttribute("value");
    save(bob.type("phone", "bob's"));
    bob.driver().navigate().back();
    assertEquals(token, bob.find("[name=_conflictguard]").getAttribute("value"));
    assertEquals("bob's", bob.field("phone").getAttribute("value"));
    save(bob);
    assertEquals("Saved", bob.text());
    assertEquals(1, office.writes.get());
  }

  @Test
  void twoTabsOfOnePersonStayApart() throws Exception {
    start(true);
    edit(bob);
    String first = bob.driver().getWindowHandle();
    bob.driver().switchTo().newWindow(WindowType.TAB);
    String second = bob.driver().getWindowHandle();
    edit(bob);
    bob.driver().switchTo().window(first);
    save(bob.type("phone", "first tab"));
    bob.driver().switchTo().window(second);
    save(bob.type("phone", "second tab"));
    assertConflict(bob, "You have saved this from another page since you opened this one");
    assertEquals(List.of("first tab"), office.get("1", "phone"));
    save(bob);
    assertEquals(List.of("second tab"), office.get("1", "phone"));
    bob.driver().close();
    bob.driver().switchTo().window(first);
  }

  @Test
  void nothingIsLostWhenTheSessionHasEnded() throws Exception {
    start(true);
    edit(bob);
    bob.type("phone", "bob's").type("name", "Ada King");
    bob.driver().manage().deleteAllCookies();
    save(bob);
    assertConflict(bob, "Your page is too old to be checked");
    assertEquals(0, office.writes.get());
    assertEquals("Ada King", bob.field("name").getAttribute("value"));
    save(bob);
    assertEquals(List.of("bob's"), office.get("1", "phone"));
    assertEquals(List.of("Ada King"), office.get("1", "name"));
  }

  @Test
  void fieldsOfEveryKindAreCombined() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    toggle(ann, "topics", "party");
    set(ann, "notes", "\none\ntwo by ann\nthree\nfour\n");
    ann.find("[name=contact][value=phone]").click();
    ann.find("[name=active]").click();
    save(ann);
    toggle(bob, "topics", "books");
    toggle(bob, "topics", "news");
    set(bob, "notes", "\none\ntwo\nthree\nfour by bob\n");
    toggle(bob, "rating", "gold");
    save(bob);
    assertConflict(bob);
    assertEquals(List.of(), bob.findAll(".decide"));
    save(bob);
    assertEquals(List.of("fair", "party", "books"), office.get("1", "topics"));
    assertEquals(
        List.of("\r\none\r\ntwo by ann\r\nthree\r\nfour by bob\r\n"), office.get("1", "notes"));
    assertEquals(List.of("gold"), office.get("1", "rating"));
    assertEquals(List.of("phone"), office.get("1", "contact"));
    assertEquals(List.of("on"), office.get("1", "active"));
    assertEquals(List.of("l1", "", "l3 <"), office.get("1", "lines"));
  }

  @Test
  void theButtonThatWasPressedIsPressedAgain() throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    press(bob, "Archive record");
    assertConflict(bob);
    press(bob, "Archive record");
    assertEquals(List.of("archive"), office.get("1", "done"));
    assertEquals(List.of("ann's"), office.get("1", "phone"));
  }

  @Test
  void aFileIsChosenAgain() throws Exception {
    start(true);
    Path photo = Files.writeString(folder.resolve("photo.txt"), "a picture");
    edit(ann);
    edit(bob);
    save(ann.type("phone", "ann's"));
    WebElement form = bob.findAll("form").get(1);
    form.findElement(By.name("phone")).clear();
    form.findElement(By.name("phone")).sendKeys("bob's 日本");
    form.findElement(By.name("photo")).sendKeys(photo.toString());
    bob.press(form.findElement(By.tagName("button")));
    assertConflict(bob);
    assertTrue(bob.text().contains("Choose the file again."));
    choose(bob, "phone", "bob's 日本");
    bob.find("[name=photo]").sendKeys(photo.toString());
    save(bob);
    assertEquals(List.of("bob's 日本"), office.get("1", "phone"));
    assertEquals(List.of("a picture"), office.get("1", "photo"));
    assertEquals(2, office.writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1251"})
  void lettersOfTheApplicationsCharsetStayWhatTheyAre(String charset) throws Exception {
    office = new RecordOffice(Charset.forName(charset));
    start(true);
    String letters =
        charset.equals("UTF-8")
            ? "Žluťoučký 日本語 \uD83D\uDE00 עברית"
            : charset.equals("ISO-8859-1") ? "Müßig à ¿" : "Привет ё";
    edit(ann);
    edit(bob);
    set(ann, "phone", letters + " ann");
    set(ann, "city", letters);
    save(ann);
    set(bob, "phone", letters + " bob");
    set(bob, "name", letters);
    save(bob);
    assertConflict(bob);
    assertTrue(bob.text().contains(letters + " ann"));
    choose(bob, "phone", letters + " bob");
    save(bob);
    assertEquals(List.of(letters + " bob"), office.get("1", "phone"));
    assertEquals(List.of(letters), office.get("1", "city"));
    assertEquals(List.of(letters), office.get("1", "name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>document.title='hacked'</script>",
        "\"><img src=x onerror=\"document.title='hacked'\">",
        "</textarea></option></select><svg onload=\"document.title='hacked'\">",
        "' autofocus onfocus='document.title=1' x='",
        "&lt;b&gt;&#39;&quot;",
      })
  void markupOfEitherSideStaysText(String markup) throws Exception {
    start(true);
    edit(ann);
    edit(bob);
    set(ann, "phone", markup + "ann");
    set(ann, "city", markup);
    set(ann, "notes", markup + "\nann\n" + markup);
    save(ann);
    set(bob, "phone", markup + "bob");
    set(bob, "name", markup);
    set(bob, "notes", markup + "\nbob\n" + markup);
    save(bob);
    assertConflict(bob);
    assertEquals(List.of(), bob.findAll("script, img, svg, b, [onfocus], [autofocus]"));
    assertTrue(bob.text().contains(markup + "ann"));
    choose(bob, "phone", markup + "ann");
    save(bob);
    assertEquals(List.of(markup + "ann"), office.get("1", "phone"));
    assertEquals(List.of(markup), office.get("1", "city"));
    assertEquals(List.of(markup), office.get("1", "name"));
    assertEquals(List.of(markup + "\r\nbob\r\n" + markup), office.get("1", "notes"));
    assertFalse(bob.driver().getTitle().contains("hacked"));
  }

  private void start(boolean ask) throws Exception {
    office.put("1", "name", "Ada Lovelace");
    office.put("1", "phone", "0");
    office.put("1", "city", "London");
    office.put("1", "rating", "silver");
    office.put("1", "contact", "mail");
    office.put("1", "topics", "news", "fair");
    office.put("1", "lines", "l1", "", "l3 <");
    office.put("1", "notes", "\r\none\r\ntwo\r\nthree\r\nfour\r\n");
    office.on(server.rules(RecordOffice.RULES.formatted(ask)).filter(new ConflictFilter()));
    server.start();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.port() + "/app/" + path;
  }

  private void edit(Browser browser) {
    browser.open(address("edit?id=1"));
  }

  private static void save(Browser browser) {
    browser.press(browser.find("form button"));
  }

  private static void press(Browser browser, String label) {
    browser.press(browser.driver().findElement(By.xpath("//button[.='" + label + "']")));
  }

  private static void choose(Browser browser, String name, String value) {
    for (WebElement radio : browser.findAll("[type=radio][name=" + name + "]")) {
      if (radio.getAttribute("value").equals(value)) {
        radio.click();
        return;
      }
    }
    throw new AssertionError("no choice " + value + " in\n" + browser.text());
  }

  private static void toggle(Browser browser, String name, String option) {
    browser.find("[name=" + name + "] option[value=" + option + "]").click();
  }

  /** By script: keys beyond the basic plane, and lines, are not for the driver. */
  private static void set(Browser browser, String name, String value) {
    browser.driver().executeScript("arguments[0].value = arguments[1]", browser.field(name), value);
  }

  private static void assertConflict(Browser browser) {
    assertConflict(browser, "Another user saved this while you were editing");
  }

  private static void assertConflict(Browser browser, String title) {
    assertEquals(
        List.of(title),
        browser.driver().findElements(By.tagName("h1")).stream().map(WebElement::getText).toList(),
        browser.driver().getCurrentUrl() + "\n" + browser.text());
  }
}
