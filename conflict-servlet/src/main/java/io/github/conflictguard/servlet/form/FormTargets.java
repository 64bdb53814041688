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

/** Determines the records that a form writes with each of its buttons. Immutable. */
final class FormTargets {

  /** The maximum number of records of one form; further ones are ignored. */
  static final int MOST = 8;

  private final Rules rules;
  private final FormTokens tokens;

  FormTargets(Rules rules, FormTokens tokens) {
    this.rules = rules;
    this.tokens = tokens;
  }

  /**
   * Returns the targets of a complete form by their numbers, in the order of the form.
   *
   * @param page the request for the page
   * @param address the address of the page: a path with or without query, or a complete URL
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

  /** Returns the target of a request; null when it is not a write of a known record. */
  @Nullable RuleMatch of(RequestView facts) {
    try {
      RuleMatch target = rules.targetOf(facts);
      return Forms.areCarriedBy(target) && target.isWrite() && target.isKeyKnown() ? target : null;
    } catch (IOException e) {
      // Rules read fields of a page here, which are in memory.
      throw new UncheckedIOException(e);
    }
  }
}
