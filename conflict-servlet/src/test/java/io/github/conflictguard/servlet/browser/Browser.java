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
