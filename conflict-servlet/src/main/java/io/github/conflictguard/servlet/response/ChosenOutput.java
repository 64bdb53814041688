package io.github.conflictguard.servlet.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The stream or writer of a wrapped response, obtained once for each choice of the application. Not
 * thread-safe.
 *
 * @param <T> the type of the stream or writer
 */
public final class ChosenOutput<T> {

  private final Source<T> source;
  private @Nullable T output;

  /** Whether the application has chosen this output since the last reset. */
  private boolean chosen;

  /**
   * Creates an output that is not chosen yet.
   *
   * @param source returns the stream or writer of the wrapped response
   */
  public ChosenOutput(Source<T> source) {
    this.source = source;
  }

  /** Returns the output. One from before a reset still works, as it does in containers. */
  public T get() throws IOException {
    T known = output;
    return known == null ? choose() : known;
  }

  /** Returns the output like {@link #get}, in a method that must not throw {@link IOException}. */
  public T getUnchecked() {
    try {
      return get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gets the output from the wrapped response, even if it was chosen before. */
  public T choose() throws IOException {
    T taken = source.get();
    output = taken;
    chosen = true;
    return taken;
  }

  /** Returns whether the application has chosen this output since the last reset. */
  public boolean isChosen() {
    return chosen;
  }

  /** Lets the application choose again, because the response was reset. */
  public void forgetChoice() {
    chosen = false;
  }

  /**
   * Gets a stream or writer.
   *
   * @param <T> the type of the stream or writer
   */
  @FunctionalInterface
  public interface Source<T> {

    /** Returns the stream or writer, as the wrapped response does. */
    T get() throws IOException;
  }
}
