package io.github.conflictguard.servlet.form;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.fields.ChangingFields;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.unread.PastWrites;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forms of one web application: tokens, and whether forms are current. Thread-safe. */
public final class Forms {

  private static final int REMEMBERED_WRITES = 4096;

  private final WriteCounters counters;
  private final PastWrites writes;
  private final FormTokens tokens;
  private final FormTargets targets;
  private final Freshness freshness;
  private final FormStore store;
  private final WritesByPageView own = new WritesByPageView();
  private final ChangingFields changing = new ChangingFields();
  private final SecureRandom random = new SecureRandom();

  /**
   * Creates the forms of an application.
   *
   * @param secrets shared by all nodes that accept each other's tokens, the newest first; if empty,
   *     a random secret is used until the application stops
   * @param shared reads the states that all nodes share; null if they share none
   */
  public Forms(
      Rules rules,
      WriteCounters counters,
      List<String> secrets,
      @Nullable Function<RuleMatch, SelectedRepresentation> shared) {
    this(rules, counters, secrets, shared, null);
  }

  Forms(
      Rules rules,
      WriteCounters counters,
      List<String> secrets,
      @Nullable Function<RuleMatch, SelectedRepresentation> shared,
      @Nullable ShownForms observed) {
    this.counters = counters;
    this.writes = new PastWrites(counters, observed == null ? 0 : REMEMBERED_WRITES);
    this.tokens = observed == null ? new FormTokens(secrets) : FormTokens.forCounts();
    this.targets = new FormTargets(rules, tokens);
    this.freshness = new Freshness(rules, counters, shared, writes, tokens, own, changing);
    this.store = new FormStore(tokens, targets, freshness, counters, observed);
  }

  /** Sets the listener for hidden fields that are ignored from now on: rule and name. */
  public void onChangingField(BiConsumer<String, String> listener) {
    changing.onFound(listener);
  }

  /** Returns whether the forms of pages of this rule are processed. */
  public static boolean areCarriedBy(RuleMatch target) {
    Rule rule = target.rule();
    return rule != null && rule.forms() != null;
  }

  /**
   * Returns whether the forms and links are processed of a page that no rule with forms reads.
   * Where a rule refuses requests without a token, or has links, every page of the application with
   * a form or link to its resources needs tokens.
   */
  public boolean areCarriedElsewhere(RuleMatch target) {
    return targets.areCarriedElsewhere(target);
  }

  /**
   * Returns the view of a page that begins. Called before the application reads its data: a token
   * that is too old causes a refusal, one that is too new would cause a lost update.
   *
   * @param state of the record that the page shows; null when it is not known
   * @param carried by the write that the page responds to; null when it carries no token
   */
  public PageView begin(
      RuleMatch target, @Nullable SelectedRepresentation state, @Nullable SubmittedToken carried) {
    // Of a page that is only observed, the number never leaves the server.
    long page = store.isObserving() ? ThreadLocalRandom.current().nextLong() : random.nextLong();
    if (!target.savesNothing() || carried == null) {
      SelectedRepresentation known = freshness.stateOf(target, state);
      return PageView.begun(page, counters, tokens, target, known, carried);
    }
    PageView again = PageView.again(page, counters, tokens, target, carried);
    FormToken token = carried.token();
    if (token != null) {
      own.repeated(token.page, page, again.key);
    }
    return again;
  }

  /**
   * Returns whether the field that marks a request as saving nothing is known to be a button of its
   * form. A check box of that name is a value.
   */
  public boolean isButton(@Nullable SubmittedToken carried, String field) {
    StoredForm base = carried == null ? null : carried.base();
    FormField known = base == null ? null : base.snapshot.field(field);
    return (known != null && known.kind() == FieldKind.SUBMIT)
        || (carried != null && carried.kinds().of(field) == FieldKind.SUBMIT);
  }

  /** Returns a rewriter that inserts tokens into the response, if it is a page. */
  public BodyRewriter.Choice rewriter(HttpServletRequest request, PageView origin) {
    return FormTokenInserter.choice(this, request, origin);
  }

  /** Returns the token that a write carries from its form; null when it carries none. */
  public @Nullable SubmittedToken carried(RequestView facts, RuleMatch target) throws IOException {
    return store.carried(facts, target);
  }

  /** Returns whether this session was served a page with the stored state of the record. */
  public boolean wasServed(HttpServletRequest request, RuleMatch target, SubmittedToken carried) {
    return store.wasServed(request, target, carried);
  }

  /**
   * Returns whether the page as the application would serve it now can affect the result of {@link
   * #isCurrent}.
   */
  public boolean isJudgedByPage(SubmittedToken carried, RuleMatch target) {
    return freshness.isJudgedByPage(carried, target);
  }

