package io.github.conflictguard.servlet.spring;

import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Fails with a conflict or with a bug, at once or later. */
@Controller
@ResponseBody
@RequestMapping("/{failure}/")
public class FailingController {

  /** Shows what there is. */
  @RequestMapping(value = "{way}", method = GET)
  public Map<String, String> show() {
    return Collections.singletonMap("name", "Ada");
  }

  /** Fails at once. */
  @RequestMapping(
      value = "now",
      method = {POST, PUT})
  public Map<String, String> now(@PathVariable("failure") String failure) throws Exception {
    throw failure(failure);
  }

  /** Fails on another thread. */
  @RequestMapping(
      value = "callable",
      method = {POST, PUT})
  public Callable<Map<String, String>> callable(@PathVariable("failure") String failure) {
    return () -> {
      throw failure(failure);
    };
  }

  /** The same. */
  @RequestMapping(
      value = "task",
      method = {POST, PUT})
  public WebAsyncTask<Map<String, String>> task(@PathVariable("failure") String failure) {
    return new WebAsyncTask<>(callable(failure));
  }

  /** Fails on a thread of its own. */
  @RequestMapping(
      value = "future",
      method = {POST, PUT})
  public CompletableFuture<Map<String, String>> future(@PathVariable("failure") String failure) {
    CompletableFuture<Map<String, String>> future = new CompletableFuture<>();
    new Thread(() -> future.completeExceptionally(failure(failure))).start();
    return future;
  }

  /** The same. */
  @RequestMapping(
      value = "deferred",
      method = {POST, PUT})
  public DeferredResult<Map<String, String>> deferred(@PathVariable("failure") String failure) {
    DeferredResult<Map<String, String>> result = new DeferredResult<>();
    new Thread(() -> result.setErrorResult(failure(failure))).start();
    return result;
  }

  /** Does not fail. */
  @RequestMapping("well")
  public Callable<Map<String, String>> well() {
    return () -> Collections.singletonMap("name", "Ada");
  }

  private static Exception failure(String failure) {
    return failure.equals("conflict")
        ? new SQLException("m", "23505")
        : new IllegalStateException("a bug");
  }
}
