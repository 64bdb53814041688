package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.annotation.WebServlet;

/** For the application without {@code web.xml}. */
@WebServlet("/annotated/records/*")
public final class AnnotatedRecords extends Records {

  private static final long serialVersionUID = 1L;
}
