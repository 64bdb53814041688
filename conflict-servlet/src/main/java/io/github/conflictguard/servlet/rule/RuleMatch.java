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
 * What one request is aimed at: the rule that applies, the resource, and whether it is read or
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
   * The same as no write.
   *
   * @param reason why it saves nothing; null when it does
   */
  RuleMatch unless(@Nullable Harmless reason) {
    return reason == null
        ? this
        : new RuleMatch(rule, key, keyKnown, method, false, captured, facts, reason);
  }

  /** The same as a write, where the field that says otherwise is no button after all. */
  public RuleMatch asWrite() {
    return new RuleMatch(rule, key, keyKnown, method, true, captured, facts, null);
  }

  /** Whether it would be a write, but says itself that it saves nothing: a cancel, a preview. */
  public boolean savesNothing() {
    return harmless != null;
  }

  /** The field that has to be a button for {@link #savesNothing}; null when that is certain. */
  public @Nullable String buttonThatSavesNothing() {
    return harmless == null ? null : harmless.button;
  }

  /** The rule that applies; null when none does. */
  public @Nullable Rule rule() {
    return rule;
  }

  /** The resource. */
  public ResourceKey key() {
    return key;
  }

  /**
   * Whether the request says which resource it is about. If it does not, because nobody has logged
   * in or the session lacks an attribute, nothing can be known of the resource.
   */
  public boolean isKeyKnown() {
    return keyKnown;
  }

  /** Whether it is written. */
  public boolean isWrite() {
    return write;
  }

  /**
   * Whether it is a GET of a page that says nothing but what the rule names: no parameter from
   * which the application could fill in what is not stored, and no parameters of the path.
   */
  public boolean isPlainRead() {
    return !write && rule != null && method.equals("GET") && rule.namesAll(facts);
  }

  /**
   * The method by whose rules preconditions are judged: a GET that writes is judged as a write is,
   * and a POST that asks for another method as that, where a rule speaks of it.
   */
  public String method() {
    return write && PreconditionEvaluator.isRead(method) ? "POST" : method;
  }

  /**
   * Where a write's resource can be read, inside this web application, encoded; null when it is
   * read where it is written.
   *
   * @param page path and query of the page that the write was sent from; null when not known
   */
  public @Nullable String readTarget(@Nullable String page) {
    return rule == null ? null : rule.readTarget(facts, captured, pathOf(page));
  }

  /**
   * Whether an internal GET can be made for the resource: no value that the client has sent changes
   * where {@link #readTarget} leads.
   */
  public boolean isReadTargetPlain(@Nullable String page) {
    return rule == null || rule.isReadTargetPlain(facts, captured, pathOf(page));
  }

  /** Whether an internal GET reads an address that a pattern of {@code read} means. */
  public boolean isReadByPattern(@Nullable String page) {
    return rule != null && rule.isReadByPattern(facts, captured, pathOf(page));
  }

  /** Whether a page says nothing but what the rule names, as in {@link #isPlainRead}. */
  public boolean isPlainPage(String page) {
    RequestView read = RequestView.ofForm(facts.request(), "GET", page, null);
    return rule != null && read != null && (rule.namesAll(read) || rule.namesAllInFront(read));
  }

  private @Nullable String pathOf(@Nullable String page) {
    RequestView read = page == null ? null : RequestView.ofForm(facts.request(), "GET", page, null);
    return read == null ? null : read.path();
  }

  /** What people call the resource; null when the rule does not tell. */
  public @Nullable String label() {
    return rule == null ? null : rule.labelOf(facts, captured);
  }

  /** The methods that the application may see. Unmodifiable. */
  public List<String> methods() {
    return facts.methods();
  }

  /** What a reference stands for in this request; null when it has no value. */
  public @Nullable String valueOf(Reference reference) {
    return reference.valueIn(captured, facts);
  }

  /** Everything that the rule's pattern captured. */
  public Map<String, String> captured() {
    return Collections.unmodifiableMap(captured);
  }
}
