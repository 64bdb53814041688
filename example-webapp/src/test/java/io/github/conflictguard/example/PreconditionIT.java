package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.json;
import static io.github.conflictguard.example.server.OfficeClient.path;
import static io.github.conflictguard.example.server.OfficeClient.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions on an application whose handlers know nothing of them. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class PreconditionIT {

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final String email = UUID.randomUUID() + "@example.org";

  PreconditionIT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
  }

  @Test
  void aReadGivesAStrongTagAndTheSameReadGives304WithoutBody() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    String tag = tag(client.send("GET", customer));
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
    HttpResponse<String> again = client.send("GET", customer, "If-None-Match", tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(tag, tag(again));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api/customers", "api/customers/1", "api/orders", "api/orders/1"})
  void everyJsonAnswerHasATagThatHeadCarriesToo(String path) throws Exception {
    assertEquals(tag(client.send("GET", path)), tag(client.send("HEAD", path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "customers", "customers/new", "orders"})
  void aPageHasNoTag(String path) throws Exception {
    assertTrue(client.send("GET", path).headers().firstValue("ETag").isEmpty());
  }

  @Test
  void aPutWithTheCurrentTagSucceedsAndChangesTheTag() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    String tag = tag(client.send("GET", customer));
    HttpResponse<String> put = client.sendJson("PUT", customer, body("Augusta"), "If-Match", tag);
    assertEquals(200, put.statusCode());
    assertEquals("Augusta", storedName());
    assertNotEquals(tag, tag(client.send("GET", customer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  void aWriteWithAnOldTagIsRefusedAndTheRowIsUnchanged(String method) throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    String old = tag(client.send("GET", customer));
    client.sendJson("PUT", customer, body("Augusta"));
    HttpResponse<String> refused =
        client.sendJson(method, customer, body("Lost update"), "If-Match", old);
    assertEquals(412, refused.statusCode());
    assertEquals(
        "application/problem+json", refused.headers().firstValue("Content-Type").orElseThrow());
    JsonNode problem = json(refused);
    assertEquals(412, problem.get("status").intValue());
    assertEquals("stale-version", problem.get("kind").textValue());
    assertEquals("/" + customer, problem.get("resource").textValue());
    assertEquals(old, problem.get("sent").textValue());
    assertEquals(tag(client.send("GET", customer)), problem.get("current").textValue());
    assertEquals("Augusta", storedName());
  }

  @Test
  void aDeleteWithAnOldTagLeavesTheRow() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    String old = tag(client.send("GET", customer));
    client.sendJson("PUT", customer, body("Augusta"));
    assertEquals(412, client.send("DELETE", customer, "If-Match", old).statusCode());
    assertEquals("Augusta", storedName());
    String current = tag(client.send("GET", customer));
    assertEquals(204, client.send("DELETE", customer, "If-Match", current).statusCode());
    assertNull(storedName());
  }

  @Test
  void createOnlyIsRefusedWhereACustomerIs() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    HttpResponse<String> refused =
        client.sendJson("PUT", customer, body("Other"), "If-None-Match", "*");
    assertEquals(412, refused.statusCode());
    assertEquals("already-exists", json(refused).get("kind").textValue());
    assertEquals("Ada", storedName());
  }

  @Test
  void aPreconditionOnNothingIsRefused() throws Exception {
    HttpResponse<String> refused =
        client.sendJson("PUT", "api/customers/999999", body("Nobody"), "If-Match", "*");
    assertEquals(412, refused.statusCode());
    assertNull(storedName());
  }

  @Test
  void anOrderOfTheJpaHalfIsProtectedInTheSameWay() throws Exception {
    String order = path(client.createOrder(3));
    String old = tag(client.send("GET", order));
    assertEquals(
        200, client.sendJson("PATCH", order, "{\"quantity\":2}", "If-Match", old).statusCode());
    assertEquals(
        412, client.sendJson("PATCH", order, "{\"quantity\":9}", "If-Match", old).statusCode());
    assertEquals(2, json(client.send("GET", order)).get("quantity").intValue());
  }

  private String body(String name) {
    return "{\"name\":\"%s\",\"email\":\"%s\"}".formatted(name, email);
  }

  private String storedName() throws Exception {
    return database.text("SELECT name FROM customer WHERE email = ?", email);
  }
}
