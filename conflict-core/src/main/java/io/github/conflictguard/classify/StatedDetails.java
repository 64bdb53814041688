package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.SafeReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The details that the exceptions of this library carry in addition to the kind of a conflict:
 * {@code ConflictException}, {@code WrongStateException} and {@code BusinessRuleException}, on top
 * or wrapped in any exception. They are recognized by name, because those of another class loader,
 * such as the agent's, count as well.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class StatedDetails {

  private static final String PACKAGE = "io.github.conflictguard.guard.";

  private @Nullable String handler;
  private @Nullable String statusProfile;
  private @Nullable String state;
  private List<String> allowedTransitions = Collections.emptyList();
  private @Nullable String rule;
  private Map<String, String> facts = Collections.emptyMap();

  private StatedDetails() {}

  /**
   * Collects the details of a throwable and those it leads to; of each class the outermost counts.
   */
  public static StatedDetails in(Throwable thrown) {
    StatedDetails details = new StatedDetails();
    for (Throwable throwable : CauseGraph.from(thrown)) {
      details.read(throwable);
    }
    return details;
  }

  private void read(Throwable throwable) {
    switch (throwable.getClass().getName()) {
      case PACKAGE + "ConflictException":
        handler = handler == null ? SafeReader.text(throwable, "handler") : handler;
        statusProfile =
            statusProfile == null
                ? SafeReader.text(throwable, "statusProfile", "name")
                : statusProfile;
        break;
      case PACKAGE + "WrongStateException":
        if (state == null) {
          state = SafeReader.text(throwable, "state");
          allowedTransitions = texts(SafeReader.get(throwable, "allowedTransitions"));
        }
        break;
      case PACKAGE + "BusinessRuleException":
        if (rule == null) {
          rule = SafeReader.text(throwable, "rule");
          facts = textsByName(SafeReader.get(throwable, "facts"));
        }
        break;
      default:
        break;
    }
  }

  /**
   * Returns the guarded method that the conflict left; null when the conflict did not leave a
   * guarded method.
   */
  public @Nullable String handler() {
    return handler;
  }

  /**
   * Returns the name of the status profile that the guarded method requests; null when it requests
   * none.
   */
  public @Nullable String statusProfile() {
    return statusProfile;
  }

  /** Returns the state that does not allow the operation; null when none was given. */
  public @Nullable String state() {
    return state;
  }

  /** Returns the transitions that this state allows. Unmodifiable. */
  public List<String> allowedTransitions() {
    return allowedTransitions;
  }

  /** Returns the code of the rule that forbids the operation; null when none was given. */
  public @Nullable String rule() {
    return rule;
  }

  /** Returns the facts on which the rule's decision was based. Unmodifiable. */
  public Map<String, String> facts() {
    return facts;
  }

  private static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    if (list instanceof List) {
      for (Object each : (List<?>) list) {
        texts.add(String.valueOf(each));
      }
    }
    return Collections.unmodifiableList(texts);
  }

  private static Map<String, String> textsByName(@Nullable Object map) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (map instanceof Map) {
      ((Map<?, ?>) map).forEach((name, text) -> texts.put(String.valueOf(name), "" + text));
    }
    return Collections.unmodifiableMap(texts);
  }
}
