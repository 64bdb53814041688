package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.annotation.WebServlet;

/** For the application without {@code web.xml}. */
@WebServlet("/annotated/about")
public final class AnnotatedAbout extends About {

  private static final long serialVersionUID = 1L;
}
