package com.example.orders.requests;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client sees of an answer, and what has run for it. */
record Answer(String seen, String trace) {

  private static final Pattern KIND = Pattern.compile("\"kind\"\\s*:\\s*\"([^\"]*)\"");

  static Answer of(HttpResponse<String> response, String trace) {
    String body = response.body();
    Matcher kind = KIND.matcher(body);
    if (response.headers().firstValue("Content-Type").orElse("").contains("problem+json")
        && kind.find()) {
      body =
          kind.group(1)
              + response.headers().firstValue("Retry-After").map(after -> " retry").orElse("");
    } else if (body.contains("<html")) {
      body = "page";
    }
    return new Answer(response.statusCode() + (body.isEmpty() ? "" : " " + body), trace);
  }

  @Override
  public String toString() {
    return seen + " | " + trace;
  }
}
