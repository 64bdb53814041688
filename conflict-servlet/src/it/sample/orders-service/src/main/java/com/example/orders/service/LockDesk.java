package com.example.orders.service;

import com.example.orders.domain.CustomerData;
import com.example.orders.domain.Renaming;
import com.example.orders.domain.Trace;
import io.github.conflictguard.guard.ConflictGuarded;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Service;

/** Guards that let one caller at a time in. */
@Service
public class LockDesk {

  /** Through a getter that Lombok has made. */
  @ConflictGuarded(lock = "customer/{data.email}")
  public void byGetter(CustomerData data) {
    Meeting.attend();
  }

  /** Through accessors without a prefix, and a getter behind one of them. */
  @ConflictGuarded(lock = "renaming/{renaming.customer.id}/{renaming.name}")
  public void byFluentAccessor(Renaming renaming) {
    Meeting.attend();
  }

  @ConflictGuarded(lock = "{{map}}/{0.key}")
  public void byKeyOfMap(Map<String, Object> map) {
    Meeting.attend();
  }

  @ConflictGuarded(lock = "static/{id}")
  public static void inStaticMethod(long id) {
    Meeting.attend();
  }

  @ConflictGuarded(lock = "brief/{id}", lockTimeoutMillis = 10)
  public void brief(long id, Runnable inside) {
    Trace.note("brief");
    inside.run();
  }

  /** Is guarded until the stage is complete. */
  @ConflictGuarded(lock = "later/{id}")
  public CompletionStage<String> later(long id, CompletableFuture<String> work) {
    Trace.note("later");
    return work;
  }
}
