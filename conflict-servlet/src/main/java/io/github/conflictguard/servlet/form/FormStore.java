package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.unread.PageEnd;
import io.github.conflictguard.servlet.unread.UnreadPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The forms that were served to clients, in their sessions or outside them. Returns the form from
 * which a request comes. Thread-safe.
 */
final class FormStore {

  private final FormTokens tokens;
  private final FormTargets targets;
  private final Freshness freshness;
  private final WriteCounters counters;
  private final AnonymousFormStore recent = new AnonymousFormStore();

  /** The forms of pages without tokens; null where pages carry tokens. */
  private final @Nullable ShownForms shown;

  /**
   * Creates an empty store.
   *
   * @param shown receives the forms of pages without tokens; null where pages carry tokens
   */
  FormStore(
      FormTokens tokens,
      FormTargets targets,
      Freshness freshness,
      WriteCounters counters,
      @Nullable ShownForms shown) {
    this.tokens = tokens;
    this.targets = targets;
    this.freshness = freshness;
    this.counters = counters;
    this.shown = shown;
  }

  /** Returns the token that a write carries from its form; null when it carries none. */
  @Nullable SubmittedToken carried(RequestView facts, RuleMatch target) throws IOException {
    // Read in any case: the content distinguishes two submissions of one form.
    String inBody = facts.form(SubmittedToken.NAME);
    String inQuery = facts.query(SubmittedToken.NAME);
    String text = inBody == null ? inQuery : inBody;
    HttpServletRequest request = facts.request();
    HttpSession session = request.getSession(false);
    ClientIdentity client = ClientIdentity.of(request);
    if (session != null) {
      SessionFormStore.keepFor(session, client);
    }
    if (text != null) {
      String method = request.getMethod();
      RequestView unread =
          RequestView.ofForm(request, method, LocalAddress.of(request), Collections.emptyMap());
      Rule guess = unread == null ? null : targets.ruleOf(unread);
      return SubmittedToken.sent(
          tokens.open(
              text,
              request,
              target,
              guess,
              (token, wanted) -> baseOf(session, client, token, wanted)),
          client,
          tokens.kindsIn(text));
    }
    long key = tokens.numberOf(target);
    StoredForm last = SessionFormStore.find(session, client, form -> form.token.key == key);
    return last == null ? null : SubmittedToken.remembered(last, client);
  }

  /** Returns whether this session was served a page with the stored state of the record. */
  boolean wasServed(HttpServletRequest request, RuleMatch target, SubmittedToken carried) {
    long key = tokens.numberOf(target);
    return SessionFormStore.find(
            request.getSession(false),
            carried.client(),
            form -> form.stored && form.token.key == key)
        != null;
  }

  private @Nullable StoredForm baseOf(
      @Nullable HttpSession session,
      ClientIdentity client,
      FormToken token,
      Predicate<StoredForm> wanted) {
    StoredForm inSession =
        SessionFormStore.find(
            session,
            client,
            form ->
                form.token.page == token.page
                    && form.token.form == token.form
                    && wanted.test(form));
    return inSession == null ? recent.find(client, token, wanted) : inSession;
  }

  /** Stores forms in the session, or outside it for clients without a session. */
  void remember(HttpServletRequest request, ClientIdentity client, List<StoredForm> served) {
    if (shown != null) {
      shown.add(client, served);
      return;
    }
    HttpSession session = request.getSession(false);
    if (session == null) {
      recent.remember(client, served);
    } else {
      SessionFormStore.remember(session, client, served);
    }
  }

  /** Returns whether pages are only observed, in which case sessions are not changed. */
  boolean isObserving() {
    return shown != null;
  }

  /** Returns the pages to be parsed later; null where pages are parsed while they are written. */
  @Nullable UnreadPages unread() {
    return shown == null || targets.dependOnSession() ? null : shown.unread();
  }

  /** Returns the end of a page that has just been served. */
  PageEnd endOf(HttpServletRequest request) {
    ClientIdentity client =
        isObserving() ? ClientIdentity.atDistanceAfterwards(request) : ClientIdentity.of(request);
    return new PageEnd(client, counters.tick());
  }

  /**
   * Returns the content of a form that was shown for storage, once for each record that it writes.
   */
  List<StoredForm> served(
      HttpServletRequest request,
      PageEnd end,
      FormSnapshot form,
      FormToken token,
      PageView origin,
      PageUrl page) {
    List<StoredForm> shown = new ArrayList<>();
    targets
        .of(request, form, page.whole())
        .forEach(
            (key, target) ->
                shown.add(served(end, target, key, form, token, origin, page.local())));
    return shown;
  }

  private StoredForm served(
      PageEnd end,
      RuleMatch target,
      long key,
      FormSnapshot form,
      FormToken token,
      PageView origin,
      String page) {
    long number = tokens.numberOf(key, form);
    if (origin.plain) {
      freshness.served(end, target, form, number, origin);
    }
    if (!origin.answerToWrite) {
      return new StoredForm(token.about(key), number, page, true, StoredForm.outlineOf(form));
    }
    // The response to a write shows the entered values, not the stored ones.
    StoredForm base = origin.base;
    if (base == null || base.form != number) {
      FormSnapshot nothing = HtmlForms.of(Collections.emptyList(), form.charset());
      return new StoredForm(token.about(key), number, page, false, nothing);
    }
    return new StoredForm(token.about(key), number, base.page, false, base.snapshot);
  }
}
