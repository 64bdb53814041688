package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.RetryHint;
import io.github.conflictguard.servlet.page.Decorator;
import io.github.conflictguard.servlet.page.Page;
import io.github.conflictguard.servlet.page.Texts;
import io.github.conflictguard.servlet.response.HeaderSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes all responses that the filter itself sends, in a uniform way. They are written directly
 * and never by {@code sendError}, for which applications configure error pages.
 */
public final class Answers {

  private static final String HTML = "text/html;charset=UTF-8";

  private Answers() {}

  /** Sends a problem like the other method, without an entity tag. */
  public static void problem(
      HttpServletRequest request,
      HttpServletResponse response,
      HeaderSnapshot kept,
      ProblemDetail problem)
      throws IOException {
    problem(request, response, kept, problem, null, null);
  }

  /**
   * Sends a problem: a page for users, problem details for programs, a message for partial requests
   * of JSF.
   *
   * @param response not committed
   * @param kept the headers that the response has to carry in addition to its own
   * @param current the current entity tag, if the client may see it; otherwise null
   * @param body the application's own format for programs; null for problem details
   */
  public static void problem(
      HttpServletRequest request,
      HttpServletResponse response,
      HeaderSnapshot kept,
      ProblemDetail problem,
      @Nullable EntityTag current,
      @Nullable BodyTemplate body)
      throws IOException {
    if (isPageWanted(request)) {
      Texts texts = Texts.of(request);
      byte[] page = ProblemPage.write(problem, texts, BackLink.of(request));
      kept.resetForAnswer(response);
      setTag(response, current);
      page(request, response, problem, texts, page);
      return;
    }
    kept.resetForAnswer(response);
    setTag(response, current);
    if (PartialResponse.isAskedFor(request)) {
      response.setStatus(HttpServletResponse.SC_OK);
      byte[] message = PartialResponse.write(problem, Texts.of(request));
      send(request, response, problem, PartialResponse.MEDIA_TYPE, message);
    } else if (body != null) {
      response.setStatus(problem.status());
      byte[] ofApplication = body.write(problem, Texts.of(request));
      send(request, response, problem, BodyTemplate.MEDIA_TYPE, ofApplication);
    } else {
      response.setStatus(problem.status());
      send(request, response, problem, ProblemJson.MEDIA_TYPE, ProblemJson.write(problem));
    }
  }

  /** Returns whether a problem is reported to the client by a page. */
  public static boolean isPageWanted(HttpServletRequest request) {
    return !PartialResponse.isAskedFor(request)
        && AcceptHeader.prefersHtml(request.getHeaders("Accept"));
  }

  /**
   * Sends a page that reports a problem.
   *
   * @param response not committed
   * @param kept the headers that the response has to carry in addition to its own
   * @param page created by {@link Page}
   */
  public static void page(
      HttpServletRequest request,
      HttpServletResponse response,
      HeaderSnapshot kept,
      ProblemDetail problem,
      Texts texts,
      byte[] page)
      throws IOException {
    kept.resetForAnswer(response);
    page(request, response, problem, texts, page);
  }

  private static void page(
      HttpServletRequest request,
      HttpServletResponse response,
      ProblemDetail problem,
      Texts texts,
      byte[] page)
      throws IOException {
    response.setStatus(problem.status());
    if (Decorator.isInFront(request)) {
      Page.setHeadersInFrame(texts, response);
      boolean dressed = Decorator.mayLeaveOutErrors(request);
      send(request, response, problem, HTML, dressed ? page : Page.undressed(page));
    } else {
      Page.setHeaders(texts, response);
      send(request, response, problem, HTML, page);
    }
  }

  /** Sets the tag of the representation that is current after the request was handled (8.8.3). */
  private static void setTag(HttpServletResponse response, @Nullable EntityTag current) {
    if (current != null) {
      response.setHeader("ETag", current.toString());
    }
  }

  private static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      ProblemDetail problem,
      String type,
      byte[] body)
      throws IOException {
    setContentType(response, type);
    response.setHeader("Cache-Control", "no-store");
    if (!response.getHeaders("Vary").contains("Accept")) {
      response.addHeader("Vary", "Accept");
    }
    response.setHeader("X-Content-Type-Options", "nosniff");
    boolean same = problem.type().retry() == RetryHint.SAME_REQUEST;
    response.setHeader("x-should-retry", Boolean.toString(same));
    String page = ProblemLinks.describing(problem);
    if (page != null) {
      response.addHeader("Link", page);
    }
    Integer retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      response.setHeader("Retry-After", retryAfter.toString());
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    UnreadBody.skip(request, response);
  }

  /**
   * Sends 304: the client already has the current representation (RFC 9110, 15.4.5).
   *
   * @param response not committed, with the headers of the corresponding 200
   * @param tag null when the 200 would have none
   */
  public static void notModified(HttpServletResponse response, @Nullable EntityTag tag)
      throws IOException {
    HeaderSnapshot.forNotModified(response).restoreTo(response);
    sendNotModified(response, tag);
  }

  /**
   * Sends 304 before the application has run; only headers that preceding filters may have set for
   * a body are removed.
   */
  public static void notModifiedBeforehand(HttpServletResponse response, @Nullable EntityTag tag)
      throws IOException {
    if (response.getContentType() == null) {
      sendNotModified(response, tag);
    } else {
      notModified(response, tag);
    }
  }

  private static void sendNotModified(HttpServletResponse response, @Nullable EntityTag tag)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    setTag(response, tag);
    // RFC 9110, 8.6: Jetty would finally add "Content-Length: 0", which is not that of the 200.
    response.flushBuffer();
  }

  /**
   * Sets the content type. Undertow keeps the charset of the application across a reset, and adds
   * it to any other type.
   */
  private static void setContentType(HttpServletResponse response, String type) {
    response.setContentType(type);
    if (!type.equalsIgnoreCase(response.getContentType())) {
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
  }
}
