package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.match.DispatchPath;
import io.github.conflictguard.servlet.probe.ProbeAsyncContext;
import io.github.conflictguard.servlet.probe.ProbeRequest;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.probe.RequestSnapshot;
import io.github.conflictguard.servlet.request.SentAddress;
import io.github.conflictguard.servlet.response.BodyElsewhere;
import io.github.conflictguard.servlet.response.DecodedBody;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.HeaderSnapshot;
import io.github.conflictguard.servlet.response.KnownBody;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source that determines the current entity tag of a resource by an internal GET: a request to
 * the application for the same target on behalf of the same user. Its response is not sent to any
 * client.
 *
 * <p>The filter's own chain is never called for it. On Tomcat, a chain that was called twice would
 * skip every later filter on the real request. Thread-safe.
 */
public final class BodyTagSource {

  private static final Logger LOG = Logger.getLogger(BodyTagSource.class.getName());

  /** From ee10 on, an include on Jetty 12 hides status and headers even from a wrapper. */
  private static final Pattern HIDES_INCLUDED_STATUS =
      Pattern.compile("org\\.eclipse\\.jetty\\.ee[1-9][0-9]\\.servlet\\.Dispatcher");

  private final int limit;
  private final int patienceMillis;
  private final RememberedBodies remembered;

  /**
   * Creates a source.
   *
   * @param limit the maximum length of a body that gets a tag, in bytes
   * @param patienceMillis the maximum time to wait for an asynchronous response, in milliseconds
   * @param remembered the cached bodies and their tags
   */
  public BodyTagSource(int limit, int patienceMillis, RememberedBodies remembered) {
    this.limit = limit;
    this.patienceMillis = patienceMillis;
    this.remembered = remembered;
  }

  /** Returns the cached body that the response to a read may have. */
  public RecalledBody recall(ResourceKey key, @Nullable String query) {
    return remembered.recall(key, query);
  }

  /** Returns the validators of a response to a request of the client. */
  public Validators of(HttpServletResponse response, HashableBody body, RecalledBody recalled) {
    if (!body.isComplete() || response.getStatus() != HttpServletResponse.SC_OK) {
      return Validators.ofApplication(response);
    }
    HashableBody decoded = DecodedBody.of(response, body, limit);
    return Validators.of(response, () -> recalled.tagOf(decoded));
  }

  /**
   * Requests the current state from the application. A state that the application cannot or does
   * not return is unreadable.
   *
   * @param key the resource to read
   * @param elsewhere the path to request, within this web application, encoded; null for the
   *     request's own target
   * @param taggable selects the responses that have a tag
   */
  public CurrentState read(
      ResourceKey key,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String elsewhere,
      Predicate<HttpServletResponse> taggable) {
    RecalledBody recalled = recall(key, queryOf(request, elsewhere));
    ProbeResponse answer = ask(request, response, elsewhere, recalled.expected());
    if (answer == null) {
      return CurrentState.unreadable();
    }
    int status = answer.getStatus();
    if (status == HttpServletResponse.SC_NOT_FOUND || status == HttpServletResponse.SC_GONE) {
      return CurrentState.absent(answer);
    }
    if (status == HttpServletResponse.SC_UNAUTHORIZED
        || status == HttpServletResponse.SC_FORBIDDEN
        || status / 100 == 3) {
      return CurrentState.refused(answer);
    }
    if (status / 100 != 2 || !answer.isTouched()) {
      return CurrentState.unreadable().from(answer);
    }
    // The application's own validators count for any response; a tag of its body does not.
    Validators validators =
        taggable.test(answer) && !answer.isTruncated()
            ? of(answer, answer, recalled)
            : Validators.ofApplication(answer);
    return CurrentState.of(validators).from(answer);
  }

  /**
   * Requests a page from the application, as {@link #read} does.
   *
   * @param elsewhere the path to request, within this web application, encoded; null for the
   *     request's own target
   */
  public AskedPage page(
      HttpServletRequest request, HttpServletResponse response, @Nullable String elsewhere) {
    ProbeResponse answer = ask(request, response, elsewhere, null);
    int status = answer == null ? 0 : answer.getStatus();
    if (answer == null || (status == HttpServletResponse.SC_OK && answer.isTruncated())) {
      return AskedPage.unreadable();
    }
    boolean refused =
        status == HttpServletResponse.SC_UNAUTHORIZED
            || status == HttpServletResponse.SC_FORBIDDEN
            || status / 100 == 3;
    boolean shown = status == HttpServletResponse.SC_OK && answer.isTouched();
    boolean gone =
        status == HttpServletResponse.SC_NOT_FOUND || status == HttpServletResponse.SC_GONE;
    return new AskedPage(shown ? answer.text() : null, refused ? answer : null, gone);
  }

