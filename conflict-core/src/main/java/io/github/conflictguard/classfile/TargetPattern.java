package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects methods to guard where the annotation cannot be added: {@code
 * com.example.OrderService#save(com.example.Order) attempts=3 lock=order/{0.id}}.
 *
 * <p>In the class, {@code *} matches any part of a name between two dots and {@code **} any number
 * of parts; in the method, {@code *} matches any part of its name. Without parentheses all methods
 * of the name match; parameter types in parentheses are fully qualified. They are followed by
 * attributes of {@code ConflictGuarded} and {@code Retry}, with the same names: {@code attempts},
 * {@code backoffMillis}, {@code maxBackoffMillis}, {@code jitter}, {@code budgetMillis}, {@code
 * lock}, {@code lockTimeoutMillis}, {@code only}, {@code except} (kinds, separated by commas) and
 * {@code statusProfile}.
 *
 * <p>Constructors and compiler-generated methods never match. Immutable.
 */
public final class TargetPattern {

  private static final String EXAMPLE =
      "; expected is, for example, com.example.OrderService#save(java.lang.String,int) attempts=3";

  private static final Pattern SHAPE =
      Pattern.compile("([^#\\s(]+)#([^#\\s(]+)(?:\\(([^)]*)\\))?((?:\\s+[a-zA-Z]+=\\S+)*)\\s*");

  private final String text;
  private final @Nullable String exactClass;
  private final Pattern classes;
  private final Pattern methods;
  private final @Nullable List<String> parameters;
  private final PatternOptions options;

  private TargetPattern(String text, Matcher parts) {
    String type = group(parts, 1);
    String parameterList = parts.group(3);
    this.text = text;
    this.exactClass = type.indexOf('*') < 0 ? type.replace('.', '/') : null;
    this.classes = Pattern.compile(wildcards(type.replace('.', '/'), "[^/]*", ".*"));
    this.methods = Pattern.compile(wildcards(group(parts, 2), ".*", ".*"));
    this.parameters = parameterList == null ? null : typesIn(parameterList);
    this.options = PatternOptions.parse(group(parts, 4));
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it is invalid; the message contains the reason
   */
  public static TargetPattern parse(String text) {
    Matcher parts = SHAPE.matcher(text.trim());
    if (!parts.matches()) {
      throw new IllegalArgumentException("the target '" + text + "' names no method" + EXAMPLE);
    }
    try {
      TargetPattern pattern = new TargetPattern(text.trim(), parts);
      pattern.options.fill(GuardPolicy.builder(), null);
      return pattern;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the target '" + text + "': " + e.getMessage(), e);
    }
  }

  boolean isAboutClass(String internalName) {
    return exactClass == null
        ? classes.matcher(internalName).matches()
        : exactClass.equals(internalName);
  }

  /**
   * Returns whether it matches this method of this class; never true for a method without a body.
   */
  public boolean matches(ClassOutline type, MethodOutline method) {
    return method.isMethod()
        && !method.isSynthetic()
        && !method.isAbstract()
        && isAboutClass(type.internalName())
        && methods.matcher(method.name()).matches()
        && (parameters == null || parameters.equals(method.parameterTypes()));
  }

  /**
   * Returns whether it matches a guarded method.
   *
   * @param handler {@code com.example.Orders#save(Order)}, with simple names of the parameter types
   */
  boolean matches(String handler) {
    int method = handler.indexOf('#');
    int open = handler.indexOf('(', method);
    return method >= 0
        && open >= 0
        && isAboutClass(handler.substring(0, method).replace('.', '/'))
        && methods.matcher(handler.substring(method + 1, open)).matches()
        && (parameters == null || handler.substring(open).equals(simple(parameters)));
  }

  private static String simple(List<String> types) {
    List<String> names = new ArrayList<>();
    types.forEach(type -> names.add(type.substring(type.lastIndexOf('.') + 1)));
    return "(" + String.join(",", names) + ")";
  }

  GuardPolicy changed(GuardPolicy policy) {
    return options.changed(policy);
  }

  void fill(GuardPolicy.Builder policy, MethodOutline method) {
    options.fill(policy, method);
  }

  /** Returns the original text. */
  @Override
  public String toString() {
    return text;
  }

  private static String wildcards(String name, String one, String several) {
    StringBuilder regex = new StringBuilder();
    Matcher parts = Pattern.compile("\\*\\*|\\*|[^*]+").matcher(name);
    while (parts.find()) {
      String part = parts.group();
      regex.append(part.equals("**") ? several : part.equals("*") ? one : Pattern.quote(part));
    }
    return regex.toString();
  }

  private static List<String> typesIn(String list) {
    List<String> types = new ArrayList<>();
    for (String type : list.split(",", -1)) {
      types.add(type.trim());
    }
    return list.trim().isEmpty() ? new ArrayList<>() : types;
  }

  private static String group(Matcher parts, int number) {
    String group = parts.group(number);
    return group == null ? "" : group;
  }
}
