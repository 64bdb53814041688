package io.github.conflictguard.servlet.form;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.exchange.BodyRewriter;
import io.github.conflictguard.servlet.exchange.ClientIdentity;
import io.github.conflictguard.servlet.exchange.LocalAddress;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.RequestFacts;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.rule.TagSpec;
import io.github.conflictguard.servlet.rule.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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
  private final ServedForms served;
  private final RecentForms recent = new RecentForms();
  private final OwnWrites own = new OwnWrites();
  private final Map<Rule, IgnoredFields> ignored = new HashMap<>();
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
    this.tokens = new FormTokens(counters, secrets);
    this.served = new ServedForms(counters);
    this.anyLinks =
        rules.all().stream()
            .map(Rule::forms)
            .anyMatch(spec -> spec != null && spec.areLinksCarried());
    for (Rule rule : rules.all()) {
      FormSpec spec = rule.forms();
      if (spec != null) {
        ignored.put(rule, new IgnoredFields(spec.ignored()));
      }
    }
  }

  /** Whether the forms of pages that this rule speaks of are looked at. */
  public static boolean areCarriedBy(Target target) {
    Rule rule = target.rule();
    return rule != null && rule.forms() != null;
  }

  /**
   * Whether a page is looked at for its links alone, because no rule with forms reads it: links get
   * tokens by the rule of their target, wherever they stand.
   */
  public boolean areLinksCarriedElsewhere(Target target) {
    return anyLinks && !areCarriedBy(target) && !target.isWrite() && target.method().equals("GET");
  }

  /**
   * A page begins. Before the application reads what it shows: a token that is too old costs a
   * refusal, one that is too new would cost an update.
   *
   * @param state of the record that the page shows; null when it is not known
   * @param carried by the write that the page answers; null when it carries nothing
   */
  public PageOrigin begin(
      Target target, @Nullable SelectedRepresentation state, @Nullable CarriedToken carried) {
    EntityTag tag = state == null ? null : state.tag();
    return new PageOrigin(
        random.nextLong(),
        counters.tick(),
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        target.isKeyKnown() ? numberOf(target) : 0,
        tag == null ? null : tag.toString(),
        target.isWrite(),
        target.isPlainRead(),
        carried == null ? null : carried.base());
  }

  /** Puts tokens into the answer, if that is a page. */
  public BodyRewriter.Choice rewriter(HttpServletRequest request, PageOrigin origin) {
    PageAddress address = new PageAddress(request);
    return (response, units) -> {
      String type = typeOf(response);
      boolean xml = type.equals("application/xhtml+xml");
      return (xml || type.equals("text/html")) && isPlain(response)
          ? new FormRewriter(units, xml, new FormPage(this, request, origin, address))
          : null;
    };
  }

  /** What a write carries from its form; null when it carries nothing. */
  public @Nullable CarriedToken carried(RequestFacts facts, Target target) throws IOException {
    // Read in any case: what is sent tells two fillings of one form apart.
    String inBody = facts.form(CarriedToken.NAME);
    String inQuery = facts.query(CarriedToken.NAME);
    String text = inBody == null ? inQuery : inBody;
    HttpServletRequest request = facts.request();
    HttpSession session = request.getSession(false);
    ClientIdentity client = ClientIdentity.of(request);
    if (session != null) {
      PageMemory.keepFor(session, client);
    }
    if (text != null) {
      String method = request.getMethod();
      RequestFacts unread =
          RequestFacts.ofForm(request, method, LocalAddress.of(request), Collections.emptyMap());
      Rule guess = unread == null ? null : rules.ruleOfForm(unread);
      return CarriedToken.sent(
          tokens.open(
              text,
              request,
              target,
              guess,
              (token, wanted) -> baseOf(session, client, token, wanted)),
          client);
    }
    long key = numberOf(target);
    RememberedForm last = PageMemory.find(session, client, form -> form.token.key == key);
    return last == null ? null : CarriedToken.remembered(last, client);
  }

  /** Whether the request has sent a token that is bound to the session or user of its page. */
  public boolean isBound(CarriedToken carried) {
    FormToken token = carried.token();
    return carried.isSent() && token != null && (token.owner != 0 || token.user != 0);
  }

  /**
   * Whether the page as the application would show it now can make a difference to {@link
   * #isCurrent}.
   */
  public boolean isJudgedByPage(CarriedToken carried, Target target) {
    FormToken token = carried.token();
    RememberedForm base = carried.base();
    return token != null
        && base != null
        && base.stored
        && source(target) == TagSpec.Source.FORM
        && own.after(token.page, numberOf(target)) == null
        && FormFingerprint.of(base.snapshot, ignoredBy(target)).isShowing();
  }

  private @Nullable RememberedForm baseOf(
      @Nullable HttpSession session,
      ClientIdentity client,
      FormToken token,
      Predicate<RememberedForm> wanted) {
    RememberedForm inSession =
        PageMemory.find(
            session,
            client,
            form ->
                form.token.page == token.page
                    && form.token.form == token.form
                    && wanted.test(form));
    RememberedForm other = inSession == null ? recent.find(client, token) : inSession;
    return other != null && wanted.test(other) ? other : null;
  }

  /** Remembers forms in the session, or beside it where there is none. */
  void remember(HttpServletRequest request, ClientIdentity client, List<RememberedForm> served) {
    if (shown != null) {
      shown.add(client, served);
      return;
    }
    HttpSession session = request.getSession(false);
    if (session == null) {
      recent.remember(client, served);
    } else {
      PageMemory.remember(session, client, served);
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
      Target target,
      @Nullable CarriedToken carried) {
    RememberedForm base = carried == null ? null : carried.base();
    TokenSeal seal = carried == null ? null : carried.seal();
    long key = numberOf(target);
    FormSnapshot found = null;
    for (FormSnapshot form : HtmlForms.read(page)) {
      String to = form.method().equals("POST") ? form.target(address) : null;
      RequestFacts facts =
          to == null ? null : RequestFacts.ofForm(request, "POST", to, FormPage.fieldsOf(form));
      Long about = facts == null ? null : numberOfTarget(facts);
      if (about != null && about == key) {
        if (base == null || base.form == numberThen(seal, target, form)) {
          return form;
        }
        found = found == null ? form : found;
      }
    }
    return base == null ? found : null;
  }

  /** What the form was numbered by when it was remembered. */
  private long numberThen(@Nullable TokenSeal seal, Target target, FormSnapshot form) {
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
   */
  public boolean isCurrent(
      CarriedToken carried,
      Target target,
      @Nullable SelectedRepresentation state,
      @Nullable FormSnapshot shown) {
    FormToken token = carried.token();
    if (token == null) {
      return false;
    }
    RememberedForm base = carried.base();
    IgnoredFields ignore = ignoredBy(target);
    if (shown != null
        && base != null
        && base.stored
        && source(target) == TagSpec.Source.FORM
        // What he has written himself since is not what the page had shown.
        && own.after(token.page, numberOf(target)) == null) {
      FormFingerprint now = FormFingerprint.of(shown, ignore);
      FormFingerprint then = FormFingerprint.of(base.snapshot, ignore);
      if (then.isShowing()) {
        return isByTime(carried.client(), token, target)
            ? !now.contradicts(then)
            : now.isSameAs(then);
      }
    }
    OwnWrites.State after = own.after(token.page, numberOf(target));
    if (source(target) == TagSpec.Source.QUERY || source(target) == TagSpec.Source.RESOLVER) {
      EntityTag now = state == null ? null : state.tag();
      String then = after == null ? token.tag : after.tag;
      return now != null && now.toString().equals(then);
    }
    return isByTime(carried.client(), token, target)
        || (source(target) == TagSpec.Source.FORM
            && base != null
            && base.stored
            && served.isUnchanged(
                carried.client(),
                target.key(),
                base.form,
                FormFingerprint.of(base.snapshot, ignore)));
  }

  /** Whether no write has been noted since a form was shown, or since its own one. */
  public boolean isByTime(CarriedToken carried, Target target) {
    FormToken token = carried.token();
    return token != null && isByTime(carried.client(), token, target);
  }

  boolean isByTime(ClientIdentity client, FormToken token, Target target) {
    OwnWrites.State after = own.after(token.page, numberOf(target));
    long begin = token.epoch == counters.epoch() ? token.time : Long.MIN_VALUE;
    long time = after == null ? begin : Math.max(begin, after.time);
    return counters.isCurrent(target.key(), time)
        && (begin == Long.MIN_VALUE || served.isCurrent(client, target.key(), time));
  }

  IgnoredFields ignoredBy(Target target) {
    Rule rule = target.rule();
    IgnoredFields known = rule == null ? null : ignored.get(rule);
    return known == null ? new IgnoredFields(Collections.emptySet()) : known;
  }

  /**
   * All that is known of a form that came too late.
   *
   * @param now when {@code current} was asked for, or before; null when it was not
   * @param current the form as the application would show it to this user now; null when that is
   *     not known
   * @param shown whether the user may be shown what the application has served of the form; else
   *     there is nothing but what was sent
   * @return null when too much was sent to be shown again: the browser still has it
   */
  public @Nullable FormConflict conflict(
      CarriedToken carried,
      Target target,
      HttpServletRequest request,
      @Nullable PageOrigin now,
      @Nullable FormSnapshot current,
      boolean shown)
      throws IOException {
    LateSubmission late = new LateSubmission(this, carried, target, request, shown);
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
  public @Nullable Long timeOf(CarriedToken carried, Target target) {
    FormToken token = carried.token();
    if (token == null || token.epoch != counters.epoch()) {
      return null;
    }
    OwnWrites.State after = own.after(token.page, numberOf(target));
    return after == null ? token.time : Math.max(after.time, token.time);
  }

  /** A write of any rule has ended: forms about the same record are old now. */
  public void written(Target target) {
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
      Target target,
      @Nullable CarriedToken carried,
      PageOrigin answer,
      @Nullable SelectedRepresentation state) {
    written(target);
    EntityTag tag = state == null ? null : state.tag();
    long key = numberOf(target);
    OwnWrites.State after =
        new OwnWrites.State(counters.tick(), tag == null ? null : tag.toString());
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
  public void repeated(Target target, long firstAnswer, PageOrigin again) {
    long key = numberOf(target);
    OwnWrites.State after = own.after(firstAnswer, key);
    if (after != null) {
      own.written(again.page, key, after);
    }
  }

  /** The token that the application itself can put into the form of the record on its page. */
  public Object placeable(HttpServletRequest request, PageOrigin origin) {
    return new PlaceableToken(() -> sealed(issuePlaced(request, origin)));
  }

  FormToken issuePlaced(HttpServletRequest request, PageOrigin origin) {
    return issue(request, origin, PLACED, null, origin.key);
  }

  FormToken issue(
      HttpServletRequest request, PageOrigin origin, short form, @Nullable Rule rule, long key) {
    return isObserving()
        ? tokens.issueUnbound(origin, form, rule, key)
        : tokens.issue(request, origin, form, rule, key);
  }

  /** The text of a token; empty where nothing leaves the server. */
  String sealed(FormToken token) {
    return isObserving() ? "" : tokens.sealed(token);
  }

  @Nullable Rule ruleOf(RequestFacts facts) {
    return rules.ruleOfForm(facts);
  }

  /** Null when the request would be no write of a known record. */
  @Nullable Long numberOfTarget(RequestFacts facts) {
    Target target = targetOf(facts);
    return target == null ? null : numberOf(target);
  }

  private @Nullable Target targetOf(RequestFacts facts) {
    try {
      Target target = rules.targetOf(facts);
      return areCarriedBy(target) && target.isWrite() && target.isKeyKnown() ? target : null;
    } catch (IOException e) {
      // What is asked are fields of a page, which are at hand.
      throw new UncheckedIOException(e);
    }
  }

  /** A form was shown; null when it is not worth remembering. */
  @Nullable RememberedForm served(
      ClientIdentity client,
      RequestFacts facts,
      FormSnapshot form,
      FormToken token,
      PageOrigin origin,
      String page) {
    Target target = targetOf(facts);
    if (target == null) {
      return null;
    }
    IgnoredFields ignore = ignoredBy(target);
    long key = numberOf(target);
    long number = numberOf(key, form);
    if (origin.plain && client.isKnown() && source(target) == TagSpec.Source.FORM) {
      served.served(client, target.key(), number, origin.time, FormFingerprint.of(form, ignore));
    }
    if (!origin.answerToWrite) {
      return new RememberedForm(
          token.about(key), number, page, true, RememberedForm.outlineOf(form));
    }
    // What answers a write shows what was typed, and not what there is.
    RememberedForm base = origin.base;
    if (base == null || base.form != number) {
      FormSnapshot nothing = HtmlForms.of(Collections.emptyList(), form.charset());
      return new RememberedForm(token.about(key), number, page, false, nothing);
    }
    return new RememberedForm(token.about(key), number, base.page, false, base.snapshot);
  }

  /** A number for the form of a record. */
  long numberOf(long key, FormSnapshot form) {
    return tokens.numberOf(key, form);
  }

  long numberOf(Target target) {
    return tokens.numberOf(target);
  }

  private static TagSpec.@Nullable Source source(Target target) {
    Rule rule = target.rule();
    return rule == null ? null : rule.tag().source();
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
