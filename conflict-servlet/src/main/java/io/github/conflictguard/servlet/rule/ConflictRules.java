package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictClassifiers;
import io.github.conflictguard.conflict.ConflictKind;
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
 * What the rules file says of conflicts wherever they happen: which exceptions of the application
 * are some, and what its people call the fields behind constraints. Immutable and safe for use by
 * several threads.
 */
public final class ConflictRules {

  static final ConflictRules NONE =
      new ConflictRules(Collections.emptyList(), Collections.emptyMap());

  private final ConflictClassifier classifier;
  private final Map<String, String> fields;

  private ConflictRules(List<ConflictClassifier> exceptions, Map<String, String> fields) {
    this.classifier = ConflictClassifiers.firstOf(exceptions.toArray(new ConflictClassifier[0]));
    this.fields = fields;
  }

  /** Reads the fields {@code conflicts} and {@code fields} of the file. */
  static ConflictRules read(Fields file) throws InvalidRuleException {
    List<ConflictClassifier> exceptions = new ArrayList<>();
    for (Fields each : file.objects("conflicts")) {
      String name = each.requiredText("exception");
      String message = each.text("message");
      ConflictKind kind = each.requiredOneOf("kind", ConflictKind.values(), ConflictKind::code);
      exceptions.add(
          message == null
              ? ConflictClassifiers.rule(name, kind)
              : ConflictClassifiers.rule(
                  name, each.parsed("message", message, ConflictRules::pattern), kind));
      each.end();
    }
    Map<String, String> labels = new HashMap<>();
    Fields named = file.object("fields");
    for (String constraint : named.names()) {
      if (labels.put(lowerCase(constraint), named.requiredText(constraint)) != null) {
        throw named.wrong(constraint, "constraints that differ in more than case");
      }
    }
    return new ConflictRules(exceptions, labels);
  }

  /** The conflict that the file sees in a throwable; null when it says nothing of it. */
  public @Nullable Conflict conflictIn(Throwable thrown) {
    return classifier.conflictIn(thrown);
  }

  /** What the application calls the field behind a constraint; null when it does not say. */
  public @Nullable String fieldOf(@Nullable String constraint) {
    return constraint == null ? null : fields.get(lowerCase(constraint));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
