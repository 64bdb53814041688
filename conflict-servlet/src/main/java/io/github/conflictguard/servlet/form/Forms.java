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
 * The forms of one web application: what they carry from page to request, and whether what they
 * carry is still current. Safe for use by several threads.
 */
public final class Forms {

  /** What is counted as the number of a form where the application has placed the token. */
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

  /** Where the forms of pages are noted that carry no token; null where they carry one. */
  private final @Nullable ShownForms shown;

  /**
   * Begins.
   *
   * @param secrets known to all nodes that are to take each other's tokens, the newest first; empty
   *     for one of this start of the application
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

  /** Sets what is told of each hidden field that counts as no value from now on: rule and name. */
  public void onChangingField(BiConsumer<String, String> listener) {
    changing.onFound(listener);
  }

  /** Whether any rule has its links carry tokens. */
  boolean haveLinks() {
    return anyLinks;
  }

  /** Whether the forms of pages that this rule speaks of are looked at. */
  public static boolean areCarriedBy(RuleMatch target) {
    Rule rule = target.rule();
    return rule != null && rule.forms() != null;
  }

  /**
   * Whether the forms and links of a page are looked at that no rule with forms reads: where some
   * rule refuses what comes without a token, or has links, every page of the application that leads
   * there needs one.
   */
  public boolean areCarriedElsewhere(RuleMatch target) {
    boolean page = target.method().equals("GET") && !target.isWrite();
    return (anyLinks && page)
        || (anyRequired
            && target.rule() == null
            && (target.method().equals("GET") || target.method().equals("POST")));
  }

  /**
   * A page begins. Before the application reads what it shows: a token that is too old costs a
   * refusal, one that is too new would cost an update.
   *
   * @param state of the record that the page shows; null when it is not known
   * @param carried by the write that the page answers; null when it carries nothing
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

  /** A page that shows again what was typed is as old as the page on which it was typed. */
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
        // Without a token that counts, nothing it holds is known to be current.
        token == null ? Long.MIN_VALUE : token.time,
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        key,
        token == null ? null : token.tag,
        true,
        false,
        carried.base());
  }

  /**
   * Whether the field by which a request says that it saves nothing is a button of its form, as far
   * as that is known: a check box of that name is a value.
   */
  public boolean isButton(@Nullable SubmittedToken carried, String field) {
    StoredForm base = carried == null ? null : carried.base();
    FormField known = base == null ? null : base.snapshot.field(field);
    return (known != null && known.kind() == FieldKind.SUBMIT)
        || (carried != null && carried.kinds().of(field) == FieldKind.SUBMIT);
  }

  /** Puts tokens into the answer, if that is a page. */
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

  /** What a write carries from its form; null when it carries nothing. */
  public @Nullable SubmittedToken carried(RequestView facts, RuleMatch target) throws IOException {
    // Read in any case: what is sent tells two fillings of one form apart.
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

  /** Whether the request has sent a token that is bound to the session or user of its page. */
  public boolean isBound(SubmittedToken carried) {
    FormToken token = carried.token();
    return carried.isSent() && token != null && (token.owner != 0 || token.user != 0);
  }

  /** Whether this session was served a page with the record as it is stored. */
  public boolean wasServed(HttpServletRequest request, RuleMatch target, SubmittedToken carried) {
    long key = numberOf(target);
    return SessionFormStore.find(
            request.getSession(false),
            carried.client(),
            form -> form.stored && form.token.key == key)
        != null;
  }

  /**
   * Whether the page as the application would show it now can make a difference to {@link
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

  /** Remembers forms in the session, or beside it where there is none. */
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

  /** Whether pages are only observed: then their sessions are left alone. */
  boolean isObserving() {
    return shown != null;
  }

  /** The client that a page was served to. */
  ClientIdentity clientOf(HttpServletRequest request) {
    return isObserving()
        ? ClientIdentity.atDistanceAfterwards(request)
        : ClientIdentity.of(request);
  }

  /**
   * The form of a record in a page.
   *
   * @param page the page's HTML
   * @param address its path and query
   * @return null when it is not there
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

  /** What the form was numbered by when it was remembered. */
  private long numberThen(@Nullable TokenSeal seal, RuleMatch target, FormSnapshot form) {
    return seal == null
        ? numberOf(numberOf(target), form)
        : FormTokens.numberOf(seal, FormTokens.numberOf(seal, target), form);
  }

  /**
   * Whether a form was shown when the record was what it is now. Asked under the lock of the
   * record.
   *
   * @param state as it is now, where that is known; null where nothing but time is
   * @param shown the form as the application would show it now; null when it was not asked
   * @param again asks for it once more, where that tells values from what changes by itself
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

  /** Whether no write has been noted since a form was shown, or since its own one. */
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
   * All that is known of a form that came too late.
   *
   * @param now when {@code current} was asked for, or before; null when it was not
   * @param current the form as the application would show it to this user now; null when that is
   *     not known
   * @param shown whether the user may be shown what the application has served of the form; else
   *     there is nothing but what was sent
   * @param remains what there is still of the record
   * @return null when too much was sent to be shown again: the browser still has it
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
   * When the page of a form was begun, or when it was last written from.
   *
   * @return null when that is not known: the form is of another start of the application, of
   *     another client, or of no known page
   */
  public @Nullable Long timeOf(SubmittedToken carried, RuleMatch target) {
    FormToken token = carried.token();
    if (token == null || token.epoch != counters.epoch()) {
      return null;
    }
    WritesByPageView.State after = own.after(token.page, numberOf(target));
    return after == null ? token.time : Math.max(after.time, token.time);
  }

  /** A write of any rule has ended: forms about the same record are old now. */
  public void written(RuleMatch target) {
    if (target.isKeyKnown()) {
      counters.written(target.key());
    }
  }

  /**
   * The same of a write that came with a form, or may have.
   *
   * @param carried what it came with; null when it came with nothing
   * @param answer the page that answers it
   * @param state what it has made, where that is known
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
      // Others without precondition may have written at the same time: their lock is shared.
      return;
    }
    own.written(answer.page, key, after);
    FormToken token = carried.token();
    if (token != null) {
      own.written(token.page, key, after);
    }
  }

  /** The answer to a write is given again. */
  public void repeated(RuleMatch target, long firstAnswer, PageView again) {
    long key = numberOf(target);
    WritesByPageView.State after = own.after(firstAnswer, key);
    if (after != null) {
      own.written(again.page, key, after);
    }
  }

  /** The token that the application itself can put into the form of the record on its page. */
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

  /** Makes the token of a form with all its fields, for each of its buttons. */
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

  /** The text of a token; empty where nothing leaves the server. */
  String sealed(FormToken token) {
    return isObserving() ? "" : tokens.sealed(token);
  }

  @Nullable Rule ruleOf(RequestView facts) {
    return rules.ruleOfForm(facts);
  }

  /** Null when the request would be no write of a known record. */
  @Nullable Long numberOfTarget(RequestView facts) {
    RuleMatch target = targets.of(facts);
    return target == null ? null : numberOf(target);
  }

  /** A form was shown: what is worth remembering of it, once for each record that it writes. */
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
    // What answers a write shows what was typed, and not what there is.
    StoredForm base = origin.base;
    if (base == null || base.form != number) {
      FormSnapshot nothing = HtmlForms.of(Collections.emptyList(), form.charset());
      return new StoredForm(token.about(key), number, page, false, nothing);
    }
    return new StoredForm(token.about(key), number, base.page, false, base.snapshot);
  }

  /** A number for the form of a record. */
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
