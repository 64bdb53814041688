package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletRequest;

/** A reader of the fields of a submitted form. */
public final class Form {

  private Form() {}

  /** Returns the field without surrounding spaces; null if it is absent or empty. */
  public static String text(HttpServletRequest request, String field) {
    String value = request.getParameter(field);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
