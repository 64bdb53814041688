package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.form.ShownForm.Submitted;
import io.github.conflictguard.servlet.rule.RuleMatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A form that was submitted without a token, and the pages from which it can come: those of the
 * record that were shown to its client, and whose fields are most similar to the submitted ones.
 * Not thread-safe.
 */
public final class ObservedSubmission {

  private final ObservedForms forms;
  private final List<ShownForm> all;
  private final List<ShownForm> pages;
  private final Map<String, List<String>> sent;
  private final ClientIdentity client;
  private final RuleMatch target;
  private final boolean complete;
  private @Nullable ShownForm page;
  private @Nullable Submitted mine;
  private @Nullable Submitted before;
  private boolean maybeAgain;

  ObservedSubmission(
      ObservedForms forms,
      List<ShownForm> all,
      @Nullable Map<String, List<String>> sent,
      ClientIdentity client,
      RuleMatch target,
      boolean complete) {
    this.forms = forms;
    this.all = all;
    synchronized (forms) {
      this.pages = sent == null ? all : possible(all, sent);
    }
    this.sent = sent == null ? Collections.emptyMap() : sent;
    this.client = client;
    this.target = target;
    this.complete = complete;
    this.page = pages.isEmpty() ? null : pages.get(0);
  }

  /**
   * Returns the token that the form would have carried; null when its client was shown no such
   * form.
   */
  public @Nullable SubmittedToken carried() {
    return page == null ? null : SubmittedToken.remembered(page.form, client);
  }

  /** Returns the token for each of the pages from which the form can come. */
  public List<SubmittedToken> all() {
    List<SubmittedToken> all = new ArrayList<>();
    for (ShownForm each : pages) {
      all.add(SubmittedToken.remembered(each.form, client));
    }
    return all;
  }

  /** Returns whether all pages are known. */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Returns whether no page is known because one was dropped from memory: the form may come from
   * it.
   */
  public boolean isOfDroppedPage() {
    return page == null && !complete;
  }

  /**
   * Records that the form is executed. If the same content was submitted before, and no page was
   * shown since, it is a repetition. If it equals what a page shown since would submit unchanged,
   * it may be one.
   *
   * @param content distinguishes two submissions of one form
   * @param answer the page in the response
   */
  public void begin(String content, PageView answer) {
    if (pages.isEmpty()) {
      return;
    }
    synchronized (forms) {
      ShownForm repeated = first(all, each -> isOf(content, each.last));
      Submitted last = repeated == null ? null : repeated.last;
      if (last != null) {
        ShownForm later =
            first(all, each -> each.last == null && each.form.token.time > last.begin);
        ShownForm edited =
            first(
                all,
                each ->
                    each.last == null
                        && each.form.token.time > last.begin
                        && !each.isUnchanged(sent));
        ShownForm other = first(pages, each -> !isOf(content, each.last));
        if (later == null && (other == null || !pages.contains(repeated))) {
          page = repeated;
          before = last;
          return;
        }
        // A change on a newer page is not a repetition of a submission from an older one.
        maybeAgain = edited == null;
        page = edited != null ? edited : later != null ? later : other;
      }
      mine = new Submitted(content, forms.tick(), answer.page);
      if (page != null) {
        page.last = mine;
      }
    }
  }

  private static boolean isOf(String content, @Nullable Submitted submitted) {
    return submitted != null && submitted.content.equals(content);
  }

  private static @Nullable ShownForm first(List<ShownForm> pages, Predicate<ShownForm> wanted) {
    return pages.stream().filter(wanted).findFirst().orElse(null);
  }

  /**
   * Returns the pages that are most similar to the submission. If all of them have been submitted
   * before, the most recent other page that was shown since is added: values may be changed back.
   */
  private static List<ShownForm> possible(List<ShownForm> all, Map<String, List<String>> sent) {
    List<ShownForm> most = mostAlike(all, sent);
    long used = 0;
    for (ShownForm each : most) {
      if (each.last == null) {
        return most;
      }
      used = Math.max(used, each.last.begin);
    }
    long since = used;
    ShownForm newer = first(all, each -> each.last == null && each.form.token.time > since);
    if (newer != null) {
      most.add(0, newer);
    }
    return most;
  }

  /**
   * Returns the pages with most fields unchanged. A browser submits the fields of the page, except
   * those that its user has changed.
   */
  private static List<ShownForm> mostAlike(List<ShownForm> all, Map<String, List<String>> sent) {
    List<ShownForm> most = new ArrayList<>();
    int best = -1;
    for (ShownForm each : all) {
      int alike = each.alike(sent);
      if (alike > best) {
        best = alike;
        most.clear();
      }
      if (alike == best) {
        most.add(each);
      }
    }
    return most;
  }

  /** Discards what {@link #begin} has recorded: the next submission is the first one. */
  public void failed() {
    synchronized (forms) {
      if (page != null && page.last == mine) {
        page.last = null;
      }
    }
  }

  /** Returns whether the same content was certainly submitted before, and has not failed. */
  public boolean isRepeated() {
    synchronized (forms) {
      return before != null && page != null && page.last == before;
    }
  }

  /**
   * Returns whether the same content may have been submitted before, from a page that looks the
   * same.
   */
  public boolean isMaybeRepeated() {
    return maybeAgain;
  }

  /**
   * Returns the number of the page that was the response to the first submission; 0 when there was
   * none.
   */
  public long firstAnswer() {
    return before == null ? 0 : before.answerPage;
  }

  /** Returns the times at which the pages began, or when a write last came from them. */
  public List<Long> times() {
    List<Long> times = new ArrayList<>();
    for (ShownForm each : pages) {
      times.add(forms.timeOf(each, target));
    }
    return times;
  }

  /** Records that something was stored. */
  public void stored(PageView answer, long time) {
    forms.ended(page, answer, target, time);
  }
}
