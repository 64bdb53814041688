package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.tag.Taggable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The rest of the chain for one pass of a write. A response that hides a conflict is held and
 * discarded, and the conflict is stored in the {@link Detection}. All other responses pass
 * unchanged, as do asynchronous ones.
 */
final class ConflictDetectingChain implements FilterChain {

  private static final Logger LOG = FilterNames.log();

  private final FilterChain chain;
  private final HttpServletRequest request;
  private final AnswerRules answers;
  private final boolean protect;
  private final ResponseHeaderTracker before;
  private final Supplier<@Nullable WriteFence> fences;
  private final Detection detection;
  private final ConflictDetector detector;
  private final ConflictSearch search;

  ConflictDetectingChain(
      FilterChain chain,
      HttpServletRequest request,
      AnswerRules answers,
      boolean protect,
      ResponseHeaderTracker before,
      Supplier<@Nullable WriteFence> fences,
      Detection detection,
      ConflictDetector detector) {
    this.chain = chain;
    this.request = request;
    this.answers = answers;
    this.protect = protect;
    this.before = before;
    this.fences = fences;
    this.detection = detection;
    this.detector = detector;
    this.search = detector.search();
  }

  @Override
  public void doFilter(ServletRequest passed, ServletResponse response)
      throws IOException, ServletException {
    ConflictTraces traces = new ConflictTraces(search, request, answers, fences.get());
    detection.begin(traces);
    BufferedResponse answer =
        BufferedResponses.ofWrite(
            (HttpServletResponse) response,
            held -> protect && traces.concern(held.getStatus()),
            detector.bufferLimit(),
            protect ? new SwallowedConflictHandler(traces) : BufferedResponse::release,
            before,
            detector.timer());
    try {
      traces.open();
      try {
        chain.doFilter(
            new AttributeRecordingRequest((HttpServletRequest) passed, answer, traces),
            answer.forApplication());
      } finally {
        answer.endWatch();
      }
      answer.end();
      int status = answer.statusSaid();
      if (detection.found() == null && traces.concern(status) && !request.isAsyncStarted()) {
        // Includes committed responses: the conflict is reported then.
        detection.found(traces.behind(status, answer.locationSaid()));
      }
    } catch (Throwable e) {
      boolean flushed = answer.isFlushPutOff();
      boolean sent = response.isCommitted() || flushed;
      lookBehind(
          e,
          traces,
          sent ? answer.statusSaid() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          sent ? answer.locationSaid() : null);
      if (protect && !sent && detection.found() == null && detection.classify(e, search) != null) {
        // Jersey first notifies the container of the error. The conflict replaces that response.
        throw e;
      }
      if (!protect || detection.found() == null || (sent && !(flushed && isOfHandler()))) {
        // Containers differ in which of the two becomes the response.
        answer.sendPostponed();
        answer.releaseFlushed();
        throw e;
      }
      LOG.log(Level.FINE, "The conflict left the application as another exception", e);
    } finally {
      traces.end();
    }
  }

  /**
   * Returns whether the detected exception is the one that the application has handled. An
   * attribute may be set after the exception was thrown, whereas an exception that the recorder
   * received later was thrown later.
   */
  private boolean isOfHandler() {
    return detection.found() != null && detection.found().found == Found.ATTRIBUTE;
  }

  /**
   * Inspects an exception that has left the application. An exception that itself reports a
   * conflict is handled by the filter. Any other one means that the application has failed, unless
   * the response was sent: then the connection may have failed.
   */
  private void lookBehind(
      Throwable thrown, ConflictTraces traces, int status, @Nullable String location) {
    if (ConflictSearch.isErrorOfApplication(thrown)) {
      detection.found(null);
    } else if (traces.refusedCommit() != null) {
      detection.found(traces.refusedCommit());
    } else if (detection.found() == null && detection.classify(thrown, search) == null) {
      detection.found(traces.behind(status, location));
    }
  }

  /** Inspects each response of the application before it is committed. */
  private final class SwallowedConflictHandler implements BufferedResponseHandler {

    private final ConflictTraces traces;

    SwallowedConflictHandler(ConflictTraces traces) {
      this.traces = traces;
    }

    @Override
    public void finish(BufferedResponse answer) throws IOException {
      ending(answer.getStatus(), answer.getHeader("Location"));
      if (isToBeReplaced(answer)) {
        answer.replace();
      } else {
        answer.release();
      }
    }

    private boolean isToBeReplaced(BufferedResponse answer) {
      return replacesEnding() && (isOfHandler() || !answer.isFlushPutOff());
    }

    @Override
    public void beforeEarlyRelease(BufferedResponse answer) {
      ending(answer.getStatus(), answer.getHeader("Location"));
      if (isToBeReplaced(answer)) {
        answer.replace();
      }
    }

    @Override
    public void ending(int status, @Nullable String location) {
      // The status of an included servlet is not the response's, and not all containers hide it.
      if (request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null) {
        detection.found(traces.behind(status, location));
      }
    }

    @Override
    public boolean replacesEnding() {
      return detection.found() != null;
    }

    /**
     * Returns whether flushes are ignored. Message converters of Spring MVC flush, and JSON mappers
     * close, before the exception is stored. A successful page may be flushed in order to show a
     * part of it.
     */
    @Override
    public boolean holdsOverFlush(BufferedResponse answer) {
      String type = answer.getContentType();
      return !Taggable.isStream(type)
          && (answer.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
              || Taggable.isJsonOrXml(type));
    }

    /**
     * Returns whether an error or redirect is postponed. Spring MVC first notifies the container,
     * and stores the exception afterwards. Where the request currently has another address,
     * containers record that one, and resolve redirects against it.
     */
    @Override
    public boolean postpones(int status, @Nullable String location) {
      return traces.concern(status)
          && request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null
          && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null
          && (location == null || location.startsWith("/") || location.contains("://"));
    }
  }
}
