package io.github.conflictguard.servlet.form;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.ChangingFields;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.fields.IgnoredFields;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.request.PageRequest;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms of one web application: their tokens, and whether submitted forms are current.
 * Thread-safe.
 */
public final class Forms {

  /** The index of a form where the application has inserted the token. */
  private static final short PLACED = -1;

  private final Rules rules;
  private final WriteCounters counters;
  private final FormTokens tokens;
  private final FormTargets targets;
  private final Freshness freshness;
  private final AnonymousFormStore recent = new AnonymousFormStore();
  private final WritesByPageView own = new WritesByPageView();
  private final ChangingFields changing = new ChangingFields();
  private final boolean anyRequired;
  private final SecureRandom random = new SecureRandom();
  private final boolean anyLinks;

  /** The forms of pages without tokens; null where pages carry tokens. */
  private final @Nullable ShownForms shown;

  /**
   * Creates the forms of an application.
   *
   * @param secrets shared by all nodes that accept each other's tokens, the newest first; if empty,
   *     a random secret is used until the application stops
   */
  public Forms(Rules rules, WriteCounters counters, List<String> secrets) {
    this(rules, counters, secrets, null);
  }

  Forms(Rules rules, WriteCounters counters, List<String> secrets, @Nullable ShownForms observed) {
    this.shown = observed;
    this.rules = rules;
    this.counters = counters;
    this.tokens = observed == null ? new FormTokens(secrets) : FormTokens.forCounts();
    this.targets = new FormTargets(rules, tokens);
    this.anyRequired =
        rules.all().stream()
            .anyMatch(rule -> rule.forms() != null && Boolean.TRUE.equals(rule.required()));
    this.anyLinks =
        rules.all().stream()
            .map(Rule::forms)
            .anyMatch(spec -> spec != null && spec.areLinksCarried());
    this.freshness = new Freshness(rules, counters, tokens, own, changing);
  }

  /** Sets the listener for hidden fields that are ignored from now on: rule and name. */
  public void onChangingField(BiConsumer<String, String> listener) {
    changing.onFound(listener);
  }

  /** Returns whether any rule adds tokens to links. */
  boolean haveLinks() {
    return anyLinks;
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
    boolean page = target.method().equals("GET") && !target.isWrite();
    return (anyLinks && page)
        || (anyRequired
            && target.rule() == null
            && (target.method().equals("GET") || target.method().equals("POST")));
  }

  /**
   * Returns the view of a page that begins. Called before the application reads the data of the
   * page: a token that is too old causes a refusal, one that is too new would cause a lost update.
   *
   * @param state of the record that the page shows; null when it is not known
   * @param carried by the write that the page responds to; null when it carries no token
   */
  public PageView begin(
      RuleMatch target, @Nullable SelectedRepresentation state, @Nullable SubmittedToken carried) {
    if (target.savesNothing() && carried != null) {
      return again(target, carried);
    }
    EntityTag tag = state == null ? null : state.tag();
    return new PageView(
        random.nextLong(),
        counters.epoch(),
        counters.tick(),
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        target.isKeyKnown() ? numberOf(target) : 0,
        tag == null ? null : tag.toString(),
        target.isWrite() || target.savesNothing(),
        target.isPlainRead(),
        carried == null ? null : carried.base());
  }

  /**
   * Returns the view of a page that shows the entered values again. It has the time of the page on
   * which they were entered.
   */
  private PageView again(RuleMatch target, SubmittedToken carried) {
    long page = random.nextLong();
    long key = target.isKeyKnown() ? numberOf(target) : 0;
    FormToken token = carried.token();
    WritesByPageView.State after = token == null ? null : own.after(token.page, key);
    if (after != null) {
      own.written(page, key, after);
    }
    return new PageView(
        page,
        token == null ? counters.epoch() : token.epoch,
        // Without a valid token, none of its content is known to be current.
        token == null ? Long.MIN_VALUE : token.time,
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        key,
        token == null ? null : token.tag,
        true,
        false,
        carried.base());
  }

  /**
   * Returns whether the field that marks a request as saving nothing is a button of its form, if
   * that is known. A check box of that name is a value.
   */
  public boolean isButton(@Nullable SubmittedToken carried, String field) {
    StoredForm base = carried == null ? null : carried.base();
    FormField known = base == null ? null : base.snapshot.field(field);
    return (known != null && known.kind() == FieldKind.SUBMIT)
        || (carried != null && carried.kinds().of(field) == FieldKind.SUBMIT);
  }

  /** Returns a rewriter that inserts tokens into the response, if it is a page. */
  public BodyRewriter.Choice rewriter(HttpServletRequest request, PageView origin) {
    PageUrl address = new PageUrl(request);
    HttpServletRequest page = new PageRequest(request);
    return (response, units) -> {
      String type = typeOf(response);
      boolean xml = type.equals("application/xhtml+xml");
      return (xml || type.equals("text/html")) && isPlain(response)
          ? new FormRewriter(units, xml, new FormTokenInserter(this, page, origin, address))
          : null;
    };
  }

  /** Returns the token that a write carries from its form; null when it carries none. */
  public @Nullable SubmittedToken carried(RequestView facts, RuleMatch target) throws IOException {
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
      Rule guess = unread == null ? null : rules.ruleOfForm(unread);
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
    long key = numberOf(target);
    StoredForm last = SessionFormStore.find(session, client, form -> form.token.key == key);
    return last == null ? null : SubmittedToken.remembered(last, client);
  }

  /** Returns whether the request has a token that is bound to the session or user of its page. */
  public boolean isBound(SubmittedToken carried) {
    FormToken token = carried.token();
    return carried.isSent() && token != null && (token.owner != 0 || token.user != 0);
  }

