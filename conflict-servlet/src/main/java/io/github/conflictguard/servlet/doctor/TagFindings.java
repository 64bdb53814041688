package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reports responses without a usable entity tag, and writes whose tags are not checked. */
final class TagFindings {

  /** The number of responses of one kind without a tag that are reported. */
  static final int STREAMED_ANSWERS_UNTIL_TOLD = 20;

  private static final int MOST_SHAPES = 100;

  private final Findings findings;
  private final Map<String, AtomicInteger> streamed = new ConcurrentHashMap<>();

  TagFindings(Findings findings) {
    this.findings = findings;
  }

  /** See {@link Doctor#streamed}. */
  void streamed(@Nullable String rule, HttpServletRequest request) {
    String shape = PathShape.of(RequestPath.of(request));
    AtomicInteger count = streamed.get(shape);
    if (count == null) {
      if (streamed.size() >= MOST_SHAPES) {
        return;
      }
      count = streamed.computeIfAbsent(shape, path -> new AtomicInteger());
    }
    if (count.incrementAndGet() == STREAMED_ANSWERS_UNTIL_TOLD) {
      findings.add(
          FindingCode.STREAMED_BODY,
          shape,
          STREAMED_ANSWERS_UNTIL_TOLD
              + " answers of "
              + shape
              + Findings.ofRule(rule)
              + " got no entity tag, because they are longer than bufferLimit, take longer than"
              + " holdMillis, or are flushed before their end",
          "If clients write to them, give these paths a rule whose tag comes from elsewhere than"
              + " the body (query, counter, resolver, application), or raise bufferLimit or"
              + " holdMillis; if not, nothing is lost");
    }
  }

  /** See {@link Doctor#leftToApplication}. */
  void leftToApplication(String shape, String reason) {
    findings.add(
        FindingCode.OWN_PRECONDITIONS,
        shape,
        "The application judges the preconditions of writes to " + shape + " itself: " + reason,
        "Nothing has to be done where it does. Where it does not, give these paths a rule with"
            + " \"tag\": \"body\" (or counter, query, resolver), and the guard judges them");
  }

  /** See {@link Doctor#tagHidden}. */
  void hidden(HttpServletRequest request, boolean exposed) {
    findings.add(
        FindingCode.CORS_HIDES_TAG,
        "",
        "Scripts of other origins may read the responses of "
            + PathShape.of(RequestPath.of(request))
            + " (Access-Control-Allow-Origin), but not their ETag, which they need for If-Match",
        "Send Access-Control-Expose-Headers: ETag, Retry-After, Link with the responses themselves,"
            + " not with the preflight"
            + (exposed ? "; or set exposeHeaders to true, which appends them" : ""));
  }

  /** See {@link Doctor#encoded}. */
  void encoded(String encoding, HttpServletRequest request) {
    if (!encoding.equalsIgnoreCase("identity")) {
      findings.add(
          FindingCode.ENCODED_BODY,
          "",
          "Answers are encoded ("
              + encoding.replaceAll("[^!-~]", "?")
              + ") behind the guard, first seen for "
              + PathShape.of(RequestPath.of(request))
              + ": their entity tags are those of the encoded bytes, which another client, or the"
              + " guard when it requests the current state, may not get",
          "Put the filter-mapping of the guard behind the filter that compresses, or let the"
              + " container compress");
    }
  }
}
