package io.github.conflictguard.example.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Somebody at a screen: a Chromium without a window. Tests are skipped where the machine has none.
 */
public final class OfficeBrowser implements AutoCloseable {

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
    File chromium = found("chromium", "chromium-browser", "google-chrome");
    File chromedriver = found("chromedriver");
    assumeTrue(chromium != null && chromedriver != null, "no Chromium with its driver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--disable-gpu", "--disable-background-networking", "--no-first-run");
    options.addArguments("--disable-component-update", "--lang=" + language);
    options.addArguments("--accept-lang=" + language);
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
    driver.executeScript("window.isOld = true");
    driver.findElement(By.cssSelector("main form button")).click();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isNew()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No page has come: " + driver.getCurrentUrl());
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
