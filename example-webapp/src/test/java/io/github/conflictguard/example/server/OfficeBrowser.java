package io.github.conflictguard.example.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Somebody at a screen: a Chromium without a window. Tests are skipped where the machine has none.
 */
public final class OfficeBrowser implements AutoCloseable {

  private static final String SCRIPTS = "profile.managed_default_content_settings.javascript";
  private static final int BLOCKED = 2;

  private final ChromeDriver driver;
  private final OfficeServer server;

  private OfficeBrowser(ChromeDriver driver, OfficeServer server) {
    this.driver = driver;
    this.server = server;
  }

  /**
   * Starts a browser.
   *
   * @param language that its user prefers
   */
  public static OfficeBrowser start(OfficeServer server, String language) {
    return start(server, language, true);
  }

  /**
   * Starts a browser.
   *
   * @param scripts whether it runs the scripts of pages
   */
  public static OfficeBrowser start(OfficeServer server, String language, boolean scripts) {
    File chromium = found("chromium", "chromium-browser", "google-chrome");
    File chromedriver = found("chromedriver");
    assumeTrue(chromium != null && chromedriver != null, "no Chromium with its driver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--disable-gpu", "--disable-background-networking", "--no-first-run");
    options.addArguments("--disable-component-update", "--lang=" + language);
    options.addArguments("--accept-lang=" + language);
    if (!scripts) {
      options.setExperimentalOption("prefs", Map.of(SCRIPTS, BLOCKED));
    }
    // With its path given, Selenium has no need to look for a driver, or to fetch one.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver)
            .usingAnyFreePort()
            .build();
    return new OfficeBrowser(new ChromeDriver(service, options), server);
  }

  /** Opens a page of the office. */
  public OfficeBrowser open(String path) {
    driver.get(server.address(path).toString());
    return this;
  }

  /** Whether it runs the scripts of pages. */
  public boolean runsScripts() {
    driver.get("data:text/html,<body>no<script>document.body.textContent='yes'</script>");
    return text().equals("yes");
  }

  /** Opens a page in a tab of its own, which has the name that is returned. */
  public String openTab(String path) {
    driver.switchTo().newWindow(WindowType.TAB);
    open(path);
    return driver.getWindowHandle();
  }

  /** The address of the page, without its server. */
  public String path() {
    return driver.getCurrentUrl().substring(server.address().toString().length());
  }

  /** Goes to a tab. */
  public OfficeBrowser inTab(String name) {
    driver.switchTo().window(name);
    return this;
  }

  /** Goes to a frame of the page, by its name. */
  public OfficeBrowser inFrame(String name) {
    driver.switchTo().defaultContent();
    driver.switchTo().frame(name);
    return this;
  }

  /** Whether the page is wider than its window. */
  public boolean isTooWide() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  /** Gives the page a width in CSS pixels, in the light colours. */
  public OfficeBrowser width(int width, double scale) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", scale, "mobile", false));
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "light"))));
    return this;
  }

  /** Writes a picture of the page, as high as its content. */
  public void photograph(Path file) throws IOException {
    photograph(file, Integer.MAX_VALUE);
  }

  /** Writes a picture of the upper part of the page, in CSS pixels. */
  public void photograph(Path file, int most) throws IOException {
    Object height =
        driver.executeScript("return Math.min(document.body.scrollHeight, arguments[0])", most);
    Object width = driver.executeScript("return window.innerWidth");
    Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
  }

  /** What is in a field. */
  public String value(String field) {
    return driver.findElement(By.name(field)).getDomProperty("value");
  }

  /** Replaces what is in a field. */
  public OfficeBrowser type(String field, String text) {
    WebElement input = driver.findElement(By.name(field));
    input.clear();
    input.sendKeys(text);
    return this;
  }

  /** Takes one of several values. */
  public OfficeBrowser choose(String field, String value) {
    driver.findElement(By.cssSelector("[name='" + field + "'][value='" + value + "']")).click();
    return this;
  }

  /** Presses the first button of the first form, and waits for the page that comes. */
  public OfficeBrowser save() {
    return press("main form button");
  }

  /** Presses what a CSS selector finds first, and waits for the page that comes. */
  public OfficeBrowser press(String selector) {
    driver.executeScript("window.isOld = true");
    driver.findElement(By.cssSelector(selector)).click();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isNew()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No page has come: " + driver.getCurrentUrl());
      }
    }
    return this;
  }

  /** Presses what a CSS selector finds first, where no other page comes. */
  public OfficeBrowser click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
    return this;
  }

  /** Waits until the text of an element begins like this. */
  public OfficeBrowser await(String selector, String beginning) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!texts(selector).get(0).startsWith(beginning)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(texts(selector) + " does not begin with " + beginning);
      }
    }
    return this;
  }

  /** The heading of the page. */
  public String heading() {
    return driver.findElement(By.tagName("h1")).getText();
  }

  /** The text of the page. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** The texts of all elements that a CSS selector finds. */
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private boolean isNew() {
    try {
      return Boolean.TRUE.equals(
          driver.executeScript("return !window.isOld && document.readyState === 'complete'"));
    } catch (WebDriverException e) {
      // Between two pages.
      return false;
    }
  }

  private static File found(String... names) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.concat(Arrays.stream(folders), Stream.of("/usr/bin"))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }
}
