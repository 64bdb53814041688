package io.github.conflictguard.servlet.match;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for requests, in one line: {@code PUT|PATCH /api/orders/{id:number}}, or {@code POST
 * /customers/save?id={id}&delete}. Methods are optional; a parameter is searched in the query and
 * in the form of a write, in the query only when its name begins with {@code query.}, and in the
 * form only when it begins with {@code form.}. Immutable.
 */
public final class RequestPattern {

  static final String FORMS = "[METHOD|METHOD ]/path/{variable}[?parameter=value&button]";

  private static final Pattern METHODS = Pattern.compile("[A-Z]+(\\|[A-Z]+)*");

  private final Set<String> methods;
  private final boolean methodsNamed;
  private final PathTemplate path;
  private final List<ParameterCondition> conditions = new ArrayList<>();

  private RequestPattern(String text, Set<String> usualMethods) {
    int space = text.indexOf(' ');
    String named = space < 0 ? "" : text.substring(0, space);
    if (space >= 0 && !METHODS.matcher(named).matches()) {
      throw new IllegalArgumentException(
          "'" + named + "' are not methods; accepted are names such as PUT, divided by |");
    }
    this.methodsNamed = space >= 0;
    this.methods = space < 0 ? usualMethods : new HashSet<>(Arrays.asList(named.split("\\|", -1)));
    String target = text.substring(space + 1).trim();
    int question = target.indexOf('?');
    this.path = PathTemplate.parse(question < 0 ? target : target.substring(0, question));
    if (question >= 0) {
      for (String condition : target.substring(question + 1).split("&", -1)) {
        conditions.add(ParameterCondition.parse(condition));
      }
      // The query is available; the body is read only if all other conditions hold.
      conditions.sort(Comparator.comparing(ParameterCondition::place));
    }
  }

  /**
   * Parses a pattern.
   *
   * @param usualMethods the methods that match when the pattern specifies none
   * @throws IllegalArgumentException if it has none of the {@link #FORMS}
   */
  public static RequestPattern parse(String text, Set<String> usualMethods) {
    return new RequestPattern(text, usualMethods);
  }

  /** Returns the methods that match. */
  public Set<String> methods() {
    return methods;
  }

  /** Returns whether the pattern names its methods. */
  public boolean areMethodsNamed() {
    return methodsNamed;
  }

  /** Returns the template that the path must match. */
  public PathTemplate path() {
    return path;
  }

  /** Returns the conditions on parameters. Unmodifiable. */
  public List<ParameterCondition> conditions() {
    return Collections.unmodifiableList(conditions);
  }

  /** Returns the variables that have a value in every matching request. */
  public Set<String> variables() {
    Set<String> names = path.variables();
    for (ParameterCondition condition : conditions) {
      Variable variable = condition.variable();
      if (variable != null) {
        names.add(variable.name());
      }
    }
    return names;
  }

  /** Returns whether the pattern names a parameter, in a form or elsewhere. */
  public boolean names(String parameter) {
    return conditions.stream().anyMatch(condition -> condition.name().equals(parameter));
  }

  /** Returns the parameters that the pattern names, except those of forms only. */
  public Set<String> parameters() {
    Set<String> names = new HashSet<>();
    for (ParameterCondition condition : conditions) {
      if (condition.place() != ParameterCondition.Place.FORM) {
        names.add(condition.name());
      }
    }
    return names;
  }

  /**
   * Returns the variables of a request that matches if it has this method; null when it does not
   * match.
   */
  public @Nullable Map<String, String> match(RequestView facts, String method) throws IOException {
    if (!methods.contains(method)) {
      return null;
    }
    Map<String, String> captured = new PathVariables();
    if (!path.matches(facts.path(), captured)) {
      return null;
    }
    for (ParameterCondition condition : conditions) {
      if (!condition.holds(facts, captured)) {
        return null;
      }
    }
    return captured;
  }

  /**
   * Returns the variables of a form that does not match now, but may after a script has changed it.
   */
  public @Nullable Map<String, String> possibleMatch(RequestView facts) throws IOException {
    Map<String, String> captured = new PathVariables();
    if (!methods.contains(facts.method()) || !path.matches(facts.path(), captured)) {
      return null;
    }
    boolean changed = false;
    for (ParameterCondition condition : conditions) {
      if (!condition.holds(facts, captured)) {
        if (!condition.canBeAdded(facts)) {
          return null;
        }
        changed = true;
      }
    }
    return changed ? captured : null;
  }

  /** Returns whether a request matches, judged without its body. */
  public boolean mayMatch(RequestView facts) {
    return mayMatch(facts, facts.method());
  }

  /** Returns whether a request matches if it has this method, judged without its body. */
  public boolean mayMatch(RequestView facts, String method) {
    Map<String, String> captured = new PathVariables();
    return methods.contains(method)
        && path.matches(facts.path(), captured)
        && conditions.stream().allMatch(condition -> condition.mayHold(facts, captured));
  }

  /** Returns whether the path of a request matches, whatever its method and parameters are. */
  public boolean isAboutPath(RequestView facts) {
    return path.matches(facts.path(), new PathVariables());
  }

  /** Returns whether path and query of a request match with these values, whatever its method. */
  public boolean isAddressOf(RequestView facts, Map<String, String> captured) {
    Map<String, String> own = new PathVariables();
    return path.matches(facts.path(), own)
        && conditions.stream().allMatch(condition -> condition.holdsInQuery(facts, own))
        && captured.entrySet().containsAll(own.entrySet());
  }

  /** Returns whether the target with these values matches the pattern in every container. */
  public boolean keepsShape(Map<String, String> captured) {
    return path.keepsShape(captured)
        && conditions.stream().allMatch(condition -> condition.isPlain(captured));
  }

  /**
   * Returns the target of a request with these values, encoded; null when it cannot be determined.
   */
  public @Nullable String expand(Map<String, String> captured) {
    return conditions.stream().anyMatch(ParameterCondition::isOfForm)
        ? null
        : expandInQuery(captured);
  }

  /** Returns the target with the parameters of a form in the query. */
  public @Nullable String expandInQuery(Map<String, String> captured) {
    String target = path.expand(captured);
    for (int i = 0; target != null && i < conditions.size(); i++) {
      String parameter = conditions.get(i).expand(captured);
      target = parameter == null ? null : target + (i == 0 ? '?' : '&') + parameter;
    }
    return target;
  }
}
