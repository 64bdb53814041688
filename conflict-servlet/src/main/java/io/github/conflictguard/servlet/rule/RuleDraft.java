package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.Template;
import jakarta.servlet.DispatcherType;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a rule while it is read from the rules file. Fields that are not set are those of a
 * rule without further fields.
 */
final class RuleDraft {

  final String name;
  final List<RequestPattern> reads;
  final List<RequestPattern> writes;
  final TagSpec tag;
  @Nullable Template key;
  @Nullable Template label;
  @Nullable Mode mode;
  Requirement required = Requirement.BY_SETTING;
  boolean tokenRequired;
  @Nullable Integer lockTimeoutMillis;
  boolean ask;
  boolean early;
  boolean serialize;
  @Nullable KeyDemand idempotencyKey;
  boolean once;
  @Nullable WithoutStore withoutStore;
  AnswerRules answers = AnswerRules.none();
  StoredAnswers stored = StoredAnswers.usual();
  @Nullable FormSpec forms;
  Set<DispatcherType> dispatch = Collections.emptySet();
  HarmlessParameters harmless = HarmlessParameters.usual();

  /**
   * Creates a draft.
   *
   * @param name its name in the rules file, in the log and in JMX
   */
  RuleDraft(String name, List<RequestPattern> reads, List<RequestPattern> writes, TagSpec tag) {
    this.name = name;
    this.reads = reads;
    this.writes = writes;
    this.tag = tag;
  }
}
