package io.github.conflictguard.servlet.config;

import jakarta.servlet.ServletException;

/** The validated settings of idempotency keys. Immutable. */
public final class IdempotencySettings {

  private final String header;
  private final int lifetimeSeconds;
  private final int waitMillis;
  private final boolean store5xx;
  private final int limit;

  IdempotencySettings(SettingReader given) throws ServletException {
    this.header = given.headerName(Setting.IDEMPOTENCY_HEADER);
    this.lifetimeSeconds = given.number(Setting.IDEMPOTENCY_LIFETIME_SECONDS);
    this.waitMillis = given.number(Setting.IDEMPOTENCY_WAIT_MILLIS);
    this.store5xx = given.trueOrFalse(Setting.IDEMPOTENCY_STORE_5XX);
    this.limit = given.number(Setting.IDEMPOTENCY_LIMIT);
  }

  /** Returns the name of the request header that contains the key. */
  public String header() {
    return header;
  }

  /** Returns how long a key is remembered after its request, in seconds. */
  public int lifetimeSeconds() {
    return lifetimeSeconds;
  }

  /** Returns how long a repetition waits for the first request, in milliseconds. */
  public int waitMillis() {
    return waitMillis;
  }

  /** Returns whether responses with a status of 500 and above are stored. */
  public boolean stores5xx() {
    return store5xx;
  }

  /** Returns the memory for keys, and likewise for responses, in bytes; 0 for none. */
  public int limit() {
    return limit;
  }
}
