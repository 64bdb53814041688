package io.github.conflictguard.servlet.match;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant, in one line: {@code PUT|PATCH /api/orders/{id:number}}, or {@code POST
 * /customers/save?id={id}&delete}. Methods are optional; a parameter is looked for in the query and
 * in the form of a write, in the query alone when its name begins with {@code query.}, and in the
 * form alone when it begins with {@code form.}. Immutable.
 */
public final class RequestPattern {

  static final String FORMS = "[METHOD|METHOD ]/path/{variable}[?parameter=value&button]";

  private static final Pattern METHODS = Pattern.compile("[A-Z]+(\\|[A-Z]+)*");

  private final Set<String> methods;
  private final PathTemplate path;
  private final List<ParameterCondition> conditions = new ArrayList<>();

  private RequestPattern(String text, Set<String> usualMethods) {
    int space = text.indexOf(' ');
    String named = space < 0 ? "" : text.substring(0, space);
    if (space >= 0 && !METHODS.matcher(named).matches()) {
      throw new IllegalArgumentException(
          "'" + named + "' are no methods; accepted are names such as PUT, divided by |");
    }
    this.methods = space < 0 ? usualMethods : new HashSet<>(Arrays.asList(named.split("\\|", -1)));
    String target = text.substring(space + 1).trim();
    int question = target.indexOf('?');
    this.path = PathTemplate.parse(question < 0 ? target : target.substring(0, question));
    if (question >= 0) {
      for (String condition : target.substring(question + 1).split("&", -1)) {
        conditions.add(ParameterCondition.parse(condition));
      }
      // The query is at hand; the body is read when everything else holds.
      conditions.sort(Comparator.comparing(ParameterCondition::place));
    }
  }

  /**
   * Reads a pattern.
   *
   * @param usualMethods those that are meant when the pattern names none
   * @throws IllegalArgumentException if it has none of the {@link #FORMS}
   */
  public static RequestPattern parse(String text, Set<String> usualMethods) {
    return new RequestPattern(text, usualMethods);
  }

  public Set<String> methods() {
    return methods;
  }

  public PathTemplate path() {
    return path;
  }

  /** The variables that every request that is meant gives a value to. */
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

  /** Whether it names a parameter, in a form or elsewhere. */
  public boolean names(String parameter) {
    return conditions.stream().anyMatch(condition -> condition.name().equals(parameter));
  }

  /** The parameters that it names, wherever they may be but in a form alone. */
  public Set<String> parameters() {
    Set<String> names = new HashSet<>();
    for (ParameterCondition condition : conditions) {
      if (condition.place() != ParameterCondition.Place.FORM) {
        names.add(condition.name());
      }
    }
    return names;
  }

  /** The variables of a request that is meant if it has this method; null for one that is not. */
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

  /** The same of a form that is not meant as it is, but may be after a script has changed it. */
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

  /** Whether a request is meant as far as it is known without its body. */
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

  /** Whether the path of a request is meant, whatever its method and parameters are. */
  public boolean isAboutPath(RequestView facts) {
    return path.matches(facts.path(), new PathVariables());
  }

  /** Whether path and query of a request are meant, with these values and whatever its method. */
  public boolean isAddressOf(RequestView facts, Map<String, String> captured) {
    Map<String, String> own = new PathVariables();
    return path.matches(facts.path(), own)
        && conditions.stream().allMatch(condition -> condition.holdsInQuery(facts, own))
        && captured.entrySet().containsAll(own.entrySet());
  }

  /** Whether the target with these values is what the pattern says, for every container. */
  public boolean keepsShape(Map<String, String> captured) {
    return path.keepsShape(captured)
        && conditions.stream().allMatch(condition -> condition.isPlain(captured));
  }

  /** The target of a request with these values, encoded; null when it cannot be made up. */
  public @Nullable String expand(Map<String, String> captured) {
    return conditions.stream().anyMatch(ParameterCondition::isOfForm)
        ? null
        : expandInQuery(captured);
  }

  /** The same with the parameters of a form in the query. */
  public @Nullable String expandInQuery(Map<String, String> captured) {
    String target = path.expand(captured);
    for (int i = 0; target != null && i < conditions.size(); i++) {
      String parameter = conditions.get(i).expand(captured);
      target = parameter == null ? null : target + (i == 0 ? '?' : '&') + parameter;
    }
    return target;
  }
}
