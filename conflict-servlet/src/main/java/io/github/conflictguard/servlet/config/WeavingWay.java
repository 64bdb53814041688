package io.github.conflictguard.servlet.config;

import java.util.Locale;

/** How the classes of a web application are woven while they are loaded. */
public enum WeavingWay {
  /** By the agent of this JVM, where there is one. */
  AGENT,

  /** By the class loader of the container. */
  CONTAINER,

  /** By an agent that is attached to this JVM from inside. */
  ATTACH,

  /** Not at all, as far as the web application has a say in it. */
  NONE;

  /** As settings write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
