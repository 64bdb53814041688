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
 * The forms of one web application where they are only observed. Pages stay as they are; what they
 * show is noted in this JVM, and a form that is sent is held against what its client was shown.
 *
 * <p>The writes that are counted here are those that mode {@code protect} would have let through.
 * Safe for use by several threads.
 */
public final class ObservedForms {

  private final WriteCounters counters;
  private final ShownForms shown = new ShownForms();
  private final WritesByPageView own = new WritesByPageView();
  private final Forms forms;

  /**
   * Begins.
   *
   * @param size how many counters of writes there are
   */
  public ObservedForms(Rules rules, int size) {
    this.counters = new WriteCounters(size);
    this.forms = new Forms(rules, counters, Collections.emptyList(), shown);
  }

  /** Judges forms as mode {@code protect} does. */
  public Forms forms() {
    return forms;
  }

  /** Returns a time that is later than all before and earlier than all to come. */
  public long tick() {
    return counters.tick();
  }

  /** Whether no write that would have been let through has ended since a time. */
  public boolean isCurrent(RuleMatch target, long time) {
    return !target.isKeyKnown() || counters.isCurrent(target.key(), time);
  }

  /** Finds out which pages a write of a form can come from. */
  public ObservedSubmission submitted(RequestView facts, RuleMatch target) throws IOException {
    // Read in any case: what is sent tells two pages apart.
    facts.form(SubmittedToken.NAME);
    ClientIdentity client = ClientIdentity.atDistance(facts.request());
    List<ShownForm> all = shown.of(client, forms.numberOf(target));
    Map<String, List<String>> sent =
        all.size() > 1
            ? SubmittedFields.of(facts.request(), all.get(0).form.snapshot.charset())
            : null;
    boolean complete = client.isKnown() || all.size() < ShownForms.MOST_PAGES;
    return new ObservedSubmission(this, all, sent, client, target, complete);
  }

  /** When a page was begun, or last written from. */
  long timeOf(ShownForm page, RuleMatch target) {
    WritesByPageView.State after = own.after(page.form.token.page, forms.numberOf(target));
    return after == null ? page.form.token.time : Math.max(after.time, page.form.token.time);
  }

  /** A write has ended, be it one that would have been let through or not. */
  void ended(@Nullable ShownForm page, PageView answer, RuleMatch target, long time) {
    WritesByPageView.State after = new WritesByPageView.State(time, null);
    own.written(answer.page, forms.numberOf(target), after);
    if (page != null) {
      own.written(page.form.token.page, forms.numberOf(target), after);
    }
  }
}
