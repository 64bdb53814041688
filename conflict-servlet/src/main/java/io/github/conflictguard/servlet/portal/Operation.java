package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.match.ParameterCondition;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.rule.KeyDemand;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One method at the path of one pattern of a rule, with the current mode. Immutable. */
final class Operation {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}:]*)(:number)?}");

  private final Rule rule;
  private final Mode mode;
  private final RequestPattern pattern;
  private final String method;
  private final boolean write;
  private final boolean required;

  Operation(
      Rule rule,
      Mode mode,
      RequestPattern pattern,
      String method,
      boolean write,
      boolean required) {
    this.rule = rule;
    this.mode = mode;
    this.pattern = pattern;
    this.method = method;
    this.write = write;
    this.required = required;
  }

  /** Returns the rule. */
  Rule rule() {
    return rule;
  }

  /** Returns whether conflicts are answered, and not only counted. */
  boolean isProtected() {
    return mode == Mode.PROTECT;
  }

  /** Returns the method of the request. */
  String method() {
    return method;
  }

  /** Returns whether it writes. */
  boolean isWrite() {
    return write;
  }

  /** Returns whether a write without precondition is refused. */
  boolean isPreconditionRequired() {
    return required && isProtected();
  }

  /**
   * Returns whether a write may or must carry an idempotency key; null when keys have no effect.
   */
  @Nullable KeyDemand keyDemand() {
    return isProtected() ? rule.idempotencyKey() : null;
  }

  /** Returns the path as it is in the rules file. */
  String path() {
    return pattern.path().toString();
  }

  /** Returns the conditions on parameters. */
  List<ParameterCondition> conditions() {
    return pattern.conditions();
  }

  /** Returns the names of the variables of the path in order, with {@code :number} if declared. */
  List<String> variables() {
    List<String> names = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(path());
    while (variable.find()) {
      names.add(variable.group(1) + (variable.group(2) == null ? "" : variable.group(2)));
    }
    return names;
  }

  /** Returns path and query as arguments of a command, with variables in upper case. */
  String target() {
    StringBuilder target = new StringBuilder(replaced(path()).replaceAll("/\\*$", "/REST"));
    char separator = '?';
    for (ParameterCondition condition : pattern.conditions()) {
      if (!condition.isOfForm()) {
        target.append(separator).append(condition.name());
        boolean captures = condition.variable() != null;
        String value = captures ? "VALUE" : condition.value();
        target.append(value == null ? "" : '=' + value);
        separator = '&';
      }
    }
    return target.toString();
  }

  private static String replaced(String path) {
    Matcher variable = VARIABLE.matcher(path);
    StringBuffer text = new StringBuffer();
    while (variable.find()) {
      String name = variable.group(1).toUpperCase(Locale.ROOT);
      variable.appendReplacement(text, Matcher.quoteReplacement(name));
    }
    return variable.appendTail(text).toString();
  }
}
