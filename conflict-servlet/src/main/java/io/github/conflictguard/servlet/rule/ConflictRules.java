package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.classify.ConflictClassifiers;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the rules file about conflicts in general: which exceptions of the application
 * are conflicts, and the labels of the fields behind constraints. Immutable and safe for use by
 * several threads.
 */
public final class ConflictRules {

  static final ConflictRules NONE =
      new ConflictRules(Collections.emptyList(), Collections.emptyList(), Collections.emptyMap());

  /** The value of {@code kind} for exceptions that are not a conflict. */
  private static final String NO_CONFLICT = "none";

  /** The maximum number of causes that are followed: some exceptions are their own cause. */
  private static final int MAX_DEPTH = 64;

  private final ConflictClassifier exclusions;
  private final ConflictClassifier classifier;
  private final Map<String, String> fields;

  private ConflictRules(
      List<ConflictClassifier> exclusions,
      List<ConflictClassifier> exceptions,
      Map<String, String> fields) {
    this.exclusions = ConflictClassifiers.firstOf(exclusions.toArray(new ConflictClassifier[0]));
    this.classifier = ConflictClassifiers.firstOf(exceptions.toArray(new ConflictClassifier[0]));
    this.fields = fields;
  }

  /** Reads the fields {@code conflicts} and {@code fields} of the file. */
  static ConflictRules read(Fields file) throws InvalidRuleException {
    List<ConflictClassifier> exclusions = new ArrayList<>();
    List<ConflictClassifier> exceptions = new ArrayList<>();
    for (Fields each : file.objects("conflicts")) {
      String name = each.requiredText("exception");
      String text = each.text("message");
      Pattern message = text == null ? null : each.parsed("message", text, ConflictRules::pattern);
      if (NO_CONFLICT.equals(each.requiredText("kind"))) {
        exclusions.add(
            message == null
                ? ConflictClassifiers.noConflict(name)
                : ConflictClassifiers.noConflict(name, message));
      } else {
        ConflictKind kind = kind(each);
        exceptions.add(
            message == null
                ? ConflictClassifiers.rule(name, kind)
                : ConflictClassifiers.rule(name, message, kind));
      }
      each.end();
    }
    Map<String, String> labels = new HashMap<>();
    Fields named = file.object("fields");
    for (String constraint : named.names()) {
      if (labels.put(lowerCase(constraint), named.requiredText(constraint)) != null) {
        throw named.wrong(constraint, "constraints that differ in more than case");
      }
    }
    return new ConflictRules(exclusions, exceptions, labels);
  }

  private static ConflictKind kind(Fields each) throws InvalidRuleException {
    List<String> accepted = new ArrayList<>();
    for (ConflictKind kind : ConflictKind.values()) {
      if (kind.code().equals(each.requiredText("kind"))) {
        return kind;
      }
      accepted.add(kind.code());
    }
    accepted.add(NO_CONFLICT);
    throw each.wrong("kind", accepted.toString());
  }

  /**
   * Returns whether the file declares a throwable not to be a conflict. This takes precedence over
   * everything else, including other entries of the file.
   */
  public boolean exclude(Throwable thrown) {
    return exclusions.excludes(thrown);
  }

  /**
   * Returns whether the file declares a throwable, or one of those created from it, not to be a
   * conflict.
   */
  public boolean exclude(Throwable thrown, Throwable[] others) {
    if (exclude(thrown)) {
      return true;
    }
    for (Throwable other : others) {
      if (isCause(thrown, other) && exclude(other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCause(Throwable thrown, Throwable of) {
    Throwable cause = of;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (cause == thrown) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Returns the conflict that the file declares for a throwable; null when it declares none. */
  public @Nullable Conflict conflictIn(Throwable thrown) {
    return classifier.conflictIn(thrown);
  }

  /**
   * Returns the application's label for the field behind a constraint; null when it declares none.
   */
  public @Nullable String fieldOf(@Nullable String constraint) {
    return constraint == null ? null : fields.get(lowerCase(constraint));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a regular expression: " + e.getDescription(), e);
    }
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
