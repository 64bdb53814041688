package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.bytes;
import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers that go on when the servlet has returned. */
final class AsyncSamples {

  private AsyncSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .tagged("async-from-another-thread", ofOriginals(AsyncSamples::answer))
        .tagged("async-with-what-the-servlet-has", ofGiven(AsyncSamples::answer))
        .tagged("async-after-output", AsyncSamples::afterOutput)
        .tagged("async-after-output-with-given", AsyncSamples::afterOutputWithGiven)
        .tagged("async-by-writer-with-given", ofGiven(AsyncSamples::answerByWriter))
        .untagged("async-large", ofGiven(AsyncSamples::answerMuch))
        .untagged("async-flushed", ofGiven(AsyncSamples::answerFlushed))
        .tagged("async-completed-at-once", AsyncSamples::completedAtOnce)
        .tagged("async-dispatched-back", AsyncSamples::dispatchedBack)
        .tagged("async-dispatched-elsewhere", AsyncSamples::dispatchedElsewhere)
        .tagged("async-dispatched-elsewhere-with-given", AsyncSamples::dispatchedWithGiven)
        .untagged("async-timed-out", AsyncSamples::timedOut)
        .untagged("async-by-write-listener", AsyncSamples::writeListener)
        .untagged("async-by-write-listener-after-output", AsyncSamples::writeListenerAfterOutput)
        .tagged("async-after-forward", AsyncSamples::forwarded)
        .tagged("async-ended-within-forward", AsyncSamples::forwardedToTheEnd)
        .part("part/async", ofGiven(AsyncSamples::answerByWriter))
        .part("part/async-ended", AsyncSamples::endedByAnotherThread);
  }

  @FunctionalInterface
  private interface Answer {
    void on(ServletResponse response) throws IOException;
  }

  private static Handler ofOriginals(Answer answer) {
    return (request, response) -> inAnotherThread(request.startAsync(), answer);
  }

  private static Handler ofGiven(Answer answer) {
    return (request, response) -> inAnotherThread(request.startAsync(request, response), answer);
  }

  private static void inAnotherThread(AsyncContext async, Answer answer) {
    async.start(
        () -> {
          try {
            answer.on(async.getResponse());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } finally {
            async.complete();
          }
        });
  }

  private static void answer(ServletResponse response) throws IOException {
    json((HttpServletResponse) response).print("{\"a\":1}");
  }

  private static void answerByWriter(ServletResponse response) throws IOException {
    WriterSamples.json((HttpServletResponse) response).print("{\"a\":\"\u20ac\"}");
  }

  private static void answerMuch(ServletResponse response) throws IOException {
    json((HttpServletResponse) response).write(bytes(90_000));
  }

  private static void answerFlushed(ServletResponse response) throws IOException {
    ServletOutputStream out = json((HttpServletResponse) response);
    out.print("{\"a\":");
    out.flush();
    out.print("1}");
  }

  private static void afterOutput(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    json(response).print("{\"before\":1}");
    inAnotherThread(request.startAsync(), async -> async.getOutputStream().print("{\"after\":1}"));
  }

  private static void afterOutputWithGiven(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).print("{\"before\":1}");
    inAnotherThread(
        request.startAsync(request, response), async -> async.getWriter().print("{\"after\":1}"));
  }

  private static void completedAtOnce(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync();
    json(response).print("{\"a\":1}");
    async.complete();
  }

  private static void dispatchedBack(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      json(response).print("{\"again\":1}");
    } else {
      AsyncContext async = request.startAsync();
      async.start(async::dispatch);
    }
  }

  private static void dispatchedElsewhere(
      HttpServletRequest request, HttpServletResponse response) {
    request.startAsync().dispatch("/part/writer");
  }

  private static void dispatchedWithGiven(
      HttpServletRequest request, HttpServletResponse response) {
    request.startAsync(request, response).dispatch("/part/writer");
  }

  /** The container ends it, at once as it were: no time is measured. */
  private static void timedOut(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.setTimeout(20);
    async.addListener(
        new AsyncListener() {
          @Override
          public void onTimeout(AsyncEvent event) throws IOException {
            answer(event.getAsyncContext().getResponse());
            event.getAsyncContext().complete();
          }

          @Override
          public void onComplete(AsyncEvent event) {}

          @Override
          public void onError(AsyncEvent event) {}

          @Override
          public void onStartAsync(AsyncEvent event) {}
        });
  }

  private static void writeListener(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync();
    ServletOutputStream out = json(response);
    out.setWriteListener(new InPieces(async, out));
  }

  private static void writeListenerAfterOutput(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    ServletOutputStream out = json(response);
    out.print("{\"before\":1}");
    AsyncContext async = request.startAsync();
    out.setWriteListener(new InPieces(async, out));
  }

  private static void forwarded(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getRequestDispatcher("/part/async").forward(request, response);
  }

  private static void forwardedToTheEnd(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getRequestDispatcher("/part/async-ended").forward(request, response);
  }

  /** The other thread is done before the container's thread leaves the forward. */
  private static void endedByAnotherThread(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    AsyncContext async = request.startAsync(request, response);
    Thread answering =
        new Thread(
            () -> {
              try {
                answerByWriter(response);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              } finally {
                async.complete();
              }
            });
    answering.start();
    answering.join();
  }

  /** Writes much, without ever waiting for the client. */
  private static final class InPieces implements WriteListener {

    private final AsyncContext async;
    private final ServletOutputStream out;
    private int left = 100;

    InPieces(AsyncContext async, ServletOutputStream out) {
      this.async = async;
      this.out = out;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (left-- == 0) {
          async.complete();
          return;
        }
        out.write(bytes(5_000));
      }
    }

    @Override
    public void onError(Throwable failure) {
      async.complete();
    }
  }
}
