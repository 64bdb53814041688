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
 * What a rule says of the answers that its application gives when it has swallowed a conflict.
 * Immutable and safe for use by several threads.
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

  /** What counts where no rule says anything. */
  public static AnswerRules none() {
    return NONE;
  }

  /** Reads the fields {@code suspectResponses} and {@code conflictResponses} of a rule. */
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

  /** Returns whether answers are named behind which the application may hide a conflict. */
  public boolean nameSwallowing() {
    return !swallowed.isEmpty();
  }

  /**
   * Whether an answer of this status can be anything but what it says: before it is sent, its
   * location has to be looked at, and whether there was a conflict.
   */
  public boolean concern(int status) {
    return status >= 500 || (!all.isEmpty() && isOfStatus(status));
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
   * Whether such an answer, after a conflict, means that the application has not got over it. A
   * failure of the server always does.
   *
   * @param target where it leads, see {@link RedirectTarget}; null when it leads nowhere
   */
  public boolean hideConflict(int status, @Nullable String target) {
    return !AnswerPattern.CONDITIONAL.contains(status)
        && (status >= 500
            || swallowed.stream().anyMatch(pattern -> pattern.matches(status, target)));
  }

  /**
   * The conflict that such an answer itself stands for; null when it stands for none.
   *
   * @param target where it leads, see {@link RedirectTarget}; null when it leads nowhere
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
