package io.github.conflictguard.servlet.clash;

import jakarta.servlet.http.HttpServletResponse;

/** Tells whose library was used. */
final class Library {

  private Library() {}

  /** Says in a header from which jar a class came. */
  static void name(HttpServletResponse response, Class<?> used) {
    String place = used.getProtectionDomain().getCodeSource().getLocation().getPath();
    response.setHeader("X-Library", place.substring(place.lastIndexOf('/') + 1));
  }
}
