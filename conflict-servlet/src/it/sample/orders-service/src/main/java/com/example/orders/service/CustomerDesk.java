package com.example.orders.service;

import com.example.orders.domain.AlreadyShipped;
import com.example.orders.domain.CustomerData;
import com.example.orders.domain.OutOfStock;
import com.example.orders.domain.Trace;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.io.IOException;
import java.io.InputStream;
import lombok.RequiredArgsConstructor;
import lombok.SneakyThrows;
import lombok.Synchronized;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Guarded methods, most of them outside of the transactions of the store. */
@Service
@RequiredArgsConstructor
public class CustomerDesk {

  private final Store store;
  private final RowHolder holder;

  @Measured
  @ConflictGuarded
  public CustomerData register(CustomerData data) {
    return store.add(data);
  }

  @ConflictGuarded
  public void change(CustomerData data) {
    store.change(data);
  }

  @ConflictGuarded
  public void remove(long id) {
    store.remove(id);
  }

  @ConflictGuarded
  public void order(long id, long customer) {
    store.order(id, customer);
  }

  @ConflictGuarded
  public void ship(long order) {
    Trace.note("ship");
    if (store.state(order).equals("shipped")) {
      throw new AlreadyShipped("order " + order + " is shipped");
    }
    store.setState(order, "shipped");
  }

  /** The row is held by another transaction, in the first attempt at least. */
  @ConflictGuarded(retry = @Retry(attempts = 2, backoffMillis = 1))
  public void renameHeld(long id, String name, boolean patient) {
    if (patient && Trace.count("rename") == 1) {
      holder.letGo();
    }
    store.rename(id, name);
  }

  /** AspectJ's advice is around each attempt. */
  @Measured
  @ConflictGuarded(retry = @Retry(attempts = 3, backoffMillis = 1))
  public CustomerData registerAfter(CustomerData data, int failures) {
    failBefore("registerAfter", failures);
    return store.add(data);
  }

  /** Reads, changes and stores by itself: the first use of every library that repeats. */
  @ConflictGuarded(
      retry = @Retry(attempts = 3, backoffMillis = 1, on = ConflictKind.STALE_VERSION))
  public void renameMeanwhile(long id, String name) {
    store.renameAfter(
        id,
        name,
        () -> {
          if (Trace.count("rename") == 1) {
            run(() -> store.rename(id, "other"));
          }
        });
  }

  /** Guarded and transactional: the guard is inside, and a transaction that failed is not repeated. */
  @Transactional
  @ConflictGuarded(retry = @Retry(attempts = 3, backoffMillis = 1))
  public void renameInside(long id, String name, int failures) {
    Store.noteEnd("begin");
    failBefore("renameInside", failures);
    store.rename(id, name);
  }

  /** What is stored before the exception stays, as without a guard. */
  @Transactional(noRollbackFor = AlreadyShipped.class)
  @ConflictGuarded(translate = false)
  public void shipAnyway(long order) {
    Store.noteEnd("shipAnyway");
    store.setState(order, "sent twice");
    throw new AlreadyShipped("order " + order + " is shipped");
  }

  @ConflictGuarded
  public void unusual(OutOfStock failure) throws OutOfStock {
    Trace.note("unusual");
    throw failure;
  }

  @ConflictGuarded(except = ConflictKind.WRONG_STATE)
  public void withoutWrongState() {
    Trace.note("withoutWrongState");
    throw new AlreadyShipped("left out");
  }

  @ConflictGuarded(only = ConflictKind.WRONG_STATE, retry = @Retry(backoffMillis = 1))
  public void onlyWrongState() {
    Trace.note("onlyWrongState");
    throw new CannotAcquireLockException("not meant");
  }

  /** Holds a monitor of Lombok's, which it takes anew for each attempt. */
  @Synchronized
  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  public String oneByOne(int failures) {
    failBefore("oneByOne", failures);
    return "done";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  public int storeStream(InputStream content) throws IOException {
    int length = 0;
    while (content.read() >= 0) {
      length++;
    }
    failBefore("store " + length, 1);
    return length;
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  public int storeBytes(byte[] content) {
    failBefore("store " + content.length, 1);
    return content.length;
  }

  /** Not guarded: what it lacks, the filter has to do. */
  public void unguarded(CustomerData data) {
    store.add(data);
  }

  static void failBefore(String work, int failures) {
    Trace.note(work);
    if (Trace.count(work) <= failures) {
      throw new CannotAcquireLockException(work + " was not to be had");
    }
  }

  @SneakyThrows(InterruptedException.class)
  private static void run(Runnable other) {
    Thread thread = new Thread(other);
    thread.start();
    thread.join();
  }
}
