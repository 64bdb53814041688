package io.github.conflictguard.servlet.browser;

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
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A Chromium without a window, with cookies and a language of its own.
 *
 * <p>Tests are skipped where the machine has none: Debian's packages are {@code chromium} and
 * {@code chromium-driver}. Nothing is ever downloaded.
 */
public final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static final String VIOLATIONS =
      """
      window.violations = [];
      document.addEventListener('securitypolicyviolation', event =>
          window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' '
              + event.sample + ' ' + event.lineNumber));
      """;

  private static final String FAINT_TEXTS =
      """
      function rgb(color) { return color.match(/[\\d.]+/g).map(Number); }
      function light(color) {
        let parts = rgb(color).slice(0, 3).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      }
      function ground(element) {
        for (let e = element; e; e = e.parentElement) {
          let color = getComputedStyle(e).backgroundColor;
          let parts = rgb(color);
          if (parts.length < 4 || parts[3] > 0) return color;
        }
        return 'rgb(255, 255, 255)';
      }
      let faint = [];
      for (let element of document.querySelectorAll('main *')) {
        let own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own && !('value' in element)) continue;
        let one = light(getComputedStyle(element).color);
        let other = light(ground(element));
        let contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5 && element.type !== 'file') {
          faint.push(element.outerHTML.slice(0, 80) + ' ' + contrast.toFixed(2));
        }
      }
      return faint;
      """;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser that prefers English. */
  public static Browser start() {
    return start("en");
  }

  /** Starts a browser that prefers this language. */
  public static Browser start(String language) {
    File chromium = found("chromium", "chromium-browser", "google-chrome");
    File chromedriver = found("chromedriver");
    assumeTrue(chromium != null && chromedriver != null, "no Chromium with its driver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=1100,900",
        "--lang=" + language);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    // With its path given, Selenium has no need to look for a driver, or to fetch one.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver)
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** The driver, for what this class has no words for. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Opens an address. */
  public Browser open(String address) {
    driver.get(address);
    return this;
  }

  /** The one element that a CSS selector finds first. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements that a CSS selector finds. */
  public List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The field of a name: what a person would see of it. */
  public WebElement field(String name) {
    return find("[name='" + name + "']:not([type=hidden])");
  }

  /** Replaces what is in a field. */
  public Browser type(String name, String text) {
    WebElement field = field(name);
    field.clear();
    field.sendKeys(text);
    return this;
  }

  /** Presses a button or follows a link, and waits for the page that comes. */
  public Browser press(WebElement element) {
    driver.executeScript("window.isOld = true");
    element.click();
    return awaitNewPage();
  }

  /** Waits until the page that was marked as old has been replaced. */
  public Browser awaitNewPage() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isNew()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No page has come: " + driver.getCurrentUrl());
      }
    }
    return this;
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

  /** The text of the whole page. */
  public String text() {
    return find("body").getText();
  }

  /** The narrow screen of a phone, or the wide one again. */
  public Browser phone(boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            phone ? 390 : 1100,
            "height",
            phone ? 844 : 900,
            "deviceScaleFactor",
            1,
            "mobile",
            phone));
    return this;
  }

  /** What the reader has chosen for all pages. */
  public Browser dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    return this;
  }

  /** Collects the violations of content security policies on all pages to come. */
  public Browser watchPolicies() {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", VIOLATIONS));
    return this;
  }

  /** What the policy of this page has forbidden to it. */
  public Object violations() {
    return driver.executeScript("return window.violations");
  }

  /** Lets no page run a script of its own, or lets them again. */
  public Browser scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    return this;
  }

  /** The elements whose text has less contrast than WCAG 2.2, 1.4.3, requires: 4.5 to 1. */
  public Object faintTexts() {
    return driver.executeScript(FAINT_TEXTS);
  }

  /** Puts a picture of the whole page into {@code target/screenshots}. */
  public Browser photograph(String name) throws IOException {
    Map<String, Object> picture =
        driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode((String) picture.get("data")));
    return this;
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static File found(String... names) {
    List<String> folders =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.concat(folders.stream(), Stream.of("/usr/bin"))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }
}
