package io.github.conflictguard.servlet.bridge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;

/** What the application would log, and what is left behind the filter. */
final class MdcProbe implements Probe {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void serve(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      // An internal GET.
      chain.doFilter(request, response);
      return;
    }
    MDC.put("user", "ada");
    try {
      chain.doFilter(request, response);
    } finally {
      lines.add("left " + values());
      MDC.clear();
    }
  }

  @Override
  public void handle() {
    lines.add("handler " + values());
  }

  private static Map<String, String> values() {
    Map<String, String> all = MDC.getCopyOfContextMap();
    return all == null ? Map.of() : new TreeMap<>(all);
  }

  @Override
  public List<String> lines() {
    return new ArrayList<>(lines);
  }
}
