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
 * Learns the current entity tag of a resource by asking the application for it: an internal GET for
 * the same target, in the name of the same user, whose answer nobody gets to see.
 *
 * <p>The filter's own chain is never called for it. On Tomcat a chain that was called twice would
 * skip every filter behind ours on the real request. Safe for use by several threads.
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
   * Makes a source.
   *
   * @param limit the longest body that has a tag, in bytes
   * @param patienceMillis how long an asynchronous answer is waited for at most
   * @param remembered bodies whose tags are known
   */
  public BodyTagSource(int limit, int patienceMillis, RememberedBodies remembered) {
    this.limit = limit;
    this.patienceMillis = patienceMillis;
    this.remembered = remembered;
  }

  /** What the answer to a read may turn out to be. */
  public RecalledBody recall(ResourceKey key, @Nullable String query) {
    return remembered.recall(key, query);
  }

  /** What an answer that was not asked for says of the state itself. */
  public Validators of(HttpServletResponse response, HashableBody body, RecalledBody recalled) {
    if (!body.isComplete() || response.getStatus() != HttpServletResponse.SC_OK) {
      return Validators.ofApplication(response);
    }
    HashableBody decoded = DecodedBody.of(response, body, limit);
    return Validators.of(response, () -> recalled.tagOf(decoded));
  }

  /**
   * Asks the application. What it cannot or will not answer is unreadable.
   *
   * @param key what is asked for
   * @param elsewhere where to ask, inside this web application, encoded; null at the request's own
   *     target
   * @param taggable which answers have a tag
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
    // The application's own validators count whatever the answer is; a tag of its body does not.
    Validators validators =
        taggable.test(answer) && !answer.isTruncated()
            ? of(answer, answer, recalled)
            : Validators.ofApplication(answer);
    return CurrentState.of(validators).from(answer);
  }

  /**
   * Asks the application for a page, as {@link #read} does.
   *
   * @param elsewhere where to ask, inside this web application, encoded; null at the request's own
   *     target
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
   * Makes the tag of the whole of which an answer is a part, by an internal GET: only if the part
   * is what the whole has at its place, because parts with the same strong tag are put together
   * (RFC 9110, 15.3.7.3).
   *
   * @param response a 206 to a GET, with its headers
   * @param part its body
   * @param taggable which answers have a tag
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
   * Asks the application for a checksum of what it shows, as {@link #read} does for a tag.
   *
   * @param characters whether the body that it is compared with was written as characters
   * @return null when it is not known
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
      // The container's servlet for files answers an include of what is not there in this way
      // (Servlet 9.3), and a forward with 404.
      if (forwarded || answer.isCommitted()) {
        LOG.log(Level.FINE, "Nothing could be read of " + request.getRequestURI(), e);
        return answer.isCommitted() ? answer : null;
      }
    } catch (IOException | ServletException | RuntimeException e) {
      LOG.log(Level.FINE, "The application could not be asked for " + request.getRequestURI(), e);
      // What it had closed before is an answer, to a client as well.
      return answer.isCommitted() ? answer : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      around.restore();
      // The cookie of a session that it has created goes with it.
      boolean sessionEnded = question.endCreatedSession();
      if (!response.isCommitted() && (sessionEnded || !before.isThatOf(response))) {
        before.restoreTo(response);
      }
    }
    return ask(request, response, elsewhere, true, expected);
  }

  /** Says whether there is anything at the target. */
  private static boolean dispatch(
      ProbeRequest question, String target, boolean forwarded, ProbeResponse answer)
      throws IOException, ServletException {
    // Without its query: Undertow would leave the parameters with the write.
    int query = target.indexOf('?');
    RequestDispatcher dispatcher =
        question.getContainersDispatcher(query < 0 ? target : target.substring(0, query));
    if (dispatcher == null) {
      return false;
    }
    // Under an include the application still sees the path of the outer request.
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
