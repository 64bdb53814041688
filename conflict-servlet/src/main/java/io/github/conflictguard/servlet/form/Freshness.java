package io.github.conflictguard.servlet.form;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.ChangingFields;
import io.github.conflictguard.servlet.fields.FormFingerprint;
import io.github.conflictguard.servlet.fields.HiddenChange;
import io.github.conflictguard.servlet.fields.IgnoredFields;
import io.github.conflictguard.servlet.fields.RandomText;
import io.github.conflictguard.servlet.fields.UnshownValues;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.rule.TagSpec;
import io.github.conflictguard.servlet.unread.PageEnd;
import io.github.conflictguard.servlet.unread.PastWrites;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Determines whether forms show the current state. Thread-safe. */
final class Freshness {

  private final WriteCounters counters;
  private final @Nullable Function<RuleMatch, SelectedRepresentation> shared;
  private final FormTokens tokens;
  private final WritesByPageView own;
  private final LatestFormStates served;
  private final ChangingFields changing;
  private final Map<Rule, IgnoredFields> ignored = new HashMap<>();

  Freshness(
      Rules rules,
      WriteCounters counters,
      @Nullable Function<RuleMatch, SelectedRepresentation> shared,
      PastWrites writes,
      FormTokens tokens,
      WritesByPageView own,
      ChangingFields changing) {
    this.counters = counters;
    this.shared = shared;
    this.tokens = tokens;
    this.own = own;
    this.changing = changing;
    this.served = new LatestFormStates(writes);
    for (Rule rule : rules.all()) {
      FormSpec spec = rule.forms();
      if (spec != null) {
        ignored.put(rule, new IgnoredFields(spec.ignored()));
      }
    }
  }

  static TagSpec.@Nullable Source source(RuleMatch target) {
    Rule rule = target.rule();
    return rule == null ? null : rule.tag().source();
  }

  /**
   * Returns the state by which forms of a record are compared.
   *
   * @param known the state of the rule's source; null if it has none
   */
  @Nullable SelectedRepresentation stateOf(
      RuleMatch target, @Nullable SelectedRepresentation known) {
    boolean isShared = shared != null && known == null && target.isKeyKnown();
    return isShared && shared != null ? shared.apply(target) : known;
  }

  IgnoredFields ignoredBy(RuleMatch target) {
    Rule rule = target.rule();
    IgnoredFields known = rule == null ? null : ignored.get(rule);
    return known == null ? new IgnoredFields(Collections.emptySet()) : known;
  }

  /** See {@link Forms#isJudgedByPage}. */
  boolean isJudgedByPage(SubmittedToken carried, RuleMatch target) {
    FormToken token = carried.token();
    StoredForm base = carried.base();
    return token != null
        && base != null
        && base.stored
        && source(target) == TagSpec.Source.FORM
        // The client's own writes since then are not part of the shown page.
        && !wasSavedFrom(token, target)
        && FormFingerprint.of(base.snapshot, ignoredBy(target)).isShowing();
  }

  /** See {@link Forms#isCurrent}. */
  boolean isCurrent(
      SubmittedToken carried,
      RuleMatch target,
      @Nullable SelectedRepresentation state,
      @Nullable FormSnapshot shown,
      Supplier<@Nullable FormSnapshot> again,
      HttpServletRequest request) {
    FormToken token = carried.token();
    if (token == null) {
      return false;
    }
    if (isByOtherState(target)) {
      WritesByPageView.State after = own.after(token.page, tokens.numberOf(target));
      EntityTag now = state == null ? null : state.tag();
      String then = after == null ? token.tag : after.tag;
      return now != null && now.toString().equals(then);
    }
    boolean byTime = isByTime(carried.client(), token, target);
    StoredForm base = carried.base();
    if (source(target) != TagSpec.Source.FORM || base == null || !base.stored) {
      return byTime;
    }
    boolean shows = byTime;
    if (shown != null && isJudgedByPage(carried, target)) {
      shows = shows(carried.client(), target, base.snapshot, shown, again, byTime);
    } else if (!byTime) {
      shows = isUnchanged(carried.client(), target, base);
    }
    boolean unshown = !byTime && UnshownValues.areIn(request, base.snapshot, ignoredBy(target));
    return shows && !unshown;
  }

