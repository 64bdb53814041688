package com.example.orders.requests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests to one application. */
final class Client {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String application;

  Client(int port, Way way) {
    application = "http://127.0.0.1:" + port + "/" + way.path();
  }

  /** Sends one request to the application in its first state. */
  Answer send(Sample sample) throws IOException, InterruptedException {
    HttpResponse<String> reset = exchange("POST", "/app/reset", "text/plain", "");
    if (reset.statusCode() != 200) {
      throw new AssertionError(application + " is not reset: " + reset.statusCode() + reset.body());
    }
    exchange("GET", "/trace", "", "");
    HttpResponse<String> response =
        exchange(sample.method(), sample.path(), sample.type(), sample.body());
    String trace = exchange("GET", "/trace", "", "").body();
    if (!sample.afterwards().isEmpty()) {
      trace += "; then " + exchange("GET", sample.afterwards(), "", "").body();
    }
    return Answer.of(response, trace);
  }

  private HttpResponse<String> exchange(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(application + path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.1")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
