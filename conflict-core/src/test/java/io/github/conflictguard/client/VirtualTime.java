package io.github.conflictguard.client;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs tasks in simulated time, one at a time, in an order that depends on the seed alone. A task
 * runs until it sleeps; then the one that is due first continues.
 */
final class VirtualTime implements Timing {

  private record Sleeper(long due, long order, CompletableFuture<Void> signal) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          (a, b) ->
              a.due() != b.due()
                  ? Long.compare(a.due(), b.due())
                  : Long.compare(a.order(), b.order()));

  private final Random random;
  private long now;
  private long order;

  VirtualTime(long seed) {
    random = new Random(seed);
  }

  /** Runs all tasks to their ends, each from its start on, in nanoseconds. */
  void run(List<Runnable> tasks, List<Long> starts) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Runnable task = tasks.get(i);
      CompletableFuture<Void> start = sleeper(starts.get(i));
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      Thread thread =
          new Thread(
              () -> {
                start.join();
                try {
                  task.run();
                  end.complete(null);
                } catch (RuntimeException | Error e) {
                  end.completeExceptionally(e);
                } finally {
                  wakeNext();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
    wakeNext();
    for (CompletableFuture<Void> end : ends) {
      try {
        end.join();
      } catch (CompletionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }

  private synchronized CompletableFuture<Void> sleeper(long due) {
    CompletableFuture<Void> signal = new CompletableFuture<>();
    sleepers.add(new Sleeper(due, order++, signal));
    return signal;
  }

  private void wakeNext() {
    Sleeper next;
    synchronized (this) {
      next = sleepers.poll();
      if (next != null) {
        now = next.due();
      }
    }
    if (next != null) {
      next.signal().complete(null);
    }
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized double chance() {
    return random.nextDouble();
  }

  @Override
  public void sleep(long nanos) {
    CompletableFuture<Void> signal = sleeper(nanos() + nanos);
    wakeNext();
    signal.join();
  }
}
