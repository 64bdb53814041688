package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormButton;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.match.RequestView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The POST requests that a form of a page can submit: without a button, and with each of its
 * buttons. Not thread-safe.
 */
final class Submissions {

  private final HttpServletRequest page;
  private final FormSnapshot form;
  private final String address;

  /**
   * Creates the submissions of a form.
   *
   * @param page the request for the page
   * @param address the address of the page: a path with or without query, or a complete URL
   */
  Submissions(HttpServletRequest page, FormSnapshot form, String address) {
    this.page = page;
    this.form = form;
    this.address = address;
  }

  /** Passes each request to the consumer. A request is only valid until the next one is passed. */
  void each(Consumer<RequestView> consumer) {
    Map<String, String[]> fields = fieldsOf(form);
    if (form.method().equals("POST")) {
      pass(form.target(address), fields, consumer);
    }
    for (FormButton button : form.buttons()) {
      String method = button.method == null ? form.method() : button.method;
      String name = button.name;
      if (!method.equals("POST") || (name == null && !button.leadsItself())) {
        continue;
      }
      String to =
          button.action == null ? form.target(address) : form.targetOf(address, button.action);
      if (name == null) {
        pass(to, fields, consumer);
      } else {
        String[] others = fields.get(name);
        fields.put(name, with(others, button.value));
        pass(to, fields, consumer);
        if (others == null) {
          fields.remove(name);
        } else {
          fields.put(name, others);
        }
      }
    }
  }

  /**
   * Returns the request without a button; null when the form is not submitted by POST, or to
   * another server.
   */
  @Nullable RequestView plain() {
    String target = form.method().equals("POST") ? form.target(address) : null;
    return target == null ? null : RequestView.ofForm(page, "POST", target, fieldsOf(form));
  }

  private void pass(
      @Nullable String target, Map<String, String[]> fields, Consumer<RequestView> consumer) {
    RequestView facts = target == null ? null : RequestView.ofForm(page, "POST", target, fields);
    if (facts != null) {
      consumer.accept(facts);
    }
  }

  private static String[] with(String @Nullable [] others, String value) {
    if (others == null) {
      return new String[] {value};
    }
    String[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = value;
    return all;
  }

  /** Returns the fields that the unchanged form would submit, without any button. */
  private static Map<String, String[]> fieldsOf(FormSnapshot form) {
    Map<String, String[]> fields = new HashMap<>();
    for (FormField field : form.fields()) {
      if (field.kind() != FieldKind.SUBMIT && !field.values().isEmpty()) {
        fields.putIfAbsent(field.name(), field.values().toArray(new String[0]));
      }
    }
    return fields;
  }
}
