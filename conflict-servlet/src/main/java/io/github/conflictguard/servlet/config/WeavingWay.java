package io.github.conflictguard.servlet.config;

import java.util.Locale;

/** How the classes of a web application are woven while they are loaded. */
public enum WeavingWay {
  /** By the agent of this JVM, if there is one. */
  AGENT,

  /** By the class loader of the container. */
  CONTAINER,

  /** By an agent that this JVM attaches to itself. */
  ATTACH,

  /** Not by the web application; an agent may still weave it. */
  NONE;

  /** Returns the name in settings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
