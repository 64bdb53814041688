package io.github.conflictguard.example.web;

import jakarta.servlet.ServletContext;

/** Objects that the servlets of the application share through the servlet context, one per type. */
public final class Shared {

  private Shared() {}

  /** Makes the object available to every servlet. */
  public static <T> void put(ServletContext context, Class<T> type, T object) {
    context.setAttribute(type.getName(), object);
  }

  /** Returns the object of the type that was stored when the application started. */
  public static <T> T get(ServletContext context, Class<T> type) {
    return type.cast(context.getAttribute(type.getName()));
  }
}
