package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.FormStartTag;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.formdata.MultipartForm;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of a request that are not shown on any page: passwords, files, and fields that were added
 * by a script. Two pages with the same content prove nothing about them.
 */
public final class UnshownValues {

  private static final Set<FieldKind> NEVER_SHOWN = EnumSet.of(FieldKind.PASSWORD, FieldKind.FILE);

  private UnshownValues() {}

  /** Returns whether a form can have fields that are not shown on any page. */
  public static boolean canBeIn(FormSnapshot form) {
    return form.fields().stream().anyMatch(field -> NEVER_SHOWN.contains(field.kind()));
  }

  /**
   * Returns whether a request has such values; true in case of doubt.
   *
   * @param form the form that it was submitted with
   */
  public static boolean areIn(
      HttpServletRequest request, FormSnapshot form, IgnoredFields ignored) {
    boolean multipart = SubmittedFields.type(request).startsWith(FormStartTag.MULTIPART);
    Set<String> filled =
        multipart ? MultipartForm.filledIn(request) : filledIn(request, form.charset());
    if (filled == null) {
      boolean readable = !multipart && request instanceof BufferedRequest;
      return readable || canBeIn(form);
    }
    Map<String, Boolean> shown = new HashMap<>();
    for (FormField field : form.fields()) {
      shown.merge(field.name(), !NEVER_SHOWN.contains(field.kind()), Boolean::logicalAnd);
    }
    for (String name : filled) {
      Boolean known = shown.get(name);
      boolean ours = name.equals(TokenField.NAME);
      if (known == null ? !ours && !ignored.contain(name) : !known) {
        return true;
      }
    }
    return false;
  }

  /** Returns the names of the fields with a value; null for a form that was not read. */
  private static @Nullable Set<String> filledIn(
      HttpServletRequest request, @Nullable Charset charset) {
    if (!(request instanceof BufferedRequest)) {
      return null;
    }
    Map<String, List<String>> sent;
    try {
      sent = SubmittedFields.of(request, charset);
    } catch (IOException e) {
      return null;
    }
    if (sent == null) {
      return null;
    }
    Set<String> filled = new HashSet<>();
    sent.forEach(
        (name, values) -> {
          if (values.stream().anyMatch(value -> !value.isEmpty())) {
            filled.add(name);
          }
        });
    return filled;
  }
}
