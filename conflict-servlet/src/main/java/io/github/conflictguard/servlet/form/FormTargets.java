package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.Requirement;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of pages that are processed, and the records that each writes. Immutable. */
final class FormTargets {

  /** The maximum number of records of one form; further ones are ignored. */
  static final int MOST = 8;

  private final Rules rules;
  private final FormTokens tokens;
  private final boolean anyRequired;
  private final boolean anyLinks;
  private final boolean anyOfSession;

  FormTargets(Rules rules, FormTokens tokens) {
    this.rules = rules;
    this.tokens = tokens;
    this.anyRequired =
        rules.all().stream()
            .anyMatch(rule -> rule.forms() != null && rule.required() == Requirement.ALWAYS);
    this.anyLinks =
        rules.all().stream()
            .map(Rule::forms)
            .anyMatch(spec -> spec != null && spec.areLinksCarried());
    this.anyOfSession = rules.all().stream().anyMatch(Rule::dependsOnSession);
  }

  /** Returns whether the record of a form can depend on an attribute of the session. */
  boolean dependOnSession() {
    return anyOfSession;
  }

  /** Returns whether any rule adds tokens to links. */
  boolean haveLinks() {
    return anyLinks;
  }

  /** See {@link Forms#areCarriedElsewhere}. */
  boolean areCarriedElsewhere(RuleMatch target) {
    boolean page = target.method().equals("GET") && !target.isWrite();
    return (anyLinks && page)
        || (anyRequired
            && target.rule() == null
            && (target.method().equals("GET") || target.method().equals("POST")));
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

  /** Returns the rule of a form whose submission would be this request; null when it has none. */
  @Nullable Rule ruleOf(RequestView facts) {
    return rules.ruleOfForm(facts);
  }

  /**
   * Returns the number of the target of a request; null when it is not a write of a known record.
   */
  @Nullable Long numberOf(RequestView facts) {
    RuleMatch target = of(facts);
    return target == null ? null : tokens.numberOf(target);
  }

  /** See {@link Forms#formIn}. */
  @Nullable FormSnapshot formIn(
      String page,
      String address,
      HttpServletRequest request,
      RuleMatch target,
      @Nullable SubmittedToken carried) {
    StoredForm base = carried == null ? null : carried.base();
    TokenSeal seal = carried == null ? null : carried.seal();
    long key = tokens.numberOf(target);
    FormSnapshot found = null;
    for (FormSnapshot form : HtmlForms.read(page)) {
      if (form.isPosted() && of(request, form, address).containsKey(key)) {
        if (base == null || base.form == numberThen(seal, target, form)) {
          return form;
        }
        found = found == null ? form : found;
      }
    }
    return base == null ? found : null;
  }

  /** Returns the number of the form at the time when it was stored. */
  private long numberThen(@Nullable TokenSeal seal, RuleMatch target, FormSnapshot form) {
    return seal == null
        ? tokens.numberOf(tokens.numberOf(target), form)
        : FormTokens.numberOf(seal, FormTokens.numberOf(seal, target), form);
  }
}
