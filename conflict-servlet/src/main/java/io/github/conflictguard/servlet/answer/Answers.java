package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
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
 * Writes every answer that is the filter's own, so that all of them look alike. Written directly
 * and never by {@code sendError}, because applications map error pages over that.
 */
public final class Answers {

  private static final String HTML = "text/html;charset=UTF-8";

  private Answers() {}

  /** Answers with a problem, as the next one does, and tells no entity tag. */
  public static void problem(
      HttpServletRequest request,
      HttpServletResponse response,
      HeaderSnapshot kept,
      ProblemDetail problem)
      throws IOException {
    problem(request, response, kept, problem, null, null);
  }

  /**
   * Answers with a problem: a page for people, problem details for programs, a message for partial
   * requests of JSF.
   *
   * @param response not committed
   * @param kept the headers that the answer has to carry besides its own
   * @param current the current entity tag, where the client may see it; else null
   * @param body what programs get, in the shape of the application; null for problem details
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

  /** Whether the answer to a problem is to be a page. */
  public static boolean isPageWanted(HttpServletRequest request) {
    return !PartialResponse.isAskedFor(request)
        && AcceptHeader.prefersHtml(request.getHeaders("Accept"));
  }

  /**
   * Answers with a page that tells of a problem.
   *
   * @param response not committed
   * @param kept the headers that the answer has to carry besides its own
   * @param page made by {@link Page}
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

  /** 8.8.3: the tag of the representation that there is when the request has been handled. */
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
    Integer retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      response.setHeader("Retry-After", retryAfter.toString());
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    UnreadBody.skip(request, response);
  }

  /**
   * Answers that the client already has what it asks for (RFC 9110, 15.4.5).
   *
   * @param response not committed, with the headers of the 200 that it would have been
   * @param tag null when the 200 would have none
   */
  public static void notModified(HttpServletResponse response, @Nullable EntityTag tag)
      throws IOException {
    HeaderSnapshot.forNotModified(response).restoreTo(response);
    sendNotModified(response, tag);
  }

  /**
   * The same before the application has run, when nothing has to go but what filters in front may
   * have said of a body.
   */
  public static void notModifiedBeforehand(HttpServletResponse response, EntityTag tag)
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
    // RFC 9110, 8.6: at the end Jetty would add "Content-Length: 0", which is not that of the 200.
    response.flushBuffer();
  }

  /** Undertow keeps the charset of the application over a reset, and adds it to any other type. */
  private static void setContentType(HttpServletResponse response, String type) {
    response.setContentType(type);
    if (!type.equalsIgnoreCase(response.getContentType())) {
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
  }
}
