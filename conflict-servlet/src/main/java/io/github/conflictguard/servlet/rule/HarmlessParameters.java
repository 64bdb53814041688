package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.servlet.match.ParameterCondition;
import io.github.conflictguard.servlet.match.PathVariables;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.RequestView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that indicate that a write saves nothing: that it was cancelled, or is a preview.
 * Immutable.
 */
final class HarmlessParameters {

  static final String ACCEPTED = "true, false, and a list of parameters such as back and do=look";

  /** Parameters of frameworks: Struts 1 and 2, Spring MVC and Web Flow, MediaWiki, XWiki. */
  private static final Pattern PRESET =
      Pattern.compile(
          "org\\.apache\\.struts\\.taglib\\.html\\.CANCEL|action:cancel|method:cancel|_cancel"
              + "|_target[0-9]{1,3}|_eventId_(?:cancel|back)|wpPreview|wpDiff|action_preview"
              + "|action_cancel");

  /** Words that may also be the names of values: only for buttons. */
  private static final Set<String> WORDS = new HashSet<>(Arrays.asList("cancel", "preview"));

  private static final Set<String> NO = new HashSet<>(Arrays.asList("", "false", "0", "no", "off"));

  private final boolean presets;
  private final List<ParameterCondition> own;

  private HarmlessParameters(boolean presets, List<ParameterCondition> own) {
    this.presets = presets;
    this.own = own;
  }

  /** Returns the parameters of frameworks alone. */
  static HarmlessParameters usual() {
    return new HarmlessParameters(true, Collections.emptyList());
  }

  /** Reads the field {@code savesNothing} of a rule. */
  static HarmlessParameters read(Fields rule) throws InvalidRuleException {
    Object value = rule.any("savesNothing");
    if (value == null || value instanceof Boolean) {
      return new HarmlessParameters(!Boolean.FALSE.equals(value), Collections.emptyList());
    }
    List<ParameterCondition> own = new ArrayList<>();
    for (String text : rule.texts("savesNothing")) {
      ParameterCondition condition = rule.parsed("savesNothing", text, ParameterCondition::parse);
      if (condition.variable() != null) {
        throw rule.wrong("savesNothing", ACCEPTED);
      }
      own.add(condition);
    }
    return new HarmlessParameters(true, own);
  }

  /**
   * Returns the indication that a write saves nothing; null when there is none.
   *
   * @param pattern the pattern that the write matches: a parameter that it requires makes the
   *     request a write
   * @param forms whether the rule is about forms: only then the presets apply
   */
  @Nullable Harmless in(RequestView facts, RequestPattern pattern, boolean forms)
      throws IOException {
    for (ParameterCondition condition : own) {
      if (condition.holds(facts, new PathVariables())) {
        return Harmless.CERTAINLY;
      }
    }
    if (!presets || !forms || !facts.method().equals("POST")) {
      return null;
    }
    Harmless found = null;
    for (String sent : facts.formNames()) {
      String name = sent.endsWith(".x") ? sent.substring(0, sent.length() - 2) : sent;
      if (pattern.names(name) || pattern.names(sent)) {
        continue;
      }
      String value = facts.form(sent);
      if (PRESET.matcher(name).matches() && !isMarker(sent, value)) {
        return Harmless.CERTAINLY;
      }
      if (WORDS.contains(name) && value != null && !NO.contains(value.toLowerCase(Locale.ROOT))) {
        found = new Harmless(sent);
      }
    }
    return found;
  }

  /**
   * Returns whether this is Spring's marker of a check box or list, which is part of every
   * submission.
   */
  private static boolean isMarker(String name, @Nullable String value) {
    return name.equals("_cancel") && ("on".equals(value) || "1".equals(value));
  }

  /** The reason why a write saves nothing. Immutable. */
  static final class Harmless {

    static final Harmless CERTAINLY = new Harmless(null);

    /** The field that counts only if it is a button; null when the reason is certain. */
    final @Nullable String button;

    private Harmless(@Nullable String button) {
      this.button = button;
    }
  }
}
