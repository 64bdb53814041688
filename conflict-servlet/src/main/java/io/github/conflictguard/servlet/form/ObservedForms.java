package io.github.conflictguard.servlet.form;

import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.SubmittedFields;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forms of one web application in mode {@code observe}. Pages are not changed. Their content is
 * recorded in this JVM, and a submitted form is compared with what its client was shown.
 *
 * <p>Only writes that mode {@code protect} would have allowed are counted here. Thread-safe.
 */
public final class ObservedForms {

  private final WriteCounters counters;
  private final ShownForms shown;
  private final WritesByPageView own = new WritesByPageView();
  private final Forms forms;

  /**
   * Creates the forms of an application.
   *
   * @param size the number of write counters
   */
  public ObservedForms(Rules rules, int size) {
    this(rules, size, new ShownForms());
  }

  ObservedForms(Rules rules, int size, ShownForms shown) {
    this.shown = shown;
    this.counters = new WriteCounters(size);
    this.forms = new Forms(rules, counters, Collections.emptyList(), null, shown);
  }

  /** Returns the forms that are checked as in mode {@code protect}. */
  public Forms forms() {
    return forms;
  }

  /** Returns a time that is later than all before and earlier than all to come. */
  public long tick() {
    return counters.tick();
  }

  /** Returns whether no write that would have been allowed has ended since a time. */
  public boolean isCurrent(RuleMatch target, long time) {
    return !target.isKeyKnown() || counters.isCurrent(target.key(), time);
  }

  /** Determines from which pages a submitted form can come. */
  public ObservedSubmission submitted(RequestView facts, RuleMatch target) throws IOException {
    // Read in any case: the content distinguishes two pages.
    facts.form(SubmittedToken.NAME);
    ClientIdentity client = ClientIdentity.atDistance(facts.request());
    shown.unread().readAll(client);
    List<ShownForm> all = shown.of(client, forms.numberOf(target));
    Map<String, List<String>> sent =
        all.size() > 1
            ? SubmittedFields.of(facts.request(), all.get(0).form.snapshot.charset())
            : null;
    boolean complete =
        shown.unread().isComplete(client)
            && (client.isKnown() || all.size() < ShownForms.MOST_PAGES);
    return new ObservedSubmission(this, all, sent, client, target, complete);
  }

  /** Returns when a page began, or when a write last came from it. */
  long timeOf(ShownForm page, RuleMatch target) {
    return own.timeOf(page.form.token, forms.numberOf(target));
  }

  /** Records the end of a write, whether or not it would have been allowed. */
  void ended(@Nullable ShownForm page, PageView answer, RuleMatch target, long time) {
    WritesByPageView.State after = new WritesByPageView.State(time, null);
    FormToken token = page == null ? null : page.form.token;
    own.written(answer.page, token, forms.numberOf(target), after);
  }
}
