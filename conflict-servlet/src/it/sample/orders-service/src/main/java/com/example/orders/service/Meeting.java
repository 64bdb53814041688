package com.example.orders.service;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lombok.SneakyThrows;

/** Two threads that call the same work; each tells whether it has met the other inside. */
public final class Meeting {

  private static final ThreadLocal<Meeting> CURRENT = new ThreadLocal<>();

  private int inside;
  private int met;
  private Thread first;
  private Thread second;

  private Meeting() {}

  /** Returns "together" or "one by one". */
  @SneakyThrows(InterruptedException.class)
  public static String of(Callable<?> work, Callable<?> other) throws Exception {
    Meeting meeting = new Meeting();
    FutureTask<Object> one = meeting.task(work);
    FutureTask<Object> two = meeting.task(other);
    meeting.first = new Thread(one);
    meeting.second = new Thread(two);
    meeting.first.start();
    meeting.second.start();
    try {
      one.get();
      two.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
    return meeting.met == 2 ? "together" : "one by one";
  }

  /** Stays until the other is here, or waits for something else. */
  public static void attend() {
    Meeting meeting = CURRENT.get();
    if (meeting != null) {
      meeting.stay();
    }
  }

  private FutureTask<Object> task(Callable<?> work) {
    return new FutureTask<>(
        () -> {
          CURRENT.set(this);
          return work.call();
        });
  }

  @SneakyThrows(InterruptedException.class)
  private void stay() {
    Thread other = Thread.currentThread() == first ? second : first;
    synchronized (this) {
      inside++;
      notifyAll();
      int parked = 0;
      while (inside < 2 && other.getState() != Thread.State.TERMINATED && parked < 5) {
        wait(5);
        parked = other.getState() == Thread.State.TIMED_WAITING ? parked + 1 : 0;
      }
      if (inside == 2) {
        met++;
        notifyAll();
        while (met < 2 && other.getState() != Thread.State.TERMINATED) {
          wait(5);
        }
      }
      inside--;
    }
  }
}
