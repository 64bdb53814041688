package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rule about the responses to a write after which nothing was stored. Immutable
 * and safe for use by several threads.
 */
public final class StoredAnswers {

  /**
   * The refusals of RFC 9110, 15.5 and 15.6.2, RFC 6585 and RFC 7725 by which a server reports that
   * it has not performed the method, and the redirects after which the client has to send the same
   * request elsewhere (15.4.8, 15.4.9). Not among them are 402, 408, 423, 424 and failures of the
   * server: these may come in the middle of the work.
   */
  private static final Set<Integer> USUAL =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  307, 308, 400, 401, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415,
                  416, 417, 421, 422, 426, 428, 429, 431, 451, 501)));

  private static final StoredAnswers AS_USUAL =
      new StoredAnswers(Collections.emptyList(), Collections.emptyList());

  private final List<AnswerPattern> failed;
  private final List<AnswerPattern> stored;

  private StoredAnswers(List<AnswerPattern> failed, List<AnswerPattern> stored) {
    this.failed = failed;
    this.stored = stored;
  }

  /** Returns the default for rules without such settings. */
  public static StoredAnswers usual() {
    return AS_USUAL;
  }

  /** Reads the fields {@code failed} and {@code stored} of a rule. */
  static StoredAnswers read(Fields rule) throws InvalidRuleException {
    return new StoredAnswers(patterns(rule, "failed"), patterns(rule, "stored"));
  }

  private static List<AnswerPattern> patterns(Fields rule, String field)
      throws InvalidRuleException {
    List<AnswerPattern> patterns = new ArrayList<>();
    for (String text : rule.texts(field)) {
      patterns.add(rule.parsed(field, text, AnswerPattern::parseAny));
    }
    return patterns;
  }

  /**
   * Returns whether a response means that nothing was stored.
   *
   * @param target the target of the redirect, see {@link RedirectTarget}; null when the response is
   *     not a redirect
   */
  public boolean storeNothing(int status, @Nullable String target) {
    return !isAny(stored, status, target)
        && (USUAL.contains(status) || isAny(failed, status, target));
  }

  /** Returns whether the rule itself specifies this response as one after which data is stored. */
  public boolean isNamedAsStored(int status, @Nullable String target) {
    return isAny(stored, status, target);
  }

  /** Returns whether the rule itself specifies this response as one after which nothing is. */
  public boolean isNamedAsFailed(int status, @Nullable String target) {
    return isAny(failed, status, target);
  }

  private static boolean isAny(List<AnswerPattern> patterns, int status, @Nullable String target) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(status, target));
  }
}
