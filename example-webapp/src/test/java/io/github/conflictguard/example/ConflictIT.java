package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.json;
import static io.github.conflictguard.example.server.OfficeClient.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application or its database finds becomes one uniform answer. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class ConflictIT {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final String email = UUID.randomUUID() + "@example.org";

  ConflictIT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
  }

  @Test
  void aTakenEmailIsADuplicateKey() throws Exception {
    client.createCustomer("Ada", email);
    HttpResponse<String> taken = client.sendJson("POST", "api/customers", body("Second Ada"));
    assertConflict("duplicate-key", taken);
    assertEquals("email", json(taken).get("field").textValue());
  }

  @Test
  void anUpdateToATakenEmailIsADuplicateKey() throws Exception {
    client.createCustomer("Ada", email);
    String other = path(client.createCustomer("Grace", "other-" + email));
    assertConflict("duplicate-key", client.sendJson("PUT", other, body("Grace")));
    assertEquals("Grace", storedName("other-" + email));
  }

  @Test
  void aCustomerWithOrdersIsStillReferenced() throws Exception {
    HttpResponse<String> created = client.createCustomer("Ada", email);
    client.createOrder(json(created).get("id").longValue());
    HttpResponse<String> refused = client.send("DELETE", path(created));
    assertConflict("still-referenced", refused);
    assertTrue(json(refused).path("field").isMissingNode(), refused.body());
    assertEquals("Ada", storedName(email));
  }

  @Test
  void anOrderOfNobodyIsAMissingReference() throws Exception {
    assertConflict(
        "missing-reference",
        client.sendJson(
            "POST", "api/orders", "{\"customerId\":987654,\"item\":\"x\",\"quantity\":1}"));
  }

  @Test
  void shippingTwiceIsAWrongState() throws Exception {
    String order = path(client.createOrder(3));
    assertEquals(200, client.send("POST", order + "/ship").statusCode());
    assertConflict("wrong-state", client.send("POST", order + "/ship"));
  }

  @Test
  void anOldVersionInTheBodyIsAStaleVersion() throws Exception {
    String order = path(client.createOrder(3));
    client.sendJson("PATCH", order, "{\"quantity\":2,\"version\":0}");
    assertConflict(
        "stale-version", client.sendJson("PATCH", order, "{\"quantity\":3,\"version\":0}"));
    assertEquals(2, json(client.send("GET", order)).get("quantity").intValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\":\"nameless-%s\"}", // NOT NULL
        "{\"name\":\"Nobody\"}", // NOT NULL
      })
  void whatIsNoConflictStaysWhatItWas(String body) throws Exception {
    HttpResponse<String> response = client.sendJson("POST", "api/customers", body.formatted(email));
    assertEquals(500, response.statusCode());
  }

  @Test
  void aPlainBugStaysWhatItWas() throws Exception {
    HttpResponse<String> response =
        client.sendJson("POST", "api/orders", "{\"customerId\":1,\"item\":\"No quantity\"}");
    assertEquals(500, response.statusCode());
  }

  @Test
  void aBrowserGetsAPageAndAProgramGetsTheProblem() throws Exception {
    client.createCustomer("Ada", email);
    Map<String, String> form = Map.of("name", "Second Ada", "email", email);
    HttpResponse<String> page = client.sendForm("customers/save", form, "Accept", BROWSER);
    assertEquals(409, page.statusCode());
    assertEquals("text/html;charset=utf-8", contentType(page).toLowerCase(Locale.ROOT));
    assertTrue(page.body().contains("<h1>A record with this value exists already</h1>"));
    assertTrue(page.body().contains("email"), page.body());
    assertTrue(page.body().contains("value=\"" + email + '"'), "what was typed is still there");
    assertNothingLeaks(page.body().replace(email, ""));
    for (String accept : List.of("*/*", "application/json", "application/json, text/html;q=0.5")) {
      HttpResponse<String> problem = client.sendForm("customers/save", form, "Accept", accept);
      assertEquals("application/problem+json", contentType(problem), accept);
      assertConflict("duplicate-key", problem);
    }
    assertConflict("duplicate-key", client.sendForm("customers/save", form));
  }

  private void assertConflict(String kind, HttpResponse<String> response) throws Exception {
    assertEquals(409, response.statusCode(), response.body());
    assertEquals("application/problem+json", contentType(response));
    assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
    JsonNode problem = json(response);
    assertEquals(409, problem.get("status").intValue());
    assertEquals(kind, problem.get("kind").textValue());
    assertTrue(problem.get("type").textValue().startsWith("tag:"));
    assertTrue(problem.get("instance").textValue().startsWith("urn:uuid:"));
    assertEquals(response.request().uri().getPath(), problem.get("resource").textValue());
    assertFalse(problem.get("actions").isEmpty());
    assertNothingLeaks(response.body());
  }

  /** No SQL, no value, no name of a class, table or constraint. */
  private void assertNothingLeaks(String text) {
    // A style sheet speaks of select as well.
    String body = text.replaceAll("(?s)<style>.*?</style>", "").toLowerCase(Locale.ROOT);
    for (String word :
        List.of(
            "@example.org",
            "insert ",
            "update ",
            "select ",
            "exception",
            "org.h2",
            "hibernate",
            "customer_",
            "orders_",
            "constraint",
            "23505",
            "conflictguard.guard",
            "at io.")) {
      assertFalse(body.contains(word), word + " in " + text);
    }
  }

  private static String contentType(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElseThrow();
  }

  private String body(String name) {
    return "{\"name\":\"%s\",\"email\":\"%s\"}".formatted(name, email);
  }

  private String storedName(String address) throws Exception {
    return database.text("SELECT name FROM customer WHERE email = ?", address);
  }
}
