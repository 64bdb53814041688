package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Glob;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for responses of an application, in one line: a status or a status class, optionally
 * with the target of a redirect: {@code 302 /customers/edit*}. An asterisk matches any text.
 * Immutable.
 */
public final class AnswerPattern {

  static final String FORMS = "200, 4xx, 302 /path/* and the like, * standing for anything";

  /**
   * Statuses by which the application itself has reported the result of a precondition or conflict.
   */
  static final Set<Integer> CONDITIONAL = new HashSet<>(Arrays.asList(304, 409, 412, 428));

  private static final Pattern SYNTAX = Pattern.compile("([2-5])(\\d\\d|xx)(?:\\s+(\\S+))?");

  private final int from;
  private final int to;
  private final @Nullable Glob location;

  private AnswerPattern(String text) {
    Matcher matcher = SYNTAX.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not an answer; accepted are " + FORMS);
    }
    int hundreds = Integer.parseInt(matcher.group(1)) * 100;
    boolean whole = matcher.group(2).equals("xx");
    this.from = whole ? hundreds : hundreds + Integer.parseInt(matcher.group(2));
    this.to = whole ? hundreds + 99 : from;
    this.location = matcher.group(3) == null ? null : glob(matcher.group(3));
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it has none of the {@link #FORMS}
   */
  public static AnswerPattern parse(String text) {
    AnswerPattern pattern = new AnswerPattern(text);
    if (CONDITIONAL.contains(pattern.from)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is an answer that is never replaced; accepted are others than "
              + CONDITIONAL);
    }
    return pattern;
  }

  /**
   * Parses a pattern that only describes responses, and may therefore contain any status.
   *
   * @throws IllegalArgumentException if it has none of the {@link #FORMS}
   */
  static AnswerPattern parseAny(String text) {
    return new AnswerPattern(text);
  }

  boolean isOfStatus(int status) {
    return status >= from && status <= to;
  }

  /**
   * Returns whether the pattern matches a response.
   *
   * @param target the target of the redirect, see {@link RedirectTarget}; null when the response is
   *     not a redirect
   */
  public boolean matches(int status, @Nullable String target) {
    return isOfStatus(status) && (location == null || (target != null && location.matches(target)));
  }

  private static Glob glob(String text) {
    if (!text.startsWith("/") && !text.startsWith("*") && !text.contains("://")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a location; accepted are paths inside the web application, which begin with"
              + " /, whole addresses of other servers, and either with *");
    }
    return new Glob(text);
  }
}
