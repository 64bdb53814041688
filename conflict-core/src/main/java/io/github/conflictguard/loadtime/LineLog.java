package io.github.conflictguard.loadtime;

import io.github.conflictguard.weave.WeaveLog;
import java.util.function.Consumer;

/** Passes problems on as lines of text. Thread-safe if the receiver is. */
public final class LineLog implements WeaveLog {

  private final Consumer<String> lines;

  public LineLog(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void woven(String target) {
    // Guarded methods are listed in the start report.
  }

  @Override
  public void found(String target) {
    // As above.
  }

  @Override
  public void refused(String target, String reason) {
    lines.accept(target + " is NOT guarded: " + reason);
  }

  @Override
  public void warned(String target, String reason) {
    lines.accept(target + " " + reason);
  }

  @Override
  public void left(String className, String reason) {
    lines.accept(className + " is NOT guarded: " + reason);
  }
}
