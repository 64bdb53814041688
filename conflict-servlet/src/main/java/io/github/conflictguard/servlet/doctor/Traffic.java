package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the requests that the container has served with those that passed the filter, and
 * reports it when all or many of them bypass the filter.
 *
 * <p>Evaluated at the end of requests, so that no thread and no timer is needed. Safe for use by
 * several threads.
 */
final class Traffic {

  /** The number of bypassing requests that is reported. */
  static final int MANY = 50;

  /** The number that is reported when no request passed the filter for some time. */
  static final int FEW = 5;

  static final long A_WHILE = TimeUnit.MINUTES.toNanos(2);

  /**
   * If at least one request in five bypasses the filter, a part of the application is not guarded.
   */
  private static final int PASSED_FOR_EACH = 4;

  private final Findings findings;
  private final Neighbourhood neighbours;
  private final LongSupplier nanoTime;
  private final LongAdder seen = new LongAdder();
  private final Count reads = new Count();
  private final Count writes = new Count();
  private final AtomicLong outside = new AtomicLong();
  private final AtomicLong forwarded = new AtomicLong();
  private final AtomicLong firstPast = new AtomicLong();

  Traffic(Findings findings, Neighbourhood neighbours, LongSupplier nanoTime) {
    this.findings = findings;
    this.neighbours = neighbours;
    this.nanoTime = nanoTime;
  }

  /** Counts a request that reaches the filter. */
  void seen() {
    seen.increment();
  }

  /** Returns how many requests have reached the filter. */
  long countSeen() {
    return seen.sum();
  }

  /** Returns how many requests for the application have been served without the filter. */
  long countPast() {
    return reads.past.get() + writes.past.get();
  }

  /**
   * Counts a request that the container has served.
   *
   * @param passed whether it passed the filter
   * @param forwardedTo the path to which a preceding filter forwarded it; null when none did, or
   *     when the path is not known
   */
  void served(HttpServletRequest request, boolean passed, @Nullable String forwardedTo) {
    if (passed) {
      count(request).passed.incrementAndGet();
      return;
    }
    String path = pathOf(request);
    ServedRequest served = new ServedRequest(request, path);
    if (!served.isForApplication()
        || (forwardedTo != null && !ServedRequest.isPathOfApplication(forwardedTo))) {
      return;
    }
    if (!neighbours.isGuarded(path)) {
      if (outside.incrementAndGet() == MANY && seen.sum() == 0) {
        reportOutside(path);
      }
      return;
    }
    if (neighbours.isAccessDecidedInFront() && !served.looksAuthenticated()) {
      return;
    }
    firstPast.compareAndSet(0, nanoTime.getAsLong() | 1);
    Count count = count(request);
    if (forwardedTo != null) {
      forwarded.incrementAndGet();
    }
    count.past.incrementAndGet();
    judge(path, forwardedTo);
  }

  private Count count(HttpServletRequest request) {
    String method = request.getMethod();
    return method.equals("GET") || method.equals("HEAD") ? reads : writes;
  }

  private void judge(String path, @Nullable String forwardedTo) {
    long past = countPast();
    if (seen.sum() == 0) {
      if (past >= MANY || (past >= FEW && nanoTime.getAsLong() - firstPast.get() > A_WHILE)) {
        report(FindingCode.NO_REQUEST_SEEN, "None of " + past + " requests", path, forwardedTo);
      }
      return;
    }
    long passed = reads.passed.get() + writes.passed.get();
    // If a wrapper hides attributes, requests that passed the filter appear not to have passed it.
    long unmarked = Math.max(0, seen.sum() - passed);
    if (isLargePart(past - unmarked, passed)
        || isLargePart(writes.past.get() - unmarked, writes.passed.get())) {
      report(FindingCode.REQUESTS_BYPASS_GUARD, past - unmarked + " requests", path, forwardedTo);
    }
  }

  private static boolean isLargePart(long past, long passed) {
    return past >= MANY && past * PASSED_FOR_EACH >= passed;
  }

  private void report(FindingCode code, String which, String path, @Nullable String forwardedTo) {
    boolean none = code == FindingCode.NO_REQUEST_SEEN;
    boolean byForward = forwarded.get() * 2 >= countPast() && forwardedTo != null;
    BypassCause cause = byForward ? BypassCause.FORWARDED : neighbours.bypassCause();
    String found =
        which
            + (none ? " has reached the guard" : " went past the guard")
            + ", such as "
            + PathShape.of(path)
            + (byForward
                ? ": a filter in front of it forwards them, that one to "
                    + PathShape.of(String.valueOf(forwardedTo))
                : "")
            + ". Nothing is checked there";
    findings.addWhile(code, "", found, cause.cure(neighbours), () -> !none || seen.sum() == 0);
  }

  private void reportOutside(String path) {
    List<String> mapped = neighbours.guardPatterns();
    findings.noteWhile(
        FindingCode.NO_REQUEST_SEEN,
        "mapping",
        MANY
            + " requests have been served, such as "
            + PathShape.of(path)
            + ", and none was for what the filter is mapped to: "
            + mapped,
        "If that is not on purpose, map the filter to /*",
        () -> seen.sum() == 0);
  }

  /**
   * Returns the path of a request. A request that was refused before it was mapped may have none.
   */
  private static String pathOf(HttpServletRequest request) {
    return request.getServletPath() == null ? "/" : RequestPath.of(request);
  }

  /** Counts the requests of one kind, by whether they passed the filter. */
  private static final class Count {
    final AtomicLong passed = new AtomicLong();
    final AtomicLong past = new AtomicLong();
  }
}
