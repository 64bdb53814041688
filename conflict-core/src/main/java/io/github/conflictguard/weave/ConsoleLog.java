package io.github.conflictguard.weave;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes lines and counts them; each line once. The agent must not use java.util.logging, which
 * some servers (WildFly) have to set up first. Safe for use by several threads.
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
   * Makes a log.
   *
   * @param verbose whether to name the methods for which all is well
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

  /** A guard is in place already, and is not the one that is asked for. */
  public void differs(String target, String reason) {
    refused.incrementAndGet();
    say(target + " is guarded already, but " + reason);
  }

  public void say(String line) {
    if (said.size() < LIMIT && said.add(line)) {
      out.println("[conflict-guard] " + line);
    }
  }

  public int wovenCount() {
    return woven.get();
  }

  public int foundCount() {
    return found.get();
  }

  public int refusedCount() {
    return refused.get();
  }
}
