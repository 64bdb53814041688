package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of a request that no page shows: of passwords and files, and of fields that only a script
 * has added. Two pages that look the same prove nothing about them.
 */
final class UnshownValues {

  private static final Set<FieldKind> NEVER_SHOWN = EnumSet.of(FieldKind.PASSWORD, FieldKind.FILE);

  private UnshownValues() {}

  /**
   * Returns whether a request has any; in doubt it does.
   *
   * @param form the form that it was sent with
   */
  static boolean areIn(HttpServletRequest request, FormSnapshot form, IgnoredFields ignored) {
    boolean multipart = SentFields.type(request).startsWith(StartOfForm.MULTIPART);
    if (multipart || !(request instanceof RereadRequest)) {
      // What the container takes apart is not looked into again, and a file may be in it.
      return form.fields().stream().anyMatch(field -> NEVER_SHOWN.contains(field.kind()));
    }
    Map<String, List<String>> sent;
    try {
      sent = SentFields.of(request, form.charset());
    } catch (IOException e) {
      return true;
    }
    if (sent == null) {
      return true;
    }
    Map<String, Boolean> shown = new HashMap<>();
    for (FormField field : form.fields()) {
      shown.merge(field.name(), !NEVER_SHOWN.contains(field.kind()), Boolean::logicalAnd);
    }
    for (Map.Entry<String, List<String>> field : sent.entrySet()) {
      Boolean known = shown.get(field.getKey());
      boolean unshown = known == null ? !ignored.contain(field.getKey()) : !known;
      if (unshown && field.getValue().stream().anyMatch(value -> !value.isEmpty())) {
        return true;
      }
    }
    return false;
  }
}
