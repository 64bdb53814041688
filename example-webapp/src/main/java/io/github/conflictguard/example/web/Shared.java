package io.github.conflictguard.example.web;

import jakarta.servlet.ServletContext;

/** Objects that the servlets of the application share through its servlet context, one per type. */
public final class Shared {

  private Shared() {}

  /** Makes the object available to every servlet. */
  public static <T> void put(ServletContext context, Class<T> type, T object) {
    context.setAttribute(type.getName(), object);
  }

  /** The object of the type that was put in when the application started. */
  public static <T> T get(ServletContext context, Class<T> type) {
    return type.cast(context.getAttribute(type.getName()));
  }
}
