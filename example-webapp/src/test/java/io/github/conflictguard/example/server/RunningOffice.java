package io.github.conflictguard.example.server;

/**
 * One office that all tests of a run share, with the database behind it.
 *
 * @param container what it runs on
 */
public record RunningOffice(Container container, OfficeDatabase database, OfficeServer server) {

  static RunningOffice on(Container container) throws Exception {
    OfficeDatabase database = OfficeDatabase.start();
    boolean started = false;
    try {
      OfficeServer server = container.start(database);
      started = true;
      return new RunningOffice(container, database, server);
    } finally {
      if (!started) {
        database.close();
      }
    }
  }

  /** The container's name alone: it stands in the names of the tests. */
  @Override
  public String toString() {
    return container.name();
  }
}
