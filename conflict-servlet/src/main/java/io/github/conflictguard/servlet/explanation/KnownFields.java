package io.github.conflictguard.servlet.explanation;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.fields.IgnoredFields;
import io.github.conflictguard.servlet.fields.PasswordNames;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of bodies that were read for another reason: of submitted forms, of forms as they were
 * shown, and of JSON. Without secrets, buttons, and fields of frameworks.
 */
final class KnownFields {

  /** The length of JSON that is parsed for an explanation, in bytes. */
  private static final int LONGEST_JSON = 64 * 1024;

  private KnownFields() {}

  /**
   * Returns the fields that a write has sent.
   *
   * @param shown its form as it was shown; null when that is not known
   * @return null where the body was not read, or has no fields
   */
  static @Nullable FieldDigests sent(
      HttpServletRequest request, RuleMatch target, @Nullable FormSnapshot shown) {
    BufferedRequest read = readBody(request);
    if (read == null) {
      return null;
    }
    Map<String, String[]> form = read.isFormKnown() ? read.fields() : Collections.emptyMap();
    if (!form.isEmpty()) {
      return FieldDigests.ofForm(values(form, target, shown));
    }
    boolean partial = request.getMethod().equals("PATCH");
    return read.isComplete() && isJson(request.getContentType())
        ? ofJson(read.body(), partial)
        : null;
  }

  /** Returns the fields of a form as it was shown. */
  static FieldDigests shown(FormSnapshot form, RuleMatch target) {
    IgnoredFields ignored = ignoredBy(target);
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      if (isValue(field) && !isHidden(field.name(), ignored)) {
        values.put(field.name(), field.values());
      }
    }
    return FieldDigests.ofForm(values);
  }

  /**
   * Returns the members of the JSON that an internal GET has returned; null where there is none.
   */
  static @Nullable FieldDigests current(@Nullable HttpServletResponse internalGet) {
    if (!(internalGet instanceof ProbeResponse)
        || internalGet.getStatus() != HttpServletResponse.SC_OK
        || !isJson(internalGet.getContentType())
        || internalGet.containsHeader("Content-Encoding")) {
      return null;
    }
    ProbeResponse answer = (ProbeResponse) internalGet;
    return answer.isTruncated() || answer.written() > LONGEST_JSON
        ? null
        : ofJson(answer.bytes(), false);
  }

  private static Map<String, List<String>> values(
      Map<String, String[]> form, RuleMatch target, @Nullable FormSnapshot shown) {
    IgnoredFields ignored = ignoredBy(target);
    Map<String, List<String>> values = new LinkedHashMap<>();
    form.forEach(
        (name, sent) -> {
          FormField field = shown == null ? null : shown.field(name);
          if ((field == null || isValue(field)) && !isHidden(name, ignored)) {
            values.put(name, Arrays.asList(sent));
          }
        });
    for (FormField field : shown == null ? Collections.<FormField>emptyList() : shown.fields()) {
      boolean optional =
          field.kind() == FieldKind.CHECKBOX || field.kind() == FieldKind.SELECT_MANY;
      if (optional && !isHidden(field.name(), ignored)) {
        // Browsers omit a field of which nothing is chosen.
        values.putIfAbsent(field.name(), Collections.emptyList());
      }
    }
    return values;
  }

  private static boolean isValue(FormField field) {
    return field.kind() != FieldKind.SUBMIT
        && field.kind() != FieldKind.PASSWORD
        && field.kind() != FieldKind.FILE;
  }

  private static boolean isHidden(String name, IgnoredFields ignored) {
    return ignored.contain(name) || PasswordNames.contain(name);
  }

  private static IgnoredFields ignoredBy(RuleMatch target) {
    Rule rule = target.rule();
    return new IgnoredFields(
        rule == null || rule.forms() == null ? Collections.emptySet() : rule.forms().ignored());
  }

  private static @Nullable FieldDigests ofJson(byte[] body, boolean partial) {
    if (body.length == 0 || body.length > LONGEST_JSON) {
      return null;
    }
    try {
      return FieldDigests.ofJson(
          JsonReader.parse(new String(body, StandardCharsets.UTF_8)), partial);
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json");
  }

  /** Returns the request whose body was read; null where it was not. */
  private static @Nullable BufferedRequest readBody(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper && !(inner instanceof BufferedRequest)) {
      inner = ((ServletRequestWrapper) inner).getRequest();
    }
    return inner instanceof BufferedRequest ? (BufferedRequest) inner : null;
  }
}
