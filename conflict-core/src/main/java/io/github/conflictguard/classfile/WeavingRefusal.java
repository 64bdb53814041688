package io.github.conflictguard.classfile;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reasons why a method cannot be guarded, or not be repeated. */
final class WeavingRefusal {

  /** Result types whose completion the guard can track. */
  private static final Set<String> STAGES =
      new HashSet<>(
          Arrays.asList(
              "java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage"));

  /** Result types for work that continues, or starts, after the method has returned. */
  private static final Set<String> LATER =
      new HashSet<>(
          Arrays.asList(
              "java.util.concurrent.Callable",
              "java.util.concurrent.Future",
              "java.util.concurrent.FutureTask",
              "java.util.concurrent.ScheduledFuture",
              "java.util.concurrent.Flow$Publisher",
              "java.util.function.Supplier",
              "com.google.common.util.concurrent.ListenableFuture",
              "io.reactivex.Completable",
              "io.reactivex.Flowable",
              "io.reactivex.Maybe",
              "io.reactivex.Observable",
              "io.reactivex.Single",
              "io.reactivex.rxjava3.core.Completable",
              "io.reactivex.rxjava3.core.Flowable",
              "io.reactivex.rxjava3.core.Maybe",
              "io.reactivex.rxjava3.core.Observable",
              "io.reactivex.rxjava3.core.Single",
              "io.smallrye.mutiny.Multi",
              "io.smallrye.mutiny.Uni",
              "io.vertx.core.Future",
              "jakarta.ejb.AsyncResult",
              "javax.ejb.AsyncResult",
              "kotlinx.coroutines.Deferred",
              "kotlinx.coroutines.flow.Flow",
              "org.reactivestreams.Publisher",
              "org.springframework.util.concurrent.ListenableFuture",
              "org.springframework.web.context.request.async.DeferredResult",
              "org.springframework.web.context.request.async.WebAsyncTask",
              "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
              "reactor.core.publisher.Flux",
              "reactor.core.publisher.Mono",
              "rx.Completable",
              "rx.Observable",
              "rx.Single",
              "scala.concurrent.Future"));

  private WeavingRefusal() {}

  /** Returns why the method cannot be guarded at all; null if it can. */
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
    if (LATER.contains(method.returnType())) {
      return "it returns a "
          + method.returnType()
          + ", and does its work when it has returned; guard the method that does the work, or"
          + " return a CompletionStage";
    }
    return null;
  }

  /** Returns why the body cannot run again; null if it can. */
  static @Nullable String toRetry(MethodOutline method, @Nullable DeclaredTransaction transaction) {
    if (method.isSynchronized()) {
      return "it is synchronized, and others would wait for its monitor in the meantime";
    }
    if (STAGES.contains(method.returnType())) {
      return "it returns a " + method.returnType() + ", and fails when it has returned";
    }
    return transaction == null || !transaction.isCertain()
        ? null
        : "it runs inside a transaction ("
            + transaction
            + "), which has to begin anew; put the guard around the transaction";
  }
}
