package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.detection.Detection;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.idempotency.RecordedSubmit;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one pass of a request: the application has responded, the filter refuses the
 * request or has its response already, or a conflict was detected. {@link FilterResponses#answer}
 * turns it into a response, after the lock is released. Immutable.
 */
abstract class EnforcementResult {

  /** The application has responded, and nothing is left to be sent or recorded. */
  static final EnforcementResult PASSED = new Passed(null, null);

  private final @Nullable BufferedResponse rest;

  private EnforcementResult(@Nullable BufferedResponse rest) {
    this.rest = rest;
  }

  /**
   * Returns the result of a write that the application has handled.
   *
   * @param rest the application's response, whose end may still be buffered
   * @param submit the recorded response to a form; null where there is none, or the application has
   *     certainly stored nothing
   */
  static EnforcementResult passed(BufferedResponse rest, @Nullable RecordedSubmit submit) {
    return new Passed(rest, submit);
  }

  /** Returns the result of a pass from which the application has returned. */
  static EnforcementResult of(Detection detection) {
    DetectedConflict found = detection.found();
    return found == null ? PASSED : new Detected(found, null);
  }

  /**
   * Returns the result of a pass in which a conflict was detected.
   *
   * @param rest a response around the discarded one; null when there is none
   */
  static EnforcementResult detected(DetectedConflict found, @Nullable BufferedResponse rest) {
    return new Detected(found, rest);
  }

  /** Returns the result of a request that is refused with a problem. */
  static Refused refused(ProblemDetail problem, Found found) {
    return new Refused(
        problem, found, null, null, StaleCause.CHANGED, false, Collections.emptyMap());
  }

  /**
   * Returns the result of a read whose client has the current representation.
   *
   * @param tag the tag of the representation; null when it has none
   * @param afterApplication whether the response replaces that of the application
   */
  static EnforcementResult notModified(@Nullable EntityTag tag, boolean afterApplication) {
    return new NotModified(tag, afterApplication);
  }

  /** Returns the result of a request that the application refuses in another one. */
  static EnforcementResult existing(ExistingResponse response) {
    return new Existing(response, true);
  }

  /** Returns the result of a request that gets the recorded response to an earlier one. */
  static EnforcementResult repeated(ExistingResponse response) {
    return new Existing(response, false);
  }

  /**
   * Sends the end of the application's response, if it is still buffered. Not called under the
   * lock, because the client may be slow.
   */
  void sendRest() throws IOException {
    if (rest != null) {
      rest.end();
    }
  }

  /** Returns whether the application has responded, and no conflict was detected. */
  boolean isOfApplication() {
    return false;
  }

  /**
   * Returns the recorded response to a form; null unless the application has responded to it and
   * may have stored something.
   */
  @Nullable RecordedSubmit submit() {
    return null;
  }

  /** The application has responded. */
  private static final class Passed extends EnforcementResult {

    private final @Nullable RecordedSubmit submit;

    Passed(@Nullable BufferedResponse rest, @Nullable RecordedSubmit submit) {
      super(rest);
      this.submit = submit;
    }

    @Override
    boolean isOfApplication() {
      return true;
    }

    @Override
    @Nullable RecordedSubmit submit() {
      return submit;
    }
  }

  /** A conflict that the application does not report itself. */
  static final class Detected extends EnforcementResult {

    final DetectedConflict conflict;

    private Detected(DetectedConflict conflict, @Nullable BufferedResponse rest) {
      super(rest);
      this.conflict = conflict;
    }
  }

  /** The filter refuses the request with a problem. */
  static final class Refused extends EnforcementResult {

    final ProblemDetail problem;
    final Found found;

    /** The current tag, sent as a header; null where it may not be disclosed to the client. */
    final @Nullable EntityTag current;

    /** The conflict of a form; null when there is none, or its details are not known. */
    final @Nullable FormConflict form;

    /** Why the form is stale; the application does not report who has made the change. */
    final StaleCause cause;

    /** Whether the application has already responded, so that access to it is decided. */
    final boolean afterApplication;

    /** Further headers of the response. */
    private final Map<String, String> headers;

    private Refused(
        ProblemDetail problem,
        Found found,
        @Nullable EntityTag current,
        @Nullable FormConflict form,
        StaleCause cause,
        boolean afterApplication,
        Map<String, String> headers) {
      super(null);
      this.headers = headers;
      this.problem = problem;
      this.found = found;
      this.current = current;
      this.form = form;
      this.cause = cause;
      this.afterApplication = afterApplication;
    }

    /** Returns the same refusal with the current tag. */
    Refused with(@Nullable EntityTag tag) {
      return new Refused(problem, found, tag, form, cause, afterApplication, headers);
    }

    /** Returns the same refusal with the conflict of a form. */
    Refused with(@Nullable FormConflict conflict, StaleCause why) {
      return new Refused(problem, found, current, conflict, why, afterApplication, headers);
    }

    /** Returns the same refusal, as a replacement of the application's response. */
    Refused afterApplication() {
      return new Refused(problem, found, current, form, cause, true, headers);
    }

    /** Returns the same refusal with a header. */
    Refused with(String name, String value) {
      return new Refused(
          problem,
          found,
          current,
          form,
          cause,
          afterApplication,
          Collections.singletonMap(name, value));
    }

    /** Adds the further headers to the response. */
    void addHeadersTo(HttpServletResponse response) {
      headers.forEach(response::addHeader);
    }
  }

  /** The client has the current representation. */
  static final class NotModified extends EnforcementResult {

    final @Nullable EntityTag tag;
    final boolean afterApplication;

    private NotModified(@Nullable EntityTag tag, boolean afterApplication) {
      super(null);
      this.tag = tag;
      this.afterApplication = afterApplication;
    }
  }

  /** A response that the application has given to another request. */
  static final class Existing extends EnforcementResult {

    final ExistingResponse response;

    /** Whether the application has decided on access to it for this request. */
    final boolean decided;

    private Existing(ExistingResponse response, boolean decided) {
      super(null);
      this.response = response;
      this.decided = decided;
    }
  }

  /**
   * A response that exists before the request is handled: the application's refusal of the internal
   * GET, or the recorded response to the same request.
   */
  @FunctionalInterface
  interface ExistingResponse {

    void sendTo(HttpServletResponse response) throws IOException;
  }
}
