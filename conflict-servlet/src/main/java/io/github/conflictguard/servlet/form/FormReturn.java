package io.github.conflictguard.servlet.form;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** How a stale form can be submitted again, until the {@link FormConflict} is created. */
final class FormReturn {

  final String action;
  final String enctype;
  @Nullable Charset charset;
  @Nullable String token;
  @Nullable String page;
  boolean typing;

  /**
   * Creates a return without further data.
   *
   * @param action path and query to which the form is submitted
   * @param enctype its encoding
   */
  FormReturn(String action, String enctype) {
    this.action = action;
    this.enctype = enctype;
  }
}
