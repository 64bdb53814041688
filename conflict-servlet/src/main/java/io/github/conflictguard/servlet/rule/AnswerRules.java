package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rule about the responses that its application sends after it has swallowed a
 * conflict. Immutable and safe for use by several threads.
 */
public final class AnswerRules {

  private static final AnswerRules NONE =
      new AnswerRules(Collections.emptyList(), Collections.emptyMap());

  private final List<AnswerPattern> swallowed;
  private final Map<AnswerPattern, ConflictKind> kinds;
  private final List<AnswerPattern> all;

  private AnswerRules(List<AnswerPattern> swallowed, Map<AnswerPattern, ConflictKind> kinds) {
    this.swallowed = swallowed;
    this.kinds = kinds;
    this.all = new ArrayList<>(swallowed);
    this.all.addAll(kinds.keySet());
  }

  /** Returns the default for requests without such a rule. */
  public static AnswerRules none() {
    return NONE;
  }

  /** Reads the fields of a rule about responses to swallowed conflicts. */
  static AnswerRules read(Fields rule) throws InvalidRuleException {
    List<AnswerPattern> swallowed = new ArrayList<>();
    for (String text : rule.texts("suspectResponses")) {
      swallowed.add(rule.parsed("suspectResponses", text, AnswerPattern::parse));
    }
    Map<AnswerPattern, ConflictKind> kinds = new LinkedHashMap<>();
    for (Fields answer : rule.objects("conflictResponses")) {
      kinds.put(
          answer.parsed("answer", answer.requiredText("answer"), AnswerPattern::parse),
          answer.requiredOneOf("kind", ConflictKind.values(), ConflictKind::code));
      answer.end();
    }
    return new AnswerRules(swallowed, kinds);
  }

  /** Returns whether the rule specifies responses that may hide a conflict. */
  public boolean nameSwallowing() {
    return !swallowed.isEmpty();
  }

  /**
   * Returns whether a response of this status may be a hidden conflict: before it is sent, its
   * location and the recorded conflicts have to be examined.
   */
  public boolean concern(int status) {
    return status >= 500 || (!all.isEmpty() && isOfStatus(status));
  }

  /**
   * Returns whether a response with this status is never replaced, because it reports a conflict.
   */
  public static boolean areNeverReplaced(int status) {
    return AnswerPattern.CONDITIONAL.contains(status);
  }

  private boolean isOfStatus(int status) {
    for (AnswerPattern pattern : all) {
      if (pattern.isOfStatus(status)) {
        return !AnswerPattern.CONDITIONAL.contains(status);
      }
    }
    return false;
  }

  /**
   * Returns whether such a response, after a conflict, indicates that the application has not
   * handled it. A server error always does.
   *
   * @param target the target of the redirect, see {@link RedirectTarget}; null when the response is
   *     not a redirect
   */
  public boolean hideConflict(int status, @Nullable String target) {
    return !AnswerPattern.CONDITIONAL.contains(status)
        && (status >= 500
            || swallowed.stream().anyMatch(pattern -> pattern.matches(status, target)));
  }

  /**
   * Returns the conflict that such a response itself stands for; null when it stands for none.
   *
   * @param target the target of the redirect, see {@link RedirectTarget}; null when the response is
   *     not a redirect
   */
  public @Nullable ConflictKind kindOf(int status, @Nullable String target) {
    if (!AnswerPattern.CONDITIONAL.contains(status)) {
      for (Map.Entry<AnswerPattern, ConflictKind> entry : kinds.entrySet()) {
        if (entry.getKey().matches(status, target)) {
          return entry.getValue();
        }
      }
    }
    return null;
  }
}
