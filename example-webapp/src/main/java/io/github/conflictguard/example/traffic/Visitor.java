package io.github.conflictguard.example.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user of the scene, with a session of their own: opens pages, saves forms, runs programs. */
final class Visitor {

  private static final Pattern SESSION = Pattern.compile(";jsessionid=[^?]+");

  private final HttpClient http;
  private final URI office;
  private final Tally tally;
  private String session = "";

  private Visitor(HttpClient http, URI office, Tally tally) {
    this.http = http;
    this.office = office;
    this.tally = tally;
  }

  /** Signs a user on. The session is part of the address to which the office redirects them. */
  static Visitor signOn(HttpClient http, URI office, Tally tally, String user) throws IOException {
    Visitor visitor = new Visitor(http, office, tally);
    HttpResponse<String> redirect = visitor.send(Outcome.READ, "GET", "/sign-on?user=" + user, "");
    Matcher session = SESSION.matcher(header(redirect, "Location"));
    if (!session.find()) {
      throw new IllegalStateException("No session for " + user);
    }
    visitor.session = session.group();
    return visitor;
  }

  /** Opens a page, and returns its form. */
  OpenForm open(String page) throws IOException {
    return OpenForm.of(
        office.getPath() + inSession(page), send(Outcome.READ, "GET", page, "").body());
  }

  /** Saves a form, and returns that of the page that comes back if it is refused. */
  OpenForm save(OpenForm form, Outcome expected) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(office.resolve(form.action()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(BodyPublishers.ofString(form.encoded()));
    HttpResponse<String> response = send(expected, request);
    return response.statusCode() < 400 ? form : OpenForm.of(form.action(), response.body());
  }

  /** Reads a record as a program does, and returns its entity tag. */
  String tag(String record) throws IOException {
    return header(send(Outcome.READ, "GET", record, ""), "ETag");
  }

  /** Replaces a record, on the condition that it still has the tag. */
  void put(Outcome expected, String record, String json, String tag) throws IOException {
    send(expected, "PUT", record, json, "If-Match", tag);
  }

  /** Adds a record, and returns its path. */
  String add(String collection, String json) throws IOException {
    String path = header(send(Outcome.SAVED, "POST", collection, json), "Location");
    return path.substring(office.getPath().length());
  }

  /** Sends a request with a JSON body, or with none if it is empty. */
  HttpResponse<String> send(
      Outcome expected, String method, String path, String json, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(office + inSession(path)))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(expected, request);
  }

  private HttpResponse<String> send(Outcome expected, HttpRequest.Builder request)
      throws IOException {
    HttpRequest sent = request.timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> response;
    try {
      response = http.send(sent, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The scene was interrupted", e);
    }
    boolean replayed = response.headers().firstValue("Idempotent-Replayed").isPresent();
    Outcome outcome = Outcome.of(sent.method(), response.statusCode(), replayed);
    if (outcome != expected && !dependsOnTheMode(outcome, expected)) {
      throw new IllegalStateException(
          response + ": " + outcome + " in place of " + expected + "; the scene stops");
    }
    tally.addRequest(outcome);
    return response;
  }

  /** Returns whether the mode of a rule, which the monitor can change, decides between the two. */
  private static boolean dependsOnTheMode(Outcome one, Outcome other) {
    return EnumSet.of(Outcome.SAVED, Outcome.STALE).containsAll(List.of(one, other));
  }

  private String inSession(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path + session : path.substring(0, query) + session + path.substring(query);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response
        .headers()
        .firstValue(name)
        .orElseThrow(() -> new IllegalStateException(response + " has no " + name));
  }
}
