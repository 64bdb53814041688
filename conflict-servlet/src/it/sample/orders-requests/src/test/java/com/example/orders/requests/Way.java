package com.example.orders.requests;

import java.nio.file.Path;
import java.util.Locale;

/** How the application comes to its guards, or does without. */
enum Way {
  /** Neither guards nor filter: the application as it was. */
  AS_IT_WAS(War.UNWOVEN, "register", "false"),

  /** Nothing is woven; the filter is there. */
  UNWOVEN(War.UNWOVEN, "weaving", "none"),

  /** Woven, and switched off. */
  OFF(War.WOVEN, "mode", "off"),

  /** Woven, and the filter only observes. */
  OBSERVE(War.WOVEN, "mode", "observe"),

  BUILD(War.WOVEN, "weaving", "none"),
  COMMAND(War.BY_COMMAND, "weaving", "none"),
  CONTAINER(War.WITH_AGENT, "weaving", "container"),
  ATTACH(War.WITH_AGENT, "weaving", "attach"),
  AGENT(War.UNWOVEN, "weaving", "none"),

  /** Both: together they weave once. */
  AGENT_AND_BUILD(War.WOVEN, "weaving", "none");

  final War war;
  private final String setting;
  private final String value;

  Way(War war, String setting, String value) {
    this.war = war;
    this.setting = setting;
    this.value = value;
  }

  /** The name of the context. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean needsAgent() {
    return this == AGENT || this == AGENT_AND_BUILD;
  }

  /** What Tomcat is told of it. */
  String context(Path file) {
    return """
        <Context docBase="%s">
          <Parameter name="conflictguard.%s" value="%s"/>
          <JarScanner scanClassPath="false">
            <JarScanFilter tldSkip="*"/>
          </JarScanner>
        </Context>
        """
        .formatted(file, setting, value);
  }

  /** What is deployed. */
  enum War {
    UNWOVEN,
    WOVEN,
    BY_COMMAND,
    WITH_AGENT
  }
}
