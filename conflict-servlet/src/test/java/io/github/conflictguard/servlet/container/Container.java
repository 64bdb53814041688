package io.github.conflictguard.servlet.container;

/** A container that runs one deployment under {@code /app}, on the loopback interface. */
interface Container {

  /** Starts it and returns the port that it listens on. */
  int start(Deployment deployment) throws Exception;

  void stop() throws Exception;

  /** The one that this run of the tests is about: the build runs them once for each. */
  static Container ofThisRun() {
    String name = System.getProperty("test.container", "jetty");
    return switch (name) {
      case "jetty" -> new JettyContainer();
      case "tomcat" -> new TomcatContainer();
      default -> throw new IllegalArgumentException("test.container=" + name);
    };
  }
}
