package io.github.conflictguard.weave;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes log lines, each one once, and counts them. The agent must not use java.util.logging, which
 * some servers (WildFly) have to initialize first. Thread-safe.
 */
public final class ConsoleLog implements WeaveLog {

  private static final int LIMIT = 10_000;

  private final PrintStream out;
  private final boolean verbose;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final AtomicInteger woven = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * Creates a log.
   *
   * @param verbose whether to list methods without problems
   */
  public ConsoleLog(PrintStream out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  @Override
  public void woven(String target) {
    woven.incrementAndGet();
    if (verbose) {
      say(target + " is guarded");
    }
  }

  @Override
  public void found(String target) {
    found.incrementAndGet();
    if (verbose) {
      say(target + " was guarded already");
    }
  }

  @Override
  public void refused(String target, String reason) {
    refused.incrementAndGet();
    say(target + " is NOT guarded: " + reason);
  }

  @Override
  public void warned(String target, String reason) {
    say(target + " " + reason);
  }

  @Override
  public void left(String className, String reason) {
    refused.incrementAndGet();
    say(className + " is NOT guarded: " + reason);
  }

  /** Reports a method that is already guarded with a policy other than the requested one. */
  public void differs(String target, String reason) {
    refused.incrementAndGet();
    say(target + " is guarded already, but " + reason);
  }

  /** Prints a line unless it was printed before; after 10,000 lines, nothing is printed. */
  public void say(String line) {
    if (said.size() < LIMIT && said.add(line)) {
      out.println("[conflict-guard] " + line);
    }
  }

  /** Returns the number of methods woven so far. */
  public int wovenCount() {
    return woven.get();
  }

  /** Returns the number of methods found to be guarded already. */
  public int foundCount() {
    return found.get();
  }

  /**
   * Returns the number of refusals reported so far, including guarded methods with another policy.
   */
  public int refusedCount() {
    return refused.get();
  }
}