  /** Returns whether it matters which fields of a multipart form are filled. */
  public boolean isJudgedByFiles(SubmittedToken carried, RuleMatch target) {
    return freshness.isJudgedByFiles(carried, target);
  }

  /**
   * Returns the form of a record in a page.
   *
   * @param page the page's HTML
   * @param address its path and query
   * @return null when the page does not contain it
   */
  public @Nullable FormSnapshot formIn(
      String page,
      String address,
      HttpServletRequest request,
      RuleMatch target,
      @Nullable SubmittedToken carried) {
    return targets.formIn(page, address, request, target, carried);
  }

  /**
   * Returns whether the record has its present state since the form was shown. Called under the
   * lock of the record.
   *
   * @param state the current state; null where only times are known
   * @param shown the form as the application would serve it now; null when it was not requested
   * @param again requests it once more, where that distinguishes values from fields that change by
   *     themselves
   */
  public boolean isCurrent(
      SubmittedToken carried,
      RuleMatch target,
      @Nullable SelectedRepresentation state,
      @Nullable FormSnapshot shown,
      Supplier<@Nullable FormSnapshot> again,
      HttpServletRequest request) {
    return freshness.isCurrent(carried, target, state, shown, again, request);
  }

  /**
   * Returns whether no write has been recorded since the form was shown, or since its own write.
   */
  public boolean isByTime(SubmittedToken carried, RuleMatch target) {
    FormToken token = carried.token();
    return token != null && freshness.isByTime(carried.client(), token, target);
  }

  /**
   * Returns the details of a stale form.
   *
   * @param now when {@code current} was requested, or before; null when it was not
   * @param current the form as the application would serve it to this user now; null when that is
   *     not known
   * @param shown whether the served values of the form may be disclosed to the user; otherwise the
   *     result contains only the submitted ones
   * @param remains what remains of the record
   * @return null when the submission is too large to be shown again: the browser still has it
   */
  public @Nullable FormConflict conflict(
      SubmittedToken carried,
      RuleMatch target,
      HttpServletRequest request,
      @Nullable PageView now,
      @Nullable FormSnapshot current,
      boolean shown,
      FormConflict.Remains remains)
      throws IOException {
    StaleSubmission late = new StaleSubmission(this, carried, target, request, shown, remains);
    return shown ? late.conflict(now, current) : late.conflict(null, null);
  }

  /** Returns a time that is later than all before and earlier than all to come. */
  public long tick() {
    return counters.tick();
  }

  /**
   * Returns when the page of a form began, or when a write last came from it.
   *
   * @return null when that is not known: the form was issued before a restart, to another client,
   *     or on an unknown page
   */
  public @Nullable Long timeOf(SubmittedToken carried, RuleMatch target) {
    FormToken token = carried.token();
    if (token == null || token.epoch != counters.epoch()) {
      return null;
    }
    return own.timeOf(token, numberOf(target));
  }

  /** Records a finished write of any rule, which makes forms of the same record stale. */
  public void written(RuleMatch target) {
    if (target.isKeyKnown()) {
      writes.written(target.key());
    }
  }

  /**
   * Records a finished write that carries a form, or may carry one.
   *
   * @param carried its token; null when it carries none
   * @param answer the page in the response
   * @param state the resulting state, where that is known
   */
  public void written(
      RuleMatch target,
      @Nullable SubmittedToken carried,
      PageView answer,
      @Nullable SelectedRepresentation state) {
    written(target);
    EntityTag tag = state == null ? null : state.tag();
    WritesByPageView.State after =
        new WritesByPageView.State(counters.tick(), tag == null ? null : tag.toString());
    // Other writes without precondition may have run at the same time: their lock is shared.
    if (carried != null) {
      own.written(answer.page, carried.token(), numberOf(target), after);
    }
  }

  /** Records that the response to a write is sent again. */
  public void repeated(RuleMatch target, long firstAnswer, PageView again) {
    own.repeated(firstAnswer, again.page, numberOf(target));
  }

  /**
   * Returns the token that the application itself can insert into the form of the record on its
   * page.
   */
  public Object placeable(HttpServletRequest request, PageView origin) {
    return new PlaceableToken(() -> tokens.sealed(tokens.issuePlaced(request, origin)));
  }

  FormTokens tokens() {
    return tokens;
  }

  FormTargets targets() {
    return targets;
  }

  Freshness freshness() {
    return freshness;
  }

  FormStore store() {
    return store;
  }

  /** Returns the number of a record under the rule of a request. */
  long numberOf(RuleMatch target) {
    return tokens.numberOf(target);
  }
}
