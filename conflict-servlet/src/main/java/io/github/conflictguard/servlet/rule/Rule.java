package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Reference;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.match.Template;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the rules file: the requests that read and write a kind of resource, the keys of its
 * resources, and how they are guarded. Immutable and safe for use by several threads.
 */
public final class Rule {

  private final String name;
  private final List<RequestPattern> reads;
  private final ReadAddresses readAddresses;
  private final List<RequestPattern> writes;
  private final @Nullable Template key;
  private final TagSpec tag;
  private final @Nullable Mode mode;
  private final Requirement required;
  private final @Nullable Integer lockTimeoutMillis;
  private final boolean ask;
  private final boolean early;
  private final boolean serialize;
  private final @Nullable KeyDemand idempotencyKey;
  private final boolean once;
  private final WithoutStore withoutStore;
  private final AnswerRules answers;
  private final StoredAnswers stored;
  private final @Nullable FormSpec forms;
  private final Set<DispatcherType> dispatch;
  private final HarmlessParameters harmless;
  private final boolean tokenRequired;
  private final @Nullable Template label;

  Rule(RuleDraft draft) {
    this.name = draft.name;
    this.reads = draft.reads;
    this.readAddresses = new ReadAddresses(draft.reads);
    this.writes = draft.writes;
    this.key = draft.key;
    this.tag = draft.tag;
    this.mode = draft.mode;
    this.required = draft.required;
    this.lockTimeoutMillis = draft.lockTimeoutMillis;
    this.ask = draft.ask;
    this.early = draft.early;
    this.serialize = draft.serialize;
    this.idempotencyKey = draft.idempotencyKey;
    this.once = draft.once;
    this.withoutStore = draft.withoutStore == null ? WithoutStore.REFUSE : draft.withoutStore;
    this.answers = draft.answers;
    this.stored = draft.stored;
    this.forms = draft.forms;
    this.dispatch = draft.dispatch;
    this.harmless = draft.harmless;
    this.tokenRequired = draft.tokenRequired;
    this.label = draft.label;
  }

  /** Returns its name in the rules file, in the log and in JMX. */
  public String name() {
    return name;
  }

  /** Returns the patterns of requests that read its resources. Unmodifiable. */
  public List<RequestPattern> reads() {
    return Collections.unmodifiableList(reads);
  }

  /** Returns the patterns of requests that write its resources. Unmodifiable. */
  public List<RequestPattern> writes() {
    return Collections.unmodifiableList(writes);
  }

  /** Returns the source of the entity tags. */
  public TagSpec tag() {
    return tag;
  }

  /** Returns the mode of the rule; null when that of the filter applies. */
  public @Nullable Mode mode() {
    return mode;
  }

  /** Returns whether writes need a precondition; null when the filter's setting applies. */
  public Requirement required() {
    return required;
  }

  /**
   * Returns whether a write without precondition needs the token of a form or link in the request.
   */
  public boolean isTokenRequired() {
    return tokenRequired;
  }

  /**
   * Returns how long its writes wait for each other, in milliseconds; null when the filter's
   * setting applies.
   */
  public @Nullable Integer lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  /**
   * Returns whether the filter may send an internal GET to the application even if it is not needed
   * for the tag: to find out whether the resource exists, and whether this user may read it.
   */
  public boolean mayAsk() {
    return ask;
  }

  /**
   * Returns whether 304 is sent without calling the application if the state is known: to every
   * client whose request reaches the filter.
   */
  public boolean answersEarly() {
    return early;
  }

  /** Returns whether its writes hold their resource exclusively, with or without a precondition. */
  public boolean isSerialized() {
    return serialize;
  }

  /**
   * Returns whether its writes may or must carry an idempotency key; null when keys have no effect.
   */
  public @Nullable KeyDemand idempotencyKey() {
    return idempotencyKey;
  }

  /** Returns whether a write is executed once if its response could not be delivered. */
  public boolean isExecutedOnce() {
    return once;
  }

  /** Returns what happens to its writes while the store cannot be used. */
  public WithoutStore withoutStore() {
    return withoutStore;
  }

  /** Returns the responses that indicate a swallowed conflict. */
  public AnswerRules answers() {
    return answers;
  }

  /** Returns the responses after which a write has stored nothing. */
  public StoredAnswers stored() {
    return stored;
  }

  /** Returns the settings for forms; null where forms are not protected. */
  public @Nullable FormSpec forms() {
    return forms;
  }

  /** Returns whether the key contains an attribute of the session. */
  public boolean dependsOnSession() {
    return key != null && key.references().stream().anyMatch(Reference::isOfSession);
  }

  /** Returns whether the rule applies to requests that a preceding filter has forwarded. */
  boolean isForForwards() {
    return dispatch.contains(DispatcherType.FORWARD);
  }

  /** Returns whether a request may be a write, depending on its body. */
  boolean mayBeWrite(RequestView facts) {
    return writes.stream().anyMatch(pattern -> pattern.mayMatch(facts));
  }

  /**
   * Returns whether a pattern of {@code read} matches a request and names all of its parameters.
   */
  boolean namesAll(RequestView facts) {
    return facts.isWithoutPathParameters()
        && reads.stream()
            .anyMatch(
                pattern ->
                    pattern.mayMatch(facts) && pattern.parameters().containsAll(facts.names()));
  }

  /**
   * Returns whether the address of a page, before a preceding filter forwards it, has only
   * parameters that a pattern of {@code write} names: the forms of the page lead back to that
   * address.
   */
  boolean namesAllInFront(RequestView facts) {
    return isForForwards()
        && facts.isWithoutPathParameters()
        && writes.stream()
            .anyMatch(
                pattern ->
                    pattern.isAboutPath(facts) && pattern.parameters().containsAll(facts.names()));
  }

  /** Returns a path that an internal GET may read; null when the rule allows none. */
  @Nullable String pathOfInternalGet() {
    boolean asks = ask || tag.source() == TagSpec.Source.BODY;
    List<RequestPattern> places = reads.isEmpty() ? writes : reads;
    return asks && !writes.isEmpty() && mode != Mode.OFF ? places.get(0).path().sample() : null;
  }

  /** Returns the label of a record; null when the rule does not define one. */
  @Nullable String labelOf(RequestView facts, Map<String, String> captured) {
    return label == null ? null : label.fill(captured, facts);
  }

  /** Returns all patterns of the rule. */
  List<RequestPattern> patterns() {
    List<RequestPattern> patterns = new ArrayList<>(writes);
    patterns.addAll(reads);
    return patterns;
  }

  /**
   * Returns whether the rule covers writes by this method, where it may not cover those by POST.
   */
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

  /** Returns the match of a request, if it has this method; null when the rule does not apply. */
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

  /**
   * Returns the write of this rule that a form may send after a script has changed it; null when
   * there is none.
   */
  @Nullable RuleMatch possibleWrite(RequestView facts) throws IOException {
    for (RequestPattern pattern : writes) {
      Map<String, String> captured = pattern.possibleMatch(facts);
      if (captured != null) {
        return target(captured, facts, facts.method(), true);
      }
    }
    return null;
  }

  /** Returns the addresses at which the resources of writes are read. */
  ReadAddresses readAddresses() {
    return readAddresses;
  }

  private RuleMatch target(
      Map<String, String> captured, RequestView facts, String method, boolean write) {
    String named = key == null ? facts.path() : key.expand(captured, facts);
    return new RuleMatch(this, named, method, write, captured, facts);
  }
}
