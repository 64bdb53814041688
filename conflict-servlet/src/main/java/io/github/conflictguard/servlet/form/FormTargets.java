package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the records that a form writes, whichever of its buttons sends it. Immutable. */
final class FormTargets {

  /** Of a form that writes more records its first ones are known. */
  static final int MOST = 8;

  private final Rules rules;
  private final FormTokens tokens;

  FormTargets(Rules rules, FormTokens tokens) {
    this.rules = rules;
    this.tokens = tokens;
  }

  /**
   * Returns the targets of a form with all its fields by their numbers, in the order of the form.
   *
   * @param page the request for the page
   * @param address the address of the page: a path with or without query, or a whole URL
   */
  Map<Long, RuleMatch> of(HttpServletRequest page, FormSnapshot form, String address) {
    Map<Long, RuleMatch> targets = new LinkedHashMap<>();
    Submissions submissions = new Submissions(page, form, address);
    submissions.each(facts -> add(of(facts), targets));
    RequestView plain = submissions.plain();
    if (plain != null) {
      try {
        rules.possibleWrites(plain).forEach(target -> add(target, targets));
      } catch (IOException e) {
        // As below.
        throw new UncheckedIOException(e);
      }
    }
    return targets;
  }

  private void add(@Nullable RuleMatch target, Map<Long, RuleMatch> targets) {
    if (target != null && target.isKeyKnown() && targets.size() < MOST) {
      targets.putIfAbsent(tokens.numberOf(target), target);
    }
  }

  /** Returns the target of one request; null when it is no write of a known record. */
  @Nullable RuleMatch of(RequestView facts) {
    try {
      RuleMatch target = rules.targetOf(facts);
      return Forms.areCarriedBy(target) && target.isWrite() && target.isKeyKnown() ? target : null;
    } catch (IOException e) {
      // What rules look for are fields of a page, which are at hand.
      throw new UncheckedIOException(e);
    }
  }
}
