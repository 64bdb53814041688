package io.github.conflictguard.example.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Talks to an office as a program or as a browser would; follows no redirect. */
public final class OfficeClient {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final OfficeServer office;

  public OfficeClient(OfficeServer office) {
    this.office = office;
  }

  /** Sends a request without a body. */
  public HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, new byte[0], headers);
  }

  /** Sends a body as {@code application/json}, whatever it is. */
  public HttpResponse<String> sendJson(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return sendJson(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Sends a body as {@code application/json}, whatever it is. */
  public HttpResponse<String> sendJson(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(method, path, body, headers);
    return send(request.header("Content-Type", "application/json").build());
  }

  /** Sends a form the way a browser does: UTF-8, and no word about it. */
  public HttpResponse<String> sendForm(String path, Map<String, String> fields, String... headers)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        request("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    return send(request.header("Content-Type", "application/x-www-form-urlencoded").build());
  }

  /** Adds a customer whose phone is "1", and expects that to succeed. */
  public HttpResponse<String> createCustomer(String name, String email)
      throws IOException, InterruptedException {
    return created(
        "api/customers",
        "{\"name\":\"%s\",\"email\":\"%s\",\"phone\":\"1\"}".formatted(name, email));
  }

  /** Adds an order of a customer, and expects that to succeed. */
  public HttpResponse<String> createOrder(long customerId)
      throws IOException, InterruptedException {
    return created(
        "api/orders",
        "{\"customerId\":%d,\"item\":\"Pencils\",\"quantity\":1}".formatted(customerId));
  }

  /** The path of what an answer says it has created, without the slash in front. */
  public static String path(HttpResponse<String> created) {
    return created.headers().firstValue("Location").orElseThrow().substring(1);
  }

  /** The entity tag of an answer. */
  public static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  /** The body of an answer as JSON. */
  public static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  private HttpResponse<String> created(String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = sendJson("POST", path, body);
    if (response.statusCode() != 201) {
      throw new AssertionError(response + ": " + response.body());
    }
    return response;
  }

  private HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(request(method, path, body, headers).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(office.address() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
