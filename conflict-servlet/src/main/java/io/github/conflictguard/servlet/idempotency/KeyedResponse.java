package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.AsyncBufferingRequest;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that is executed once. It is buffered until it is recorded, so that a
 * client that has received it and repeats the request is not too early. Not thread-safe.
 */
public final class KeyedResponse implements BufferedResponseHandler {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Recorder recorder;
  private final BufferedResponse held;

  /** Whether it is sent at once, to find out whether the client is still there. */
  private final boolean flushes;

  /** Set by the thread that ends the response. */
  private volatile boolean undelivered;

  private boolean begun;
  private boolean continuing;
  private @Nullable AsyncBufferingRequest passed;

  /** Whether an error or a redirect is deferred, which {@link #ending} is called for twice. */
  private boolean postponed;

  /**
   * Creates a buffer.
   *
   * @param recorder called with the complete response, before it is sent
   * @param flushes whether to find out that the client does not receive it
   */
  public KeyedResponse(
      HttpServletRequest request,
      HttpServletResponse response,
      Recorder recorder,
      boolean flushes) {
    this.flushes = flushes;
    this.request = request;
    this.response = response;
    this.recorder = recorder;
    this.held = BufferedResponses.of(response, answer -> true, AppliedWrites.LARGEST, this);
  }

  /** Returns the response to pass to the application. */
  public BufferedResponse response() {
    return held;
  }

  /**
   * Passes the request to the application, whose response may be completed on another thread.
   *
   * @param seen the request as the application sees it
   */
  public void pass(HttpServletRequest seen, FilterChain chain)
      throws IOException, ServletException {
    AsyncBufferingRequest buffering = new AsyncBufferingRequest(seen, held);
    passed = buffering;
    try {
      chain.doFilter(buffering, held.forApplication());
    } finally {
      held.endWatch();
    }
    continuing = buffering.isContinuing();
    if (continuing) {
      buffering.returned();
    }
  }

  /** Returns whether the response is completed by another thread, or was. */
  public boolean isContinuing() {
    return continuing;
  }

  /** Returns whether the application has dispatched the request: the next pass continues it. */
  public boolean isDispatched() {
    return passed != null && passed.isDispatched();
  }

  @Override
  public void finish(BufferedResponse answer) throws IOException {
    boolean recorded =
        recorder.record(
            response.getStatus(),
            answer.locationSaid(),
            answer.isComplete() ? new RecordedAnswer(response, answer) : null);
    if (flushes && recorded) {
      deliver(answer);
    } else {
      answer.release();
    }
  }

  /**
   * Sends the head before the body: a connection that the client has closed fails with the second
   * of them at the earliest.
   */
  private void deliver(BufferedResponse answer) throws IOException {
    boolean framed =
        response.containsHeader("Content-Length")
            || response.containsHeader("Transfer-Encoding")
            || response.getStatus() < 200
            || response.getStatus() == HttpServletResponse.SC_NO_CONTENT
            || response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED;
    try {
      if (!framed && answer.isComplete()) {
        response.setContentLength(answer.encodedBody().length);
      }
      response.flushBuffer();
      answer.release();
      response.flushBuffer();
    } catch (IOException e) {
      // The client is gone.
      undelivered = true;
    }
  }

  /** Returns whether the client has certainly not received the complete response. */
  public boolean isUndelivered() {
    return undelivered;
  }

  @Override
  public void beforeEarlyRelease(BufferedResponse answer) {
    begun = true;
  }

  /** Returns whether a part of the body was sent before its end. */
  public boolean isBegun() {
    return begun && held.written() > 0;
  }

  @Override
  public void ending(int status, @Nullable String location) {
    if (postponed) {
      recorder.record(
          status,
          location,
          location == null
              ? RecordedAnswer.error(status, held.messageSaid(), response)
              : RecordedAnswer.redirect(status, location, response));
    }
  }

  /** Sends a redirect at once; containers send the page of an error after the filter. */
  @Override
  public void sendEnding(Sending passing) throws IOException {
    if (!flushes) {
      passing.send();
      return;
    }
    try {
      passing.send();
      if (held.locationSaid() != null) {
        response.flushBuffer();
      }
    } catch (IOException e) {
      // The client is gone.
      undelivered = true;
    }
  }

  /**
   * Postpones an error or a redirect until it is recorded, except where a redirect would be
   * resolved against another address.
   */
  @Override
  public boolean postpones(int status, @Nullable String location) {
    postponed =
        request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) == null
            && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
    return postponed;
  }

  /** Receives a complete response. */
  public interface Recorder {

    /**
     * Records a response.
     *
     * @param location the location of a redirect, as passed by the application; null for none
     * @param answer null when its body is not available
     * @return false if the filter will send another response in its place
     */
    boolean record(int status, @Nullable String location, @Nullable RecordedAnswer answer);
  }
}
