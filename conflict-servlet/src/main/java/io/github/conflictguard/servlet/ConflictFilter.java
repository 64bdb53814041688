package io.github.conflictguard.servlet;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The filter that {@code web.xml} names. Map it to {@code /*}, behind authentication and behind the
 * application's encoding filter. Without any init-param it does this:
 *
 * <ul>
 *   <li>An answer to GET or HEAD that programs read (200, not HTML) gets a strong {@code ETag},
 *       made from its body, unless the application sent one; {@code If-None-Match} and {@code
 *       If-Modified-Since} are answered with 304.
 *   <li>A write that carries {@code If-Match}, {@code If-None-Match} or {@code If-Unmodified-Since}
 *       is checked before the application sees it, and refused with 412 when the precondition does
 *       not hold. Between the check and the end of the application's work no other write to the
 *       same path runs.
 *   <li>A conflict that leaves the application as an exception, wrapped or not, is answered with
 *       409. Every other exception goes on as the same instance.
 *   <li>Everything else passes as it is: pages, static files, writes without a precondition, the
 *       passes for errors, forwards and includes.
 * </ul>
 *
 * <p>A precondition that cannot be judged, because the current state cannot be read, does not hold:
 * the write is refused. A response that is committed is never written to.
 *
 * <p>The init-params are {@code enabled}, {@code requirePrecondition}, {@code lockTimeoutMillis},
 * {@code bufferLimit}, {@code tagSuffixes} and {@code weakenedTags}; a wrong one stops the
 * start-up. Safe for use by several threads.
 */
public final class ConflictFilter implements Filter {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());
  private static final String WORKING = ConflictFilter.class.getName() + ".working";

  private final AtomicBoolean saidThatTagsChange = new AtomicBoolean();
  private ChangedTags changedTags = ChangedTags.none();
  private @Nullable FilterControl control;
  private @Nullable GuardedRead reads;
  private @Nullable GuardedWrite writes;

  /** Called by the container. */
  public ConflictFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    FilterSettings settings = FilterSettings.read(config);
    changedTags = settings.changedTags();
    control = FilterControl.register(config, settings.enabled());
    BodyTagSource tags = new BodyTagSource(settings.bufferLimit());
    reads = new GuardedRead(tags, settings.bufferLimit());
    writes = new GuardedWrite(settings, tags);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isEnabled()
        && request instanceof HttpServletRequest
        && response instanceof HttpServletResponse) {
      doFilter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    if (control != null) {
      control.unregister();
    }
  }

  private boolean isEnabled() {
    return control == null || control.isEnabled();
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    DispatcherType pass = request.getDispatcherType();
    // A second instance in the chain would judge a second time, and wait for the first one's lock.
    boolean first = pass == DispatcherType.REQUEST && request.getAttribute(WORKING) == null;
    if (!first && pass != DispatcherType.ASYNC) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(WORKING, true);
    Exchange exchange = new Exchange(request, response, changedTags);
    noteChangedTags(exchange);
    try {
      if (first) {
        serve(exchange, chain);
      } else {
        chain.doFilter(request, response);
      }
    } catch (Throwable e) {
      ConflictKind kind = isErrorOfApplication(e) ? null : ConflictGuard.kindOf(e);
      if (kind == null || response.isCommitted()) {
        throw e;
      }
      exchange.answer(Problems.conflict(request, exchange.conditions, kind), e);
    }
  }

  private void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    String method = exchange.request.getMethod();
    if (reads == null || writes == null) {
      throw new ServletException("ConflictFilter was called before its init(FilterConfig)");
    }
    if (PreconditionEvaluator.isRead(method)) {
      reads.serve(exchange, chain);
    } else if (PreconditionEvaluator.isEvaluated(method)) {
      writes.serve(exchange, chain);
    } else {
      chain.doFilter(exchange.request, exchange.response);
    }
  }

  /** Once, because it is a property of the installation. */
  private void noteChangedTags(Exchange exchange) {
    if (exchange.conditions.wereChanged() && saidThatTagsChange.compareAndSet(false, true)) {
      LOG.info(
          "Entity tags come back changed by a server on the way; tagSuffixes and weakenedTags"
              + " undo that. First seen for "
              + exchange.request.getRequestURI());
    }
  }

  /** Tomcat hands an Error of a servlet over in a ServletException of its own. */
  private static boolean isErrorOfApplication(Throwable thrown) {
    return thrown instanceof ServletException && thrown.getCause() instanceof Error;
  }
}
