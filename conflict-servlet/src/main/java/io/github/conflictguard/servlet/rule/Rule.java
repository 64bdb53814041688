package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.PathVariables;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.match.Template;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the rules file: which requests read and write a sort of resource, what its resources
 * are called, and how they are guarded. Immutable and safe for use by several threads.
 */
public final class Rule {

  private final String name;
  private final List<RequestPattern> reads;
  private final List<RequestPattern> writes;
  private final @Nullable Template key;
  private final TagSpec tag;
  private final @Nullable Mode mode;
  private final @Nullable Boolean required;
  private final @Nullable Integer lockTimeoutMillis;
  private final boolean ask;
  private final boolean early;
  private final boolean serialize;
  private final AnswerRules answers;
  private final StoredAnswers stored;
  private final @Nullable FormSpec forms;
  private final Set<DispatcherType> dispatch;
  private final HarmlessParameters harmless;
  private final boolean tokenRequired;
  private final @Nullable Template label;

  Rule(
      String name,
      List<RequestPattern> reads,
      List<RequestPattern> writes,
      @Nullable Template key,
      TagSpec tag,
      @Nullable Mode mode,
      @Nullable Boolean required,
      @Nullable Integer lockTimeoutMillis,
      boolean ask,
      boolean early,
      boolean serialize,
      AnswerRules answers,
      StoredAnswers stored,
      @Nullable FormSpec forms,
      Set<DispatcherType> dispatch,
      HarmlessParameters harmless,
      boolean tokenRequired,
      @Nullable Template label) {
    this.name = name;
    this.reads = reads;
    this.writes = writes;
    this.key = key;
    this.tag = tag;
    this.mode = mode;
    this.required = required;
    this.lockTimeoutMillis = lockTimeoutMillis;
    this.ask = ask;
    this.early = early;
    this.serialize = serialize;
    this.answers = answers;
    this.stored = stored;
    this.forms = forms;
    this.dispatch = dispatch;
    this.harmless = harmless;
    this.tokenRequired = tokenRequired;
    this.label = label;
  }

  /** Its name in the rules file, in the log and in JMX. */
  public String name() {
    return name;
  }

  /** Where the entity tags come from. */
  public TagSpec tag() {
    return tag;
  }

  /** Its own mode; null when that of the filter counts. */
  public @Nullable Mode mode() {
    return mode;
  }

  /** Whether writes need a precondition; null when the filter's setting counts. */
  public @Nullable Boolean required() {
    return required;
  }

  /** Whether a write without precondition needs the token of a form or link in the request. */
  public boolean isTokenRequired() {
    return tokenRequired;
  }

  /** How long its writes wait for each other; null when the filter's setting counts. */
  public @Nullable Integer lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  /**
   * Whether the application may be asked by a GET of the filter's own where that is not needed for
   * the tag: whether there is anything, and whether this user may see it.
   */
  public boolean mayAsk() {
    return ask;
  }

  /**
   * Whether 304 is answered without the application where the state is known: to everybody who gets
   * as far as the filter.
   */
  public boolean answersEarly() {
    return early;
  }

  /** Whether its writes have their resource for themselves, with or without a precondition. */
  public boolean isSerialized() {
    return serialize;
  }

  /** What the application's answers say when it has swallowed a conflict. */
  public AnswerRules answers() {
    return answers;
  }

  /** Which answers mean that a write has stored nothing. */
  public StoredAnswers stored() {
    return stored;
  }

  /** What is done with forms; null where nothing is. */
  public @Nullable FormSpec forms() {
    return forms;
  }

  /** Whether the rule applies to requests that a filter in front of the guard has forwarded. */
  boolean isForForwards() {
    return dispatch.contains(DispatcherType.FORWARD);
  }

  /** Whether a request may turn out to be a write, depending on what its body will say. */
  boolean mayBeWrite(RequestView facts) {
    return writes.stream().anyMatch(pattern -> pattern.mayMatch(facts));
  }

  /** Whether a pattern of {@code read} fits a request and names all parameters that it has. */
  boolean namesAll(RequestView facts) {
    return facts.isWithoutPathParameters()
        && reads.stream()
            .anyMatch(
                pattern ->
                    pattern.mayMatch(facts) && pattern.parameters().containsAll(facts.names()));
  }

  /**
   * Whether the address of a page that a filter in front has forwarded names all parameters that it
   * has: patterns of {@code write} know it by the forms that lead back there.
   */
  boolean namesAllInFront(RequestView facts) {
    return isForForwards()
        && facts.isWithoutPathParameters()
        && writes.stream()
            .anyMatch(
                pattern ->
                    pattern.isAboutPath(facts) && pattern.parameters().containsAll(facts.names()));
  }

