package io.github.conflictguard.classfile;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a method cannot be guarded, or not retried. */
final class Obstacle {

  /** Results that stand for work that goes on when the method has returned. */
  private static final Set<String> LATER =
      new HashSet<>(
          Arrays.asList(
              "java.util.concurrent.Callable",
              "java.util.concurrent.Future",
              "java.util.concurrent.CompletableFuture",
              "java.util.concurrent.CompletionStage",
              "java.util.concurrent.Flow$Publisher",
              "org.reactivestreams.Publisher",
              "reactor.core.publisher.Mono",
              "reactor.core.publisher.Flux",
              "io.reactivex.Single",
              "io.reactivex.Observable",
              "org.springframework.web.context.request.async.DeferredResult",
              "org.springframework.web.context.request.async.WebAsyncTask"));

  private static final List<String> TRANSACTIONAL =
      Arrays.asList(
          "Lorg/springframework/transaction/annotation/Transactional;",
          "Ljavax/transaction/Transactional;",
          "Ljakarta/transaction/Transactional;",
          "Ljavax/ejb/TransactionAttribute;",
          "Ljakarta/ejb/TransactionAttribute;",
          "Ljavax/ejb/Stateless;",
          "Ljakarta/ejb/Stateless;",
          "Ljavax/ejb/Stateful;",
          "Ljakarta/ejb/Stateful;",
          "Ljavax/ejb/Singleton;",
          "Ljakarta/ejb/Singleton;");

  private Obstacle() {}

  /** Why the method cannot be guarded at all; null if it can. */
  static @Nullable String to(MethodOutline method) {
    if (!method.isMethod()) {
      return "a constructor cannot be guarded; guard the method that calls it";
    }
    if (method.isNative()) {
      return "a native method has no body; guard the methods that call it";
    }
    List<String> parameters = method.parameterTypes();
    if (!parameters.isEmpty()
        && parameters.get(parameters.size() - 1).equals("kotlin.coroutines.Continuation")) {
      return "a suspending function leaves and comes back; guard the method that calls it";
    }
    return null;
  }

  /** Why the body cannot run again; null if it can. */
  static @Nullable String toRetry(ClassOutline type, MethodOutline method) {
    if (method.isSynchronized()) {
      return "it is synchronized, and others would wait for its monitor meanwhile";
    }
    if (LATER.contains(method.returnType())) {
      return "it returns a " + method.returnType() + ", and fails when it has returned";
    }
    for (String annotation : TRANSACTIONAL) {
      if (method.annotation(annotation) != null || type.annotation(annotation) != null) {
        return "it runs inside a transaction (@"
            + annotation.substring(annotation.lastIndexOf('/') + 1, annotation.length() - 1)
            + "), which has to begin anew; put the guard around the transaction";
      }
    }
    return null;
  }
}
