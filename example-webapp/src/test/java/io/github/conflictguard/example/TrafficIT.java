package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The scene that the start page plays on request. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
@Timeout(120)
class TrafficIT {

  private static final Pattern ROW =
      Pattern.compile("<th scope=\"row\">([A-Z][a-z]+).*?</th>\\s*<td[^>]*>(\\d+)</td>");

  /** The lines of the log, without everything that differs each time. */
  private static final Pattern LINE =
      Pattern.compile(
          "conflict (kind=\\S+ status=\\d+ answered=\\w+)|(Lost update: record notice/lunch),");

  private final RunningOffice office;
  private final OfficeClient client;

  TrafficIT(RunningOffice office) {
    this.office = office;
    this.client = new OfficeClient(office.server());
  }

  @Test
  void pageAndLogCountTheSame() throws Exception {
    int start = office.server().printed().length();
    HttpResponse<String> played = client.sendForm("traffic", Map.of("x", ""));
    assertEquals(302, played.statusCode(), played.body());
    String location = played.headers().firstValue("Location").orElseThrow();
    assertTrue(location.endsWith("/traffic"), location);

    String page = client.send("GET", "traffic").body();
    assertTrue(page.contains("67 requests"), page);
    assertEquals(
        Map.of("Read", 29, "Saved", 28, "Stale", 5, "Conflict", 4, "Repeated", 1, "Lost", 2),
        counts(page));
    Map<String, Integer> expected =
        Map.of(
            "kind=stale-version status=412 answered=true", 5,
            "kind=stale-version status=412 answered=false", 2,
            "kind=duplicate-key status=409 answered=true", 2,
            "kind=still-referenced status=409 answered=true", 1,
            "kind=wrong-state status=409 answered=true", 1,
            "Lost update: record notice/lunch", 2);
    // The log follows the responses.
    while (logged(start).values().stream().mapToInt(Integer::intValue).sum() < 13) {
      Thread.onSpinWait();
    }
    assertEquals(expected, logged(start));
  }

  @Test
  void sceneRemovesItsRecords() throws Exception {
    String customers = client.send("GET", "api/customers").body();
    String orders = client.send("GET", "api/orders").body();
    assertEquals(302, client.sendForm("traffic", Map.of("x", "")).statusCode());
    assertEquals(customers, client.send("GET", "api/customers").body());
    assertEquals(orders, client.send("GET", "api/orders").body());
  }

  @Test
  void logContainsNoSession() throws Exception {
    assertEquals(302, client.sendForm("traffic", Map.of("x", "")).statusCode());
    assertFalse(office.server().printed().contains(";jsessionid="));
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://other.example",
    "Origin, null",
    "X-Forwarded-For, 192.0.2.1",
    "Forwarded, for=192.0.2.1",
    "Via, 1.1 proxy"
  })
  void callersElsewhereAreRefused(String header, String value) throws Exception {
    assertEquals(403, client.sendForm("traffic", Map.of("x", ""), header, value).statusCode());
  }

  private Map<String, Integer> logged(int start) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    LINE.matcher(office.server().printed().substring(start))
        .results()
        .map(line -> line.group(1) == null ? line.group(2) : line.group(1))
        .forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }

  private static Map<String, Integer> counts(String page) {
    Map<String, Integer> counts = new TreeMap<>();
    ROW.matcher(page)
        .results()
        .forEach(row -> counts.put(row.group(1), Integer.valueOf(row.group(2))));
    return counts;
  }
}