  /** Returns whether this session was served a page with the stored state of the record. */
  public boolean wasServed(HttpServletRequest request, RuleMatch target, SubmittedToken carried) {
    long key = numberOf(target);
    return SessionFormStore.find(
            request.getSession(false),
            carried.client(),
            form -> form.stored && form.token.key == key)
        != null;
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

  /** Returns the client to which a page was served. */
  ClientIdentity clientOf(HttpServletRequest request) {
    return isObserving()
        ? ClientIdentity.atDistanceAfterwards(request)
        : ClientIdentity.of(request);
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
    StoredForm base = carried == null ? null : carried.base();
    TokenSeal seal = carried == null ? null : carried.seal();
    long key = numberOf(target);
    FormSnapshot found = null;
    for (FormSnapshot form : HtmlForms.read(page)) {
      if (form.isPosted() && targets.of(request, form, address).containsKey(key)) {
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
        ? numberOf(numberOf(target), form)
        : FormTokens.numberOf(seal, FormTokens.numberOf(seal, target), form);
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
    return token != null && isByTime(carried.client(), token, target);
  }

  /** Returns whether a write of the record has come from the page of a form. */
  boolean wasSavedFrom(FormToken token, RuleMatch target) {
    return own.after(token.page, numberOf(target)) != null;
  }

  boolean isByTime(ClientIdentity client, FormToken token, RuleMatch target) {
    return freshness.isByTime(client, token, target);
  }

  IgnoredFields ignoredBy(RuleMatch target) {
    return freshness.ignoredBy(target);
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
    WritesByPageView.State after = own.after(token.page, numberOf(target));
    return after == null ? token.time : Math.max(after.time, token.time);
  }

  /** Records a finished write of any rule, which makes forms of the same record stale. */
  public void written(RuleMatch target) {
    if (target.isKeyKnown()) {
      counters.written(target.key());
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
    long key = numberOf(target);
    WritesByPageView.State after =
        new WritesByPageView.State(counters.tick(), tag == null ? null : tag.toString());
    if (carried == null) {
      // Other writes without precondition may have run at the same time: their lock is shared.
      return;
    }
    own.written(answer.page, key, after);
    FormToken token = carried.token();
    if (token != null) {
      own.written(token.page, key, after);
    }
  }

  /** Records that the response to a write is sent again. */
  public void repeated(RuleMatch target, long firstAnswer, PageView again) {
    long key = numberOf(target);
    WritesByPageView.State after = own.after(firstAnswer, key);
    if (after != null) {
      own.written(again.page, key, after);
    }
  }

  /**
   * Returns the token that the application itself can insert into the form of the record on its
   * page.
   */
  public Object placeable(HttpServletRequest request, PageView origin) {
    return new PlaceableToken(() -> sealed(issuePlaced(request, origin)));
  }

  FormToken issuePlaced(HttpServletRequest request, PageView origin) {
    return issue(request, origin, PLACED, null, origin.key);
  }

  FormToken issue(
      HttpServletRequest request, PageView origin, short form, @Nullable Rule rule, long key) {
    return isObserving()
        ? tokens.issueUnbound(origin, form, rule, key)
        : tokens.issue(request, origin, form, rule, key);
  }

  /** Issues the token of a complete form, for each of its buttons. */
  FormToken issue(
      HttpServletRequest request,
      PageView origin,
      short index,
      @Nullable Rule rule,
      FormSnapshot form,
      String page) {
    Set<Long> keys = targets.of(request, form, page).keySet();
    long key = keys.isEmpty() ? 0 : keys.iterator().next();
    return issue(request, origin, index, rule, key).of(keys, FieldKinds.of(form));
  }

  /** Returns the text of a token; empty where no token leaves the server. */
  String sealed(FormToken token) {
    return isObserving() ? "" : tokens.sealed(token);
  }

  @Nullable Rule ruleOf(RequestView facts) {
    return rules.ruleOfForm(facts);
  }

  /**
   * Returns the number of the target of a request; null when it is not a write of a known record.
   */
  @Nullable Long numberOfTarget(RequestView facts) {
    RuleMatch target = targets.of(facts);
    return target == null ? null : numberOf(target);
  }

  /**
   * Returns the content of a form that was shown for storage, once for each record that it writes.
   */
  List<StoredForm> served(
      HttpServletRequest request,
      ClientIdentity client,
      FormSnapshot form,
      FormToken token,
      PageView origin,
      PageUrl page) {
    List<StoredForm> shown = new ArrayList<>();
    targets
        .of(request, form, page.whole())
        .forEach(
            (key, target) ->
                shown.add(served(client, target, key, form, token, origin, page.local())));
    return shown;
  }

  private StoredForm served(
      ClientIdentity client,
      RuleMatch target,
      long key,
      FormSnapshot form,
      FormToken token,
      PageView origin,
      String page) {
    long number = numberOf(key, form);
    if (origin.plain) {
      freshness.served(client, target, form, number, origin);
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

  /** Returns the number of the form of a record. */
  long numberOf(long key, FormSnapshot form) {
    return tokens.numberOf(key, form);
  }

  long numberOf(RuleMatch target) {
    return tokens.numberOf(target);
  }

  private static boolean isPlain(HttpServletResponse response) {
    String encoding = response.getHeader("Content-Encoding");
    return (encoding == null || encoding.equalsIgnoreCase("identity"))
        && response.getHeader("Content-Range") == null;
  }

  private static String typeOf(HttpServletResponse response) {
    String type = response.getContentType();
    return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }
}
