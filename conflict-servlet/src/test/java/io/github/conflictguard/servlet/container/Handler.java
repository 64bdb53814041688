package io.github.conflictguard.servlet.container;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What a test servlet does, with any method. */
@FunctionalInterface
public interface Handler {

  /** Whatever it throws, checked or not, leaves the servlet as it is: woven code may do that. */
  void handle(HttpServletRequest request, HttpServletResponse response) throws Throwable;
}
