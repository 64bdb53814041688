package com.example.orders.web;

import com.example.orders.domain.CustomerData;
import com.example.orders.domain.Renaming;
import com.example.orders.domain.Trace;
import com.example.orders.service.LockDesk;
import com.example.orders.service.Meeting;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lombok.RequiredArgsConstructor;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Two callers at the same time, with the same key or with others. */
@RestController
@RequiredArgsConstructor
public class Locks {

  private final LockDesk desk;

  @PostMapping("/locks/{kind}")
  public String meet(
      @PathVariable("kind") String kind,
      @RequestParam("one") String one,
      @RequestParam("two") String two)
      throws Exception {
    return Meeting.of(call(kind, one), call(kind, two));
  }

  private Callable<?> call(String kind, String key) {
    CustomerData data = CustomerData.builder().id(1L).email(key.isEmpty() ? null : key).build();
    return () -> {
      switch (kind) {
        case "getter":
          desk.byGetter(data);
          break;
        case "fluent":
          desk.byFluentAccessor(new Renaming(data, key));
          break;
        case "map":
          desk.byKeyOfMap(Collections.singletonMap("key", key));
          break;
        default:
          LockDesk.inStaticMethod(Long.parseLong(key));
      }
      return null;
    };
  }

  /** A second caller, while the first one stays inside. */
  @PostMapping("/brief")
  public void brief() throws Exception {
    CompletableFuture<Void> second = new CompletableFuture<>();
    desk.brief(
        1,
        () -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      desk.brief(1, () -> Trace.note("both"));
                      second.complete(null);
                    } catch (RuntimeException e) {
                      second.completeExceptionally(e);
                    }
                  });
          thread.start();
          joinUninterrupted(thread);
        });
    try {
      second.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /** The second caller begins when the work of the first one is done, and not when it returns. */
  @PostMapping("/later")
  public String later() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> result = desk.later(1, work).toCompletableFuture();
    Thread second =
        new Thread(() -> desk.later(1, CompletableFuture.completedFuture("second")));
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING
        && second.getState() != Thread.State.TERMINATED) {
      Thread.yield();
    }
    Trace.note("done");
    work.complete("first");
    joinUninterrupted(second);
    return result.join();
  }

  @PostMapping("/later-failed")
  public String laterFailed() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletableFuture<String> result = desk.later(2, work).toCompletableFuture();
    work.completeExceptionally(new CannotAcquireLockException("later"));
    try {
      return result.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private static void joinUninterrupted(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
