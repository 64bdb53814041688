package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.client.ObservedClient;
import io.github.conflictguard.servlet.enforcement.CurrentStates;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.history.LastReads;
import io.github.conflictguard.servlet.history.LastReads.Seen;
import io.github.conflictguard.servlet.history.ShortName;
import io.github.conflictguard.servlet.response.ContentChecksum;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.ObservedBody;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Processes GET and HEAD in mode {@code observe}: the response passes unchanged, and the state that
 * the client has seen is recorded. Thread-safe.
 */
final class ObservedReads {

  private static final int REMEMBERED_READS = 65_536;

  private static final String[] SELECTING = {"Accept", "Accept-Language", "Accept-Encoding"};

  private final LastReads lastReads = new LastReads(REMEMBERED_READS);
  private final CurrentStates states;
  private final ObservedWrites writes;
  private final Explainer explainer;

  ObservedReads(CurrentStates states, ObservedWrites writes, Explainer explainer) {
    this.states = states;
    this.explainer = explainer;
    this.writes = writes;
  }

  /**
   * Passes the request to the application.
   *
   * @param pages parses the forms of the response; null when none are parsed
   */
  void serve(Exchange exchange, BodyRewriter.@Nullable Choice pages, FilterChain chain)
      throws IOException, ServletException {
    // Before the application reads the data of its response.
    long begun = explainer.now();
    long time = writes.tick();
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    ContentChecksum content =
        known == null && isComparedByContent(exchange)
            ? new ContentChecksum(response -> isNoted(exchange, response))
            : null;
    if (pages == null && content == null) {
      chain.doFilter(exchange.request, exchange.response);
      OnRequestComplete.orNow(
          exchange.request,
          () -> {
            states.noteShown(exchange, known);
            note(exchange, Seen.at(time, known == null ? null : known.tag()), begun);
          });
      return;
    }
    ObservedBody body = new ObservedBody(pages, content);
    // At this point, because Jetty removes the context path when the servlet returns.
    ShortName shownAs = content == null ? null : askedAs(exchange);
    ObservedPass pass =
        new ObservedPass(
            body,
            null,
            () -> {
              states.noteShown(exchange, known);
              note(
                  exchange,
                  content != null
                          && shownAs != null
                          && body.isWhole()
                          && exchange.response.getStatus() == 200
                      ? Seen.shown(time, content, shownAs)
                      : Seen.at(time, known == null ? null : known.tag()),
                  begun);
            });
    exchange.progress.observed(pass);
    pass.run(exchange.request, exchange.response, chain);
    OnRequestComplete.orNow(exchange.request, pass::end);
  }

  /** Records the state of a record that a client has seen. */
  void note(ObservedClient client, Exchange exchange, Seen seen) {
    lastReads.note(nameOf(client, exchange), seen);
  }

  /** Returns the state of the record that the client has last seen; null when it is not known. */
  @Nullable Seen of(ObservedClient client, Exchange exchange) {
    return lastReads.of(nameOf(client, exchange));
  }

  /** Returns the address and the selecting headers of a read. */
  static ShortName askedAs(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    String elsewhere = exchange.target.isWrite() ? exchange.readTarget() : null;
    String query = request.getQueryString();
    String own =
        request.getRequestURI().substring(request.getContextPath().length())
            + (query == null ? "" : '?' + query);
    String[] parts = new String[SELECTING.length + 1];
    parts[0] = elsewhere == null ? own : elsewhere;
    for (int i = 0; i < SELECTING.length; i++) {
      parts[i + 1] = String.valueOf(request.getHeader(SELECTING[i]));
    }
    return ShortName.of(parts);
  }

  private void note(Exchange exchange, Seen seen, long begun) {
    int status = exchange.response.getStatus();
    if (exchange.request.getMethod().equals("GET")
        && (status / 100 == 2 || status == HttpServletResponse.SC_NOT_MODIFIED)
        && isNoted(exchange, exchange.response)) {
      note(ObservedClient.afterwards(exchange.request), exchange, seen);
      if (exchange.policy.isOfRule()) {
        // The prediction is made, so that it can be scored, and not sent: no response is changed.
        explainer.served(exchange.request, exchange.target, exchange.policy.ruleName(), begun);
        explainer.servedTag(exchange.request, exchange.target, begun, exchange.response);
      }
    }
  }

  /** Returns whether changed content means that the record was changed. */
  private static boolean isComparedByContent(Exchange exchange) {
    return !exchange.policy.isOfForm()
        && !exchange.policy.leavesJudgement()
        && exchange.request.getMethod().equals("GET");
  }

  private static boolean isNoted(Exchange exchange, HttpServletResponse response) {
    return exchange.policy.isOfRule() || isForPrograms(response);
  }

  /**
   * Returns whether the response is for programs. Without a rule, pages and files are not the
   * target of writes.
   */
  private static boolean isForPrograms(HttpServletResponse response) {
    String type = String.valueOf(response.getContentType()).toLowerCase(Locale.ROOT);
    return !type.startsWith("text/html") && !response.containsHeader("Accept-Ranges");
  }

  private static String nameOf(ObservedClient client, Exchange exchange) {
    return client.name() + '\n' + exchange.target.key();
  }
}
