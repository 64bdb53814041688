package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the office does by itself, in both containers. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class OfficeIT {

  private static final String LAUNCHER = "github/conflictguard/example/launch/";

  private final OfficeDatabase database;
  private final OfficeClient client;

  OfficeIT(RunningOffice office) {
    this.database = office.database();
    this.client = new OfficeClient(office.server());
  }

  @Test
  void theListIsAJsonArrayOfCustomers() throws Exception {
    HttpResponse<String> response = client.send("GET", "api/customers");
    assertEquals(200, response.statusCode());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonNode ada = json(response).get(0);
    assertEquals(1, ada.get("id").intValue());
    assertEquals("Ada Lovelace", ada.get("name").textValue());
    assertEquals("ada@example.org", ada.get("email").textValue());
  }

  @Test
  void headAnswersLikeGetWithoutABody() throws Exception {
    HttpResponse<String> get = client.send("GET", "api/customers/2");
    HttpResponse<String> head = client.send("HEAD", "api/customers/2");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    for (String header : new String[] {"Content-Type", "Content-Length"}) {
      assertEquals(get.headers().firstValue(header), head.headers().firstValue(header));
    }
  }

  @Test
  void creatingACustomerAnswers201WithItsAddress() throws Exception {
    HttpResponse<String> created = create("Zoë", "zoe@example.org");
    String location = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> read = client.send("GET", location.substring(1));
    assertEquals(created.body(), read.body());
    assertEquals("Zoë", json(read).get("name").textValue());
  }

  @Test
  void puttingACustomerReplacesEveryField() throws Exception {
    String path = OfficeClient.path(create("Kurt", "kurt@example.org"));
    HttpResponse<String> put =
        client.sendJson("PUT", path, "{\"name\":\"Kurt G.\",\"email\":\"kg@example.org\"}");
    assertEquals(200, put.statusCode());
    assertEquals("Kurt G.", json(put).get("name").textValue());
    assertTrue(json(put).get("phone").isNull());
    assertEquals(put.body(), client.send("GET", path).body());
  }

  @Test
  void patchingACustomerLeavesTheOtherFieldsAlone() throws Exception {
    String path = OfficeClient.path(create("Emmy", "emmy@example.org"));
    HttpResponse<String> patched = client.sendJson("PATCH", path, "{\"phone\":\"12\"}");
    assertEquals(200, patched.statusCode());
    assertEquals("Emmy", json(patched).get("name").textValue());
    assertEquals("12", json(patched).get("phone").textValue());
  }

  @Test
  void deletingACustomerAnswers204() throws Exception {
    String path = OfficeClient.path(create("Gone", "gone@example.org"));
    assertEquals(204, client.send("DELETE", path).statusCode());
    assertEquals(404, client.send("GET", path).statusCode());
    assertEquals(404, client.send("DELETE", path).statusCode());
  }

  @Test
  void puttingAnAbsentCustomerAnswers404() throws Exception {
    String body = "{\"name\":\"Nobody\",\"email\":\"nobody@example.org\"}";
    assertEquals(404, client.sendJson("PUT", "api/customers/999", body).statusCode());
  }

  @Test
  void anOrderCarriesAVersionThatCountsItsChanges() throws Exception {
    String body = "{\"customerId\":3,\"item\":\"Pencils\",\"quantity\":2}";
    HttpResponse<String> created = client.sendJson("POST", "api/orders", body);
    assertEquals(201, created.statusCode());
    assertEquals(0, json(created).get("version").intValue());
    HttpResponse<String> patched =
        client.sendJson("PATCH", OfficeClient.path(created), "{\"quantity\":3,\"version\":0}");
    assertEquals(1, json(patched).get("version").intValue());
    assertEquals(204, client.send("DELETE", OfficeClient.path(created)).statusCode());
  }

  @Test
  void shippingAnOrderAnswers200AndChangesItsState() throws Exception {
    HttpResponse<String> shipped = client.send("POST", "api/orders/3/ship");
    assertEquals(200, shipped.statusCode());
    assertEquals("SHIPPED", json(shipped).get("state").textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api/customers/999",
        "api/customers/",
        "api/customers/one",
        "api/customers/01",
        "api/customers/1/2",
        "api/orders/999",
        "api/orders/99999999999999999999",
        "customers/edit",
        "customers/edit?id=999",
        "customers/edit?id=x"
      })
  void whatDoesNotExistAnswers404(String path) throws Exception {
    assertEquals(404, client.send("GET", path).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api/orders/999/ship", "api/orders/x/ship", "api/orders/ship"})
  void whatDoesNotExistCannotBeShipped(String path) throws Exception {
    assertEquals(404, client.send("POST", path).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, api/customers, 'GET, HEAD, POST'",
    "POST, api/customers/1, 'GET, HEAD, PUT, PATCH, DELETE'",
    "POST, api/orders/1, 'GET, HEAD, PUT, PATCH, DELETE'",
    "GET, api/orders/1/ship, POST",
    "GET, customers/save, POST",
    "POST, customers, 'GET, HEAD'"
  })
  void anUnsupportedMethodAnswers405WithTheSupportedOnes(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> response = client.send(method, path);
    assertEquals(405, response.statusCode());
    assertEquals(allow, response.headers().firstValue("Allow").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "{\"name\":\"broken off",
        "{} {}",
        "[]",
        "null",
        "{\"name\":7}",
        "{\"name\":[\"Ada\"]}",
        "{\"name\":\"half a pair \\ud800\"}"
      })
  void aBodyThatIsNoCustomerAnswers400(String body) throws Exception {
    HttpResponse<String> response = client.sendJson("POST", "api/customers", body);
    assertEquals(400, response.statusCode());
    assertTrue(json(response).get("error").isTextual());
    assertEquals(400, client.sendJson("PATCH", "api/customers/1", body).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"quantity\":\"2\"}",
        "{\"quantity\":2.5}",
        "{\"customerId\":\"1\"}",
        "{\"version\":true}"
      })
  void aBodyThatIsNoOrderAnswers400(String body) throws Exception {
    assertEquals(400, client.sendJson("PATCH", "api/orders/1", body).statusCode());
  }

  @Test
  void aBodyThatIsNotUtf8Answers400() throws Exception {
    byte[] latin1 = "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(400, client.sendJson("POST", "api/customers", latin1).statusCode());
  }

  @Test
  void theCustomerPageShowsTheSeededNames() throws Exception {
    HttpResponse<String> page = client.send("GET", "customers");
    assertEquals(
        "text/html;charset=utf-8",
        page.headers().firstValue("Content-Type").orElseThrow().toLowerCase(Locale.ROOT));
    for (String name : new String[] {"Ada Lovelace", "Grace Hopper", "Edsger Dijkstra"}) {
      assertTrue(page.body().contains(name), name);
    }
  }

  @Test
  void everyPageIsAWholeDocument() throws Exception {
    for (String path :
        new String[] {"", "customers", "customers/edit?id=1", "customers/new", "orders"}) {
      String page = client.send("GET", path).body();
      assertTrue(page.startsWith("<!DOCTYPE html>"), path);
      assertTrue(page.stripTrailing().endsWith("</html>"), path);
    }
  }

  @Test
  void markupInANameIsEscaped() throws Exception {
    String path = OfficeClient.path(create("<b>\\\"&'", "markup@example.org"));
    String form = client.send("GET", "customers/edit?id=" + path.replaceAll(".*/", "")).body();
    String list = client.send("GET", "customers").body();
    for (String page : new String[] {form, list}) {
      assertTrue(page.contains("&lt;b&gt;&quot;&amp;&#39;"), page);
      assertFalse(page.contains("<b>"), page);
    }
  }

  @Test
  void aFormKeepsEveryLetterOfAName() throws Exception {
    String name = "Željko Ørsted 東京 😀";
    HttpResponse<String> saved =
        client.sendForm("customers/save", Map.of("name", name, "email", "form@example.org"));
    assertEquals(302, saved.statusCode());
    assertTrue(saved.headers().firstValue("Location").orElseThrow().endsWith("/customers"));
    assertEquals(name, storedName("form@example.org"));
    assertTrue(client.send("GET", "customers").body().contains(name));
  }

  @Test
  void theFormsChangeAndDeleteACustomer() throws Exception {
    String id = OfficeClient.path(create("Old", "old@example.org")).replaceAll(".*/", "");
    client.sendForm("customers/save", Map.of("id", id, "name", "New", "email", "new@example.org"));
    assertEquals("New", storedName("new@example.org"));
    assertEquals(302, client.sendForm("customers/delete", Map.of("id", id)).statusCode());
    assertEquals(404, client.send("GET", "customers/edit?id=" + id).statusCode());
  }

  @Test
  void theShipButtonShipsAnOrder() throws Exception {
    assertEquals(302, client.sendForm("orders/ship", Map.of("id", "4")).statusCode());
    assertEquals("SHIPPED", json(client.send("GET", "api/orders/4")).get("state").textValue());
  }

  @Test
  void anUnexpectedFailureShowsNothingOfItsCause() throws Exception {
    HttpResponse<String> response =
        client.sendJson("POST", "api/customers", "{\"email\":\"nameless@example.org\"}");
    assertEquals(500, response.statusCode());
    assertTrue(response.body().startsWith("Sorry"), response.body());
    assertFalse(response.body().contains("Exception"), response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/" + LAUNCHER + "Main.class",
        "io/" + LAUNCHER + "EmbeddedJetty.class",
        "io/" + LAUNCHER + "Main.class;x",
        "io;x=1/" + LAUNCHER + "Main.class",
        ";x/io/" + LAUNCHER + "Main.class",
        "%69o/" + LAUNCHER + "Main.class",
        "%2e/io/" + LAUNCHER + "Main.class",
        "./io/" + LAUNCHER + "Main.class",
        "customers/../io/" + LAUNCHER + "Main.class",
        "customers/%2e%2e/io/" + LAUNCHER + "Main.class",
        "io%2f" + LAUNCHER + "Main.class",
        "/io/" + LAUNCHER + "Main.class",
        "io//" + LAUNCHER + "Main.class",
        "WEB-INF/web.xml",
        "WEB-INF/lib-embedded/"
      })
  void theInsidesOfTheArchiveAreNotServed(String path) throws Exception {
    int status = client.send("GET", path).statusCode();
    assertTrue(status == 400 || status == 403 || status == 404, path + " answers " + status);
  }

  private HttpResponse<String> create(String name, String email) throws Exception {
    return client.createCustomer(name, email);
  }

  private String storedName(String email) throws Exception {
    return database.text("SELECT name FROM customer WHERE email = ?", email);
  }
}
