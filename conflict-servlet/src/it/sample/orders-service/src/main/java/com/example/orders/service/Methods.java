package com.example.orders.service;

import com.example.orders.domain.Trace;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import java.io.IOException;
import java.util.concurrent.Callable;
import lombok.SneakyThrows;
import org.springframework.stereotype.Service;

/** Methods that proxies do not reach: each fails once, and runs again where it is woven. */
@Service
public class Methods {

  public String call(String kind) throws Exception {
    switch (kind) {
      case "private":
        return inPrivate();
      case "package":
        return inPackage();
      case "protected":
        return inProtected();
      case "final":
        return inFinal();
      case "static":
        return inStatic();
      case "nested":
        return new Nested().run();
      case "anonymous":
        return anonymous().call();
      default:
        throw new IllegalArgumentException(kind);
    }
  }

  /** Throws a checked exception that it does not declare. */
  @SneakyThrows
  @ConflictGuarded(retry = @Retry(backoffMillis = 1, onException = IOException.class))
  public String sneaky(int failures) {
    Trace.note("sneaky");
    if (Trace.count("sneaky") <= failures) {
      throw new IOException("not reached");
    }
    return "reached";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  private String inPrivate() {
    CustomerDesk.failBefore("private", 1);
    return "private";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  String inPackage() {
    CustomerDesk.failBefore("package", 1);
    return "package";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  protected String inProtected() {
    CustomerDesk.failBefore("protected", 1);
    return "protected";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  public final String inFinal() {
    CustomerDesk.failBefore("final", 1);
    return "final";
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  private static String inStatic() {
    CustomerDesk.failBefore("static", 1);
    return "static";
  }

  private static Callable<String> anonymous() {
    return new Callable<String>() {
      @Override
      @ConflictGuarded(retry = @Retry(backoffMillis = 1))
      public String call() {
        CustomerDesk.failBefore("anonymous", 1);
        return "anonymous";
      }
    };
  }

  private static final class Nested {

    @ConflictGuarded(retry = @Retry(backoffMillis = 1))
    String run() {
      CustomerDesk.failBefore("nested", 1);
      return "nested";
    }
  }
}
