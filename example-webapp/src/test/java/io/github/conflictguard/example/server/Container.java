package io.github.conflictguard.example.server;

import java.io.IOException;

/** The containers that every test of the whole office runs on. */
public enum Container {
  JETTY {
    @Override
    public OfficeServer start(OfficeDatabase database, String... options)
        throws IOException, InterruptedException {
      return OfficeServer.startJetty(database, options);
    }
  },
  TOMCAT {
    @Override
    public OfficeServer start(OfficeDatabase database, String... options)
        throws IOException, InterruptedException {
      return OfficeServer.startTomcat(database, options);
    }
  };

  /** Starts the office in this container. */
  public abstract OfficeServer start(OfficeDatabase database, String... options)
      throws IOException, InterruptedException;
}
