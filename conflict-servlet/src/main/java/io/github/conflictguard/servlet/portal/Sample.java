package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.problem.ProblemBuilder;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;

/** A request that meets a problem, and its response: the same for every application. Immutable. */
final class Sample {

  private static final String CUSTOMER = "/api/customers/1";
  private static final String OLD_TAG = "\"5f1d09a2\"";
  private static final String NEW_TAG = "\"c83b7e40\"";
  private static final String KEY = "Idempotency-Key: \"8e03978e-40d5-43e8-bc93-6894a57f9324\"";
  private static final String JSON = "Content-Type: application/json";
  private static final String PHONE = "{\"phone\":\"+44 20 7946 0002\"}";
  private static final String EMAIL = "{\"name\":\"Ada\",\"email\":\"ada@example.org\"}";

  private final String request;
  private final String response;

  private Sample(String request, String response) {
    this.request = request;
    this.response = response;
  }

  /** Returns the sample of a type. */
  static Sample of(ProblemType type, ProblemKinds kinds) {
    String request = request(type);
    String target = request.split(" ", 3)[1];
    ProblemBuilder problem =
        ProblemDetail.of(type, target)
            .typeBase(kinds.base())
            .status(kinds.statusOf(type))
            .instance("urn:uuid:0b7c1f52-9d3e-4a68-8f21-6c5e2d904b17");
    complete(type, problem);
    return new Sample(request, response(problem.build()));
  }

  private static String request(ProblemType type) {
    switch (type.kind()) {
      case "stale-version":
        return type == ProblemType.PRECONDITION_FAILED
            ? lines("PATCH", CUSTOMER, PHONE, "If-Match: " + OLD_TAG, JSON)
            : lines("PATCH", CUSTOMER, PHONE, JSON);
      case "already-exists":
        return lines("PUT", CUSTOMER, EMAIL, "If-None-Match: *", JSON);
      case "precondition-required":
      case "slow-request":
      case "transient":
        return lines("PATCH", CUSTOMER, PHONE, JSON);
      case "locked":
        return lines("PATCH", CUSTOMER, PHONE, "If-Match: " + NEW_TAG, JSON);
      case "malformed-precondition":
        return lines("PATCH", CUSTOMER, PHONE, "If-Match: 5f1d09a2", JSON);
      case "not-found":
        return lines("PATCH", "/api/customers/9", PHONE, "If-Match: " + OLD_TAG, JSON);
      case "duplicate-submit":
        return lines(
            "POST",
            "/customers/save",
            "name=Ada&_conflictguard=...",
            "Content-Type: application/x-www-form-urlencoded");
      case "still-referenced":
        return lines("DELETE", CUSTOMER, "");
      case "missing-reference":
      case "broken-reference":
        return lines("POST", "/api/orders", "{\"customerId\":9,\"item\":\"Brass gears\"}", JSON);
      case "exclusion":
        return lines("POST", "/api/bookings", "{\"room\":3,\"from\":\"10:00\"}", JSON);
      case "wrong-state":
      case "business-rule":
        return lines("POST", "/api/orders/1/ship", "");
      default:
        return type.kind().contains("key-reused") || type.retry() == RetryHint.SAME_REQUEST
            ? lines("POST", "/api/customers", EMAIL, KEY, JSON)
            : type.kind().equals("already-applied")
                ? lines("POST", "/api/customers", EMAIL, KEY, JSON)
                : lines("POST", "/api/customers", EMAIL, JSON);
    }
  }

  private static void complete(ProblemType type, ProblemBuilder problem) {
    switch (type) {
      case PRECONDITION_FAILED:
        problem.header("If-Match").sent(OLD_TAG).current(NEW_TAG);
        break;
      case ALREADY_EXISTS:
        problem.header("If-None-Match").sent("*").current(NEW_TAG);
        break;
      case PRECONDITION_REQUIRED:
        problem.header("If-Match");
        break;
      case MALFORMED_PRECONDITION:
        problem.header("If-Match").reason("an entity tag begins with a quotation mark");
        break;
      case DUPLICATE_KEY:
        problem.field("email");
        break;
      case WRONG_STATE:
        problem.state("SHIPPED", Collections.singletonList("RETURNED"));
        break;
      case BUSINESS_RULE:
        problem.rule("credit-limit", Collections.singletonMap("limit", "500"));
        break;
      default:
        if (type.retry() == RetryHint.SAME_REQUEST) {
          problem.retryAfter(1);
        }
    }
  }

  private static String lines(String method, String target, String body, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\n");
    Arrays.stream(headers).forEach(header -> request.append(header).append('\n'));
    return request + (body.isEmpty() ? "" : "\n" + body);
  }

  private static String response(ProblemDetail problem) {
    StringBuilder response = new StringBuilder("HTTP/1.1 " + problem.status() + "\n");
    response.append("Content-Type: ").append(ProblemJson.MEDIA_TYPE).append('\n');
    response.append("Cache-Control: no-store\n");
    if (problem.current() != null) {
      response.append("ETag: ").append(problem.current()).append('\n');
    }
    if (problem.retryAfter() != null) {
      response.append("Retry-After: ").append(problem.retryAfter()).append('\n');
    }
    return response.append('\n').append(body(problem)).toString();
  }

  private static String body(ProblemDetail problem) {
    String json = new String(ProblemJson.write(problem), StandardCharsets.UTF_8);
    try {
      return PrettyJson.of(JsonReader.parse(json));
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(json, e);
    }
  }

  /** Returns the request. */
  String request() {
    return request;
  }

  /** Returns the response. */
  String response() {
    return response;
  }
}
