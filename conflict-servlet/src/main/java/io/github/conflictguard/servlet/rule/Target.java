package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.resource.ResourceKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request is aimed at: the rule that applies, the resource, and whether it is read or
 * written. Immutable.
 */
public final class Target {

  private final @Nullable Rule rule;
  private final ResourceKey key;
  private final boolean keyKnown;
  private final String method;
  private final boolean write;
  private final Map<String, String> captured;
  private final RequestFacts facts;

  Target(
      @Nullable Rule rule,
      @Nullable String key,
      String method,
      boolean write,
      Map<String, String> captured,
      RequestFacts facts) {
    this.rule = rule;
    this.key = ResourceKey.of(key == null ? facts.path() : key);
    this.keyKnown = key != null;
    this.method = method;
    this.write = write;
    this.captured = captured;
    this.facts = facts;
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
   */
  public @Nullable String readTarget() {
    return rule == null ? null : rule.readTarget(facts, captured);
  }

  /**
   * Whether an internal GET can be made for the resource: no value that the client has sent changes
   * where {@link #readTarget} leads.
   */
  public boolean isReadTargetPlain() {
    return rule == null || rule.isReadTargetPlain(facts, captured);
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