  /**
   * Returns the tag of the complete representation that a partial response belongs to, determined
   * by an internal GET. The tag is used only if the part equals the corresponding range of the
   * complete representation, because clients combine parts that have the same strong tag (RFC 9110,
   * 15.3.7.3).
   *
   * @param response a 206 response to a GET, with its headers
   * @param part its body
   * @param taggable selects the responses that have a tag
   */
  public Validators ofPart(
      ResourceKey key,
      HttpServletRequest request,
      HttpServletResponse response,
      byte[] part,
      Predicate<HttpServletResponse> taggable) {
    Validators ofPart = Validators.ofApplication(response);
    ContentRange range = ContentRange.parse(response.getHeader("Content-Range"));
    if (range == null || range.total > limit) {
      return ofPart;
    }
    RecalledBody recalled = recall(key, queryOf(request, null));
    ProbeResponse whole = ask(request, response, null, recalled.expected());
    return whole != null
            && whole.getStatus() == HttpServletResponse.SC_OK
            && whole.isComplete()
            && taggable.test(whole)
            && range.isPlaceOf(part, whole.bytes())
        ? of(whole, whole, recalled)
        : ofPart;
  }

  /**
   * Requests a representation from the application, as {@link #read} does for a tag, and returns
   * its checksum.
   *
   * @param characters whether the body to compare it with was written as characters
   * @return the checksum, or null if it cannot be determined
   */
  public @Nullable Long checksum(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String elsewhere,
      boolean characters) {
    ProbeResponse answer = ask(request, response, elsewhere, null);
    return answer == null || answer.getStatus() != HttpServletResponse.SC_OK || answer.isTruncated()
        ? null
        : answer.checksum(characters);
  }

  private @Nullable ProbeResponse ask(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String elsewhere,
      @Nullable KnownBody expected) {
    return ask(request, response, elsewhere, elsewhere != null, expected);
  }

  private @Nullable ProbeResponse ask(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String elsewhere,
      boolean forwarded,
      @Nullable KnownBody expected) {
    String target = elsewhere == null ? DispatchPath.of(request) : elsewhere;
    if (target == null) {
      return null;
    }
    HeaderSnapshot before = HeaderSnapshot.before(response);
    RequestSnapshot around = RequestSnapshot.of(request);
    ProbeResponse answer = new ProbeResponse(response, limit, expected);
    ProbeRequest question = new ProbeRequest(request, queryOf(request, elsewhere), answer);
    try {
      if (!dispatch(question, target, forwarded, answer)) {
        return null;
      }
      for (ProbeAsyncContext async = question.async(); async != null; async = question.async()) {
        if (!async.await(patienceMillis)) {
          return null;
        }
        if (!async.isDispatched()) {
          break;
        }
        question.beginDispatch();
        String next = async.dispatchedTo();
        dispatch(question, next == null ? target : next, next != null, answer);
      }
      answer.flushWriter();
      answer.sentElsewhere(BodyElsewhere.isSent(question, answer));
      return answer;
    } catch (FileNotFoundException e) {
      // The container's default servlet responds in this way to an include of a missing file
      // (Servlet 9.3), and to a forward with 404.
      if (forwarded || answer.isCommitted()) {
        LOG.log(Level.FINE, "Nothing could be read of " + request.getRequestURI(), e);
        return answer.isCommitted() ? answer : null;
      }
    } catch (IOException | ServletException | RuntimeException e) {
      LOG.log(Level.FINE, "The application could not be queried for " + request.getRequestURI(), e);
      // A response that was closed before is complete for a client as well.
      return answer.isCommitted() ? answer : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      around.restore();
      // This includes the cookie of a session that it has created.
      boolean sessionEnded = question.endCreatedSession();
      if (!response.isCommitted() && (sessionEnded || !before.isThatOf(response))) {
        before.restoreTo(response);
      }
    }
    return ask(request, response, elsewhere, true, expected);
  }

  /** Dispatches to the target and returns whether the target exists. */
  private static boolean dispatch(
      ProbeRequest question, String target, boolean forwarded, ProbeResponse answer)
      throws IOException, ServletException {
    // Without its query: Undertow would add its parameters to the write permanently.
    int query = target.indexOf('?');
    RequestDispatcher dispatcher =
        question.getContainersDispatcher(query < 0 ? target : target.substring(0, query));
    if (dispatcher == null) {
      return false;
    }
    // In an include, the application would still see the path of the outer request.
    if (forwarded || HIDES_INCLUDED_STATUS.matcher(dispatcher.getClass().getName()).matches()) {
      dispatcher.forward(question, answer.forContainer());
    } else {
      dispatcher.include(question, answer.forContainer());
    }
    return true;
  }

  private static @Nullable String queryOf(HttpServletRequest request, @Nullable String elsewhere) {
    if (elsewhere == null) {
      return SentAddress.effectiveQuery(request);
    }
    int question = elsewhere.indexOf('?');
    return question < 0 ? null : elsewhere.substring(question + 1);
  }
}