  private static boolean isByOtherState(RuleMatch target) {
    TagSpec.Source source = source(target);
    return source == TagSpec.Source.QUERY || source == TagSpec.Source.RESOLVER;
  }

  /** See {@link Forms#isJudgedByFiles}. */
  boolean isJudgedByFiles(SubmittedToken carried, RuleMatch target) {
    FormToken token = carried.token();
    StoredForm base = carried.base();
    return token != null
        && base != null
        && base.stored
        && source(target) == TagSpec.Source.FORM
        && UnshownValues.canBeIn(base.snapshot)
        && !isByTime(carried.client(), token, target);
  }

  /** Returns whether a write of the record has come from the page of a form. */
  boolean wasSavedFrom(FormToken token, RuleMatch target) {
    return own.after(token.page, tokens.numberOf(target)) != null;
  }

  boolean isByTime(ClientIdentity client, FormToken token, RuleMatch target) {
    WritesByPageView.State after = own.after(token.page, tokens.numberOf(target));
    if (shared != null && !isByOtherState(target)) {
      String then = after == null ? token.tag : after.tag;
      EntityTag now = shared.apply(target).tag();
      if (now == null || !now.toString().equals(then) || token.epoch != counters.epoch()) {
        return now != null && now.toString().equals(then);
      }
      // This node has served the page.
      return served.isCurrent(
          client, target.key(), after == null ? token.time : Math.max(token.time, after.time));
    }
    long begin = token.epoch == counters.epoch() ? token.time : Long.MIN_VALUE;
    long time = after == null ? begin : Math.max(begin, after.time);
    return counters.isCurrent(target.key(), time)
        && (begin == Long.MIN_VALUE || served.isCurrent(client, target.key(), time));
  }

  private boolean isUnchanged(ClientIdentity client, RuleMatch target, StoredForm base) {
    return served.isUnchanged(
        client,
        target.key(),
        base.form,
        FormFingerprint.of(base.snapshot, ignoredBy(target)),
        changingIn(client, target));
  }

  /**
   * Returns whether a page shows the same as before, apart from fields that change by themselves.
   */
  private boolean shows(
      ClientIdentity client,
      RuleMatch target,
      FormSnapshot then,
      FormSnapshot now,
      Supplier<@Nullable FormSnapshot> again,
      boolean byTime) {
    IgnoredFields ignore = ignoredBy(target);
    FormFingerprint old = FormFingerprint.of(then, ignore);
    FormFingerprint current = FormFingerprint.of(now, ignore);
    LongPredicate known = changingIn(client, target);
    if (current.shows(old, byTime, known)) {
      return true;
    }
    Rule rule = target.rule();
    FormSnapshot second = old.changeTo(current) == null || rule == null ? null : again.get();
    HiddenChange change =
        second == null ? null : current.changeTo(FormFingerprint.of(second, ignore));
    if (second == null || change == null || rule == null) {
      return false;
    }
    List<Long> found = new ArrayList<>(change.changed);
    if (change.renamed) {
      found.add(ChangingFields.NAMES);
    }
    for (FormField field : second.fields()) {
      // Both within one tick of the clock.
      if (field.kind() == FieldKind.HIDDEN
          && field.values().size() == 1
          && RandomText.isClock(field.values().get(0))) {
        found.add(FormFingerprint.numberOf(field.name()));
      }
    }
    if (found.isEmpty() || !current.shows(old, byTime, n -> known.test(n) || found.contains(n))) {
      return false;
    }
    changing.proven(client, rule, second, found);
    return true;
  }

  private LongPredicate changingIn(ClientIdentity client, RuleMatch target) {
    Rule rule = target.rule();
    return rule == null ? number -> false : changing.of(client, rule);
  }

  /** Records the state that a page has shown, where the rule derives the tag from the form. */
  void served(PageEnd end, RuleMatch target, FormSnapshot form, long number, PageView origin) {
    ClientIdentity client = end.client;
    Rule rule = target.rule();
    if (rule == null || !client.isKnown() || source(target) != TagSpec.Source.FORM) {
      return;
    }
    FormFingerprint shown = FormFingerprint.of(form, ignoredBy(target));
    FormFingerprint before = served.comparable(client, target.key(), number, origin.time, end.time);
    if (before != null) {
      changing.compare(client, rule, form, before, shown);
    }
    served.served(
        client, target.key(), number, origin.time, end.time, shown, changing.of(client, rule));
  }
}
