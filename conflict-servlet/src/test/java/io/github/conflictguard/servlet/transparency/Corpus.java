package io.github.conflictguard.servlet.transparency;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.Servlet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Handlers that do every odd thing with a response. */
final class Corpus {

  /** Larger than what either container collects before it sends. */
  static final int BUFFER_LIMIT = 40_000;

  /**
   * One of them.
   *
   * @param tagged whether its answer gets an entity tag of ours
   * @param reframed whether the filter may change how the end of the body is announced
   */
  record Sample(String path, Tagged tagged, boolean reframed) {}

  enum Tagged {
    YES,
    NO,
    ON_ONE_CONTAINER
  }

  private final Map<String, Sample> samples = new LinkedHashMap<>();
  private final Map<String, Handler> handlers = new LinkedHashMap<>();
  private final Map<String, Supplier<Servlet>> servlets = new LinkedHashMap<>();

  static Corpus whole() {
    Corpus corpus = new Corpus();
    StreamSamples.addTo(corpus);
    WriterSamples.addTo(corpus);
    HeaderSamples.addTo(corpus);
    LengthSamples.addTo(corpus);
    EndingSamples.addTo(corpus);
    DispatchSamples.addTo(corpus);
    HeadSamples.addTo(corpus);
    AsyncSamples.addTo(corpus);
    FailureSamples.addTo(corpus);
    return corpus;
  }

  /** A handler whose answer passes, and gets an entity tag on the way. */
  Corpus tagged(String name, Handler handler) {
    return add(new Sample("/" + name, Tagged.YES, false), handler);
  }

  /** A handler whose answer passes as it is. */
  Corpus untagged(String name, Handler handler) {
    return add(new Sample("/" + name, Tagged.NO, false), handler);
  }

  /** A handler whose answer one container makes an error of, or encodes in its own way. */
  Corpus taggedOrNot(String name, Handler handler) {
    return add(new Sample("/" + name, Tagged.ON_ONE_CONTAINER, false), handler);
  }

  /** A handler whose answer names an object of the container, in more or less digits. */
  Corpus untaggedOfAnyLength(String name, Handler handler) {
    return add(new Sample("/" + name, Tagged.NO, true), handler);
  }

  /**
   * A tagged answer that the application flushed, or wrote in pieces too large to collect, so that
   * the container alone sends it without a length. Held back, its length is known: the client gets
   * the same bytes with a {@code Content-Length}.
   */
  Corpus taggedAndReframed(String name, Handler handler) {
    return add(new Sample("/" + name, Tagged.YES, true), handler);
  }

  /** A servlet whose answers get an entity tag. */
  Corpus taggedServlet(String name, Supplier<Servlet> servlet) {
    samples.put("/" + name, new Sample("/" + name, Tagged.YES, false));
    servlets.put("/" + name, servlet);
    return this;
  }

  /** A handler that only others dispatch to. */
  Corpus part(String name, Handler handler) {
    handlers.put("/" + name, handler);
    return this;
  }

  Collection<Sample> samples() {
    return samples.values();
  }

  void installOn(FilterServer server) {
    handlers.forEach(server::handle);
    servlets.forEach((path, servlet) -> server.servlet(path, servlet.get()));
  }

  private Corpus add(Sample sample, Handler handler) {
    if (samples.put(sample.path(), sample) != null) {
      throw new IllegalArgumentException("two samples at " + sample.path());
    }
    return part(sample.path().substring(1), handler);
  }
}