  /** A path at which an internal GET may read; null when the rule allows none. */
  @Nullable String pathOfInternalGet() {
    boolean asks = ask || tag.source() == TagSpec.Source.BODY;
    List<RequestPattern> places = reads.isEmpty() ? writes : reads;
    return asks && !writes.isEmpty() && mode != Mode.OFF ? places.get(0).path().sample() : null;
  }

  /** What people call a record; null when the rule does not tell. */
  @Nullable String labelOf(RequestView facts, Map<String, String> captured) {
    return label == null ? null : label.fill(captured, facts);
  }

  /** Everything that it says of requests. */
  List<RequestPattern> patterns() {
    List<RequestPattern> patterns = new ArrayList<>(writes);
    patterns.addAll(reads);
    return patterns;
  }

  /** Whether writes by this method are meant where those by POST may not be. */
  boolean writesOtherwiseBy(String method) {
    for (RequestPattern pattern : writes) {
      if (pattern.methods().contains(method) && !pattern.methods().contains("POST")) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the rule may apply to a request of this method, judged without its body. */
  boolean mayMatch(RequestView facts, String method) {
    DispatcherType way = facts.dispatch();
    return (way == null || dispatch.contains(way))
        && patterns().stream().anyMatch(pattern -> pattern.mayMatch(facts, method));
  }

  /** What the request means to this rule if it has this method; null when it means nothing. */
  @Nullable RuleMatch match(RequestView facts, String method) throws IOException {
    DispatcherType way = facts.dispatch();
    if (way != null && !dispatch.contains(way)) {
      return null;
    }
    for (RequestPattern pattern : writes) {
      Map<String, String> captured = pattern.match(facts, method);
      if (captured != null) {
        return target(captured, facts, method, true)
            .unless(harmless.in(facts, pattern, forms != null));
      }
    }
    for (RequestPattern pattern : reads) {
      Map<String, String> captured = pattern.match(facts, method);
      if (captured != null) {
        return target(captured, facts, method, false);
      }
    }
    return null;
  }

  /** What a form can write by this rule after a script has changed it; null when nothing. */
  @Nullable RuleMatch possibleWrite(RequestView facts) throws IOException {
    for (RequestPattern pattern : writes) {
      Map<String, String> captured = pattern.possibleMatch(facts);
      if (captured != null) {
        return target(captured, facts, facts.method(), true);
      }
    }
    return null;
  }

  /**
   * Where a write's resource can be read, when that is not where it is written; null when it is, or
   * when the rule does not tell.
   *
   * @param page the path of the page that the write was sent from; null when that is not known
   */
  @Nullable String readTarget(
      RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern elsewhere = readElsewhere(facts, captured, page);
    return elsewhere == null ? null : expanded(elsewhere, captured);
  }

  /** Whether the values from the request can be a part of that target. */
  boolean isReadTargetPlain(
      RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern elsewhere = readElsewhere(facts, captured, page);
    return elsewhere == null || elsewhere.keepsShape(captured);
  }

  /** Whether a resource is read where a pattern of {@code read} has it. */
  boolean isReadByPattern(RequestView facts, Map<String, String> captured, @Nullable String page) {
    return readElsewhere(facts, captured, page) != null
        || reads.stream().anyMatch(pattern -> pattern.isAddressOf(facts, captured));
  }

  /** The page from which the write was sent comes first, and then what has the same address. */
  private @Nullable RequestPattern readElsewhere(
      RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern samePath = null;
    RequestPattern first = null;
    for (RequestPattern pattern : reads) {
      if (expanded(pattern, captured) != null) {
        if (page != null && pattern.path().matches(page, new PathVariables())) {
          return pattern;
        }
        samePath = samePath == null && pattern.isAboutPath(facts) ? pattern : samePath;
        first = first == null ? pattern : first;
      }
    }
    for (RequestPattern pattern : reads) {
      if (pattern.isAddressOf(facts, captured)) {
        return null;
      }
    }
    boolean ownPath = reads.stream().anyMatch(pattern -> pattern.isAboutPath(facts));
    return samePath == null && !ownPath ? first : samePath;
  }

  /** What only a form has is put into the query of a GET, where no other pattern tells more. */
  private @Nullable String expanded(RequestPattern pattern, Map<String, String> captured) {
    String address = pattern.expand(captured);
    boolean first = address == null && reads.get(0) == pattern;
    return first && reads.stream().allMatch(other -> other.expand(captured) == null)
        ? pattern.expandInQuery(captured)
        : address;
  }

  private RuleMatch target(
      Map<String, String> captured, RequestView facts, String method, boolean write) {
    String named = key == null ? facts.path() : key.expand(captured, facts);
    return new RuleMatch(this, named, method, write, captured, facts);
  }
}
