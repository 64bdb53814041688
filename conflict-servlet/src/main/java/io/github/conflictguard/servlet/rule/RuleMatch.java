package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.match.Reference;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.HarmlessParameters.Harmless;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of one request: the rule that applies, the resource, and whether it is read or
 * written. Immutable.
 */
public final class RuleMatch {

  private final @Nullable Rule rule;
  private final ResourceKey key;
  private final boolean keyKnown;
  private final String method;
  private final boolean write;
  private final Map<String, String> captured;
  private final RequestView facts;
  private final @Nullable Harmless harmless;

  RuleMatch(
      @Nullable Rule rule,
      @Nullable String key,
      String method,
      boolean write,
      Map<String, String> captured,
      RequestView facts) {
    this(
        rule,
        ResourceKey.of(key == null ? facts.path() : key),
        key != null,
        method,
        write,
        captured,
        facts,
        null);
  }

  private RuleMatch(
      @Nullable Rule rule,
      ResourceKey key,
      boolean keyKnown,
      String method,
      boolean write,
      Map<String, String> captured,
      RequestView facts,
      @Nullable Harmless harmless) {
    this.rule = rule;
    this.key = key;
    this.keyKnown = keyKnown;
    this.method = method;
    this.write = write;
    this.captured = captured;
    this.facts = facts;
    this.harmless = harmless;
  }

  /**
   * Returns the same match as no write.
   *
   * @param reason the reason why it saves nothing; null when it saves
   */
  RuleMatch unless(@Nullable Harmless reason) {
    return reason == null
        ? this
        : new RuleMatch(rule, key, keyKnown, method, false, captured, facts, reason);
  }

  /**
   * Returns the same match as a write, for when the field that indicates otherwise is not a button.
   */
  public RuleMatch asWrite() {
    return new RuleMatch(rule, key, keyKnown, method, true, captured, facts, null);
  }

  /**
   * Returns whether the request has the form of a write, but indicates that it saves nothing: a
   * cancel, a preview.
   */
  public boolean savesNothing() {
    return harmless != null;
  }

  /**
   * Returns the field that has to be a button for {@link #savesNothing}; null when that is certain.
   */
  public @Nullable String buttonThatSavesNothing() {
    return harmless == null ? null : harmless.button;
  }

  /** Returns the rule that applies; null when none does. */
  public @Nullable Rule rule() {
    return rule;
  }

  /** Returns the key of the resource. */
  public ResourceKey key() {
    return key;
  }

  /**
   * Returns whether the request identifies the resource. If it does not, because the user has not
   * logged in or the session lacks an attribute, the state of the resource cannot be determined.
   */
  public boolean isKeyKnown() {
    return keyKnown;
  }

  /** Returns whether the resource is written. */
  public boolean isWrite() {
    return write;
  }

  /**
   * Returns whether the request is a GET of a page without parameters other than those that the
   * rule names, from which the application could fill in values that are not stored, and without
   * path parameters.
   */
  public boolean isPlainRead() {
    return !write && rule != null && method.equals("GET") && rule.namesAll(facts);
  }

  /**
   * Returns the method according to which preconditions are evaluated: a GET that writes is treated
   * as a write, and a POST that overrides its method as that method, if a rule covers it.
   */
  public String method() {
    return write && PreconditionEvaluator.isRead(method) ? "POST" : method;
  }

  /**
   * Returns where the resource of a write can be read, inside this web application, encoded; null
   * when it is read where it is written.
   *
   * @param page path and query of the page from which the write was sent; null when not known
   */
  public @Nullable String readTarget(@Nullable String page) {
    return rule == null ? null : rule.readAddresses().of(facts, captured, pathOf(page));
  }

  /**
   * Returns whether an internal GET can be made for the resource: no value from the client changes
   * the target of {@link #readTarget}.
   */
  public boolean isReadTargetPlain(@Nullable String page) {
    return rule == null || rule.readAddresses().isPlain(facts, captured, pathOf(page));
  }

  /** Returns whether an internal GET reads an address that a pattern of {@code read} matches. */
  public boolean isReadByPattern(@Nullable String page) {
    return rule != null && rule.readAddresses().isByPattern(facts, captured, pathOf(page));
  }

  /**
   * Returns whether a page has only the parameters that the rule names, as in {@link #isPlainRead}.
   */
  public boolean isPlainPage(String page) {
    RequestView read = RequestView.ofForm(facts.request(), "GET", page, null);
    return rule != null && read != null && (rule.namesAll(read) || rule.namesAllInFront(read));
  }

  private @Nullable String pathOf(@Nullable String page) {
    RequestView read = page == null ? null : RequestView.ofForm(facts.request(), "GET", page, null);
    return read == null ? null : read.path();
  }

  /** Returns the label of the resource; null when the rule does not define one. */
  public @Nullable String label() {
    return rule == null ? null : rule.labelOf(facts, captured);
  }

  /** Returns the methods that the application may use. Unmodifiable. */
  public List<String> methods() {
    return facts.methods();
  }

  /** Returns the value of a reference in this request; null when it has none. */
  public @Nullable String valueOf(Reference reference) {
    return reference.valueIn(captured, facts);
  }

  /** Returns all values that the rule's pattern captured. */
  public Map<String, String> captured() {
    return Collections.unmodifiableMap(captured);
  }
}
