package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.http.HttpServletRequest;

/** Determines why rules that evaluate form fields cannot read the body as it was sent. */
final class UnreadForms {

  private final Findings findings;

  UnreadForms(Findings findings) {
    this.findings = findings;
  }

  /** Records a form that the container had already parsed. */
  void readInFront(HttpServletRequest request) {
    findings.add(
        FindingCode.BODY_READ_BEFORE_GUARD,
        "",
        "A filter in front of the guard reads parameters, first seen for "
            + PathShape.of(RequestPath.of(request))
            + ": the container has read the form before the guard could, so the guard takes its"
            + " fields from the container, in the charset that was set by then, and cannot tell two"
            + " forms apart by their bytes",
        "Put the filter-mapping of the guard in front of the filters that read parameters (for"
            + " locales, method override, CSRF tokens), and behind the one that sets the charset");
  }

  /** Records a form that was too long for its fields to be read. */
  void tooLong(HttpServletRequest request) {
    String shape = PathShape.of(RequestPath.of(request));
    findings.add(
        FindingCode.UNREAD_FORM,
        shape,
        "A form for "
            + shape
            + " is longer than formLimit or than the container takes, so no rule that looks for one"
            + " of its fields can apply",
        "If the application takes such forms, raise formLimit, or name the record in the path or in"
            + " the query");
  }
}
