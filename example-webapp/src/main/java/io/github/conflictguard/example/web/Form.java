package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletRequest;

/** Reads the fields of a submitted form. */
public final class Form {

  private Form() {}

  /** The field without surrounding spaces; null where it is absent or left empty. */
  public static String text(HttpServletRequest request, String field) {
    String value = request.getParameter(field);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
